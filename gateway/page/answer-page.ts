import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import { extname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

/**
 * The pages of the hub: the start page, GraphiQL, and what they need. Everything comes from this installation, so both work
 * without internet.
 */
const ownFile = (name: string) => fileURLToPath(new URL(`../../../gateway/page/assets/${name}`, import.meta.url));
/** By the folder of the package: its `exports` name modules, not the files a browser loads. */
const packaged = (name: string, file: string) =>
  join(folderOf(createRequire(import.meta.url).resolve(name), name), file);

function folderOf(path: string, name: string): string {
  const mark = `${sep}node_modules${sep}${name.replaceAll('/', sep)}${sep}`;
  return path.slice(0, path.lastIndexOf(mark) + mark.length);
}

const files: Readonly<Record<string, () => string>> = {
  '/': () => ownFile('start.html'),
  '/assets/start.css': () => ownFile('start.css'),
  '/assets/start.js': () => ownFile('start.js'),
  '/assets/token.js': () => ownFile('token.js'),
  '/assets/examples.js': () => ownFile('examples.js'),
  '/assets/graphiql-page.js': () => ownFile('graphiql-page.js'),
  '/assets/stream-fetcher.js': () => ownFile('stream-fetcher.js'),
  '/assets/react.js': () => packaged('react', 'umd/react.production.min.js'),
  '/assets/react-dom.js': () => packaged('react-dom', 'umd/react-dom.production.min.js'),
  '/assets/graphiql.js': () => packaged('graphiql', 'graphiql.min.js'),
  '/assets/graphiql.css': () => packaged('graphiql', 'graphiql.min.css'),
};

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
};

const policy =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; frame-ancestors 'none'";

/** Answers requests of a browser for a page or an asset; false when the request is for something else. */
export async function answerPage(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return false;
  const path = request.url?.split('?')[0] ?? '';
  const file = path === '/graphql' ? pageInsteadOfQuery(request) : files[path]?.();
  if (!file) return false;
  const page = await load(file);
  const headers = {
    etag: page.etag,
    'cache-control': 'no-cache',
    'content-security-policy': policy,
    'x-content-type-options': 'nosniff',
    vary: 'accept-encoding, accept',
  };
  if (request.headers['if-none-match'] === page.etag) {
    response.writeHead(304, headers).end();
    return true;
  }
  const zipped = /\bgzip\b/.test(request.headers['accept-encoding'] ?? '');
  response.writeHead(200, { ...headers, 'content-type': page.type, ...(zipped ? { 'content-encoding': 'gzip' } : {}) });
  response.end(request.method === 'HEAD' ? undefined : zipped ? page.zipped : page.bytes);
  return true;
}

/** A browser that opens the endpoint wants to look around; a program that sends a GET query does not say it takes HTML. */
function pageInsteadOfQuery(request: IncomingMessage): string | undefined {
  return request.headers.accept?.includes('text/html') ? ownFile('graphiql.html') : undefined;
}

interface Page {
  readonly bytes: Buffer;
  readonly zipped: Buffer;
  readonly etag: string;
  readonly type: string;
}

const loaded = new Map<string, Promise<Page>>();

function load(file: string): Promise<Page> {
  const known = loaded.get(file) ?? read(file);
  loaded.set(file, known);
  return known;
}

async function read(file: string): Promise<Page> {
  const bytes = await readFile(file);
  const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`;
  return { bytes, zipped: gzipSync(bytes), etag, type: types[extname(file)] ?? 'application/octet-stream' };
}
