/** What no general server can beat: this one page, one statement that builds the whole answer, and nothing around it. */
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import pg from 'pg';
import { pageStatement } from './page-statement.js';
import { announce, config, databaseUrl, stopOnSignal } from './surroundings.js';

const pool = new pg.Pool({ connectionString: databaseUrl, max: config.DATABASE_POOL_SIZE });

const server = createServer(async (request, response) => {
  const { variables } = JSON.parse(await textOf(request)) as { variables: { space: string } };
  const token = request.headers.authorization?.slice('Bearer '.length) ?? '';
  const tokenHash = createHash('sha256').update(token).digest('hex');
  const { rows } = await pool.query<{ data: string }>({
    name: 'page',
    text: pageStatement,
    values: [variables.space, tokenHash],
  });
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(`{"data":${rows[0]?.data}}`);
});
server.keepAliveTimeout = 65_000;
server.listen(config.PORT, '127.0.0.1', announce);
stopOnSignal(async () => {
  server.closeAllConnections();
  server.close();
  await pool.end();
});

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
