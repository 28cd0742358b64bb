import { isDeepStrictEqual } from 'node:util';
import type { Contender, RunningContender } from '../contenders/contender.js';
import { oursInOneProcess, oursOverHttp } from '../contenders/ours.js';
import { handWritten, hiveGateway, stockInProcess, stockOverHttp } from '../contenders/peer.js';
import type { BenchHub } from '../data/bench-hub.js';
import { fillHub } from '../data/fill-hub.js';
import { pageBody } from '../data/page-query.js';
import { post } from '../load/post.js';
import { costOfLoad, type LoadCost } from '../measure/load-cost.js';
import { openStatementCount, type StatementCount } from '../measure/statement-count.js';
import { type PageWork, pageTable } from '../report/page-table.js';
import type { Experiment } from './experiment.js';
import { inTurns } from './turns.js';

/** Ours first: its answer is what the others must give. */
export const pageContenders: readonly Contender[] = [
  oursInOneProcess,
  stockInProcess,
  oursOverHttp,
  stockOverHttp,
  hiveGateway,
  handWritten,
];

const countedRequests = 20;

/** The page query, answered by each contender from the same data. */
export const page: Experiment = async (cluster, { seconds, rounds, contender: part, say }) => {
  const hub = await fillHub(cluster);
  const statements = await openStatementCount(hub.databaseUrl);
  const body = pageBody(hub.space);
  const work = new Map<Contender, PageWork>();
  const chosen = pageContenders.filter(({ name }) => name.includes(part));
  let expected: unknown;
  try {
    const costs = await inTurns(chosen, rounds, async (contender, round) => {
      const started = await contender.start(hub);
      try {
        const data = comparable(await post(started.url, hub.token, body));
        expected ??= data;
        if (!isDeepStrictEqual(data, expected))
          throw new Error(`${contender.name} gives another answer than the first.`);
        const cost = await costOfLoad(started, { ...hub, body, seconds });
        work.set(contender, await workOf(started, hub, body, statements));
        say(line(contender.name, round, cost));
        return cost;
      } finally {
        await started.stop();
      }
    });
    return pageTable(costs, work);
  } finally {
    await statements.close();
  }
};

/** The data without the cursor, which everybody writes in their own way. */
function comparable(answer: string): unknown {
  const { data, errors } = JSON.parse(answer);
  if (errors || !data?.space) throw new Error(`No page: ${answer.slice(0, 500)}`);
  if (data.space.ideas.nodes.length !== 20) throw new Error('The page is not full.');
  data.space.ideas.pageInfo.endCursor = typeof data.space.ideas.pageInfo.endCursor;
  return data;
}

async function workOf(
  { url, subgraphs }: RunningContender,
  hub: BenchHub,
  body: string,
  statements: StatementCount,
): Promise<PageWork> {
  const received = async () => {
    const counts = await Promise.all(subgraphs.map((subgraph) => subgraph.ask('requests')));
    return counts.reduce((total, count) => total + count, 0);
  };
  const before = await received();
  const sent = await statements.during(async () => {
    for (let count = 0; count < countedRequests; count += 1) await post(url, hub.token, body);
  });
  return {
    subgraphCalls: Math.round(((await received()) - before) / countedRequests),
    statements: Math.round(sent / countedRequests),
  };
}

function line(name: string, round: number, { node, postgres, perSecond }: LoadCost): string {
  const cpu = `${node.toFixed(2)} + ${postgres.toFixed(2)} ms CPU a request`;
  return `  round ${round + 1}  ${name.padEnd(40)} ${cpu}, ${perSecond.toFixed(0)} requests/s`;
}
