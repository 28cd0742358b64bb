import type { Contender } from '../contenders/contender.js';
import { oursInOneProcess, oursOverHttp } from '../contenders/ours.js';
import { bareBroadcast, hiveGateway } from '../contenders/peer.js';
import type { BenchHub } from '../data/bench-hub.js';
import { fillHub } from '../data/fill-hub.js';
import { subscriptions } from '../data/subscriptions.js';
import { broadcasts } from '../load/broadcasts.js';
import { contributions } from '../load/contributions.js';
import { costOfFanout, type Events, type FanoutCost } from '../measure/fanout-cost.js';
import { fanoutTable } from '../report/fanout-table.js';
import type { Experiment } from './experiment.js';
import { inTurns } from './turns.js';

interface Crowd {
  readonly count: number;
  readonly distinct: boolean;
  readonly events: Events;
}

const many: Events = { warmUps: 20, alone: 40, bursts: 6, burst: 50 };
/** Where nothing can be shared an event is work for each subscriber: fewer of them say enough. */
const few: Events = { warmUps: 4, alone: 10, bursts: 3, burst: 10 };

const crowds: readonly Crowd[] = [
  { count: 100, distinct: false, events: many },
  { count: 1_000, distinct: false, events: many },
  { count: 5_000, distinct: false, events: many },
  { count: 1_000, distinct: true, events: few },
];
/** Ours first: its message is what the bare server sends. */
const contenders: readonly Contender[] = [oursInOneProcess, oursOverHttp, hiveGateway, bareBroadcast];
/** It opens a subscription at the subgraph and asks for the author for each client anew: more would take minutes to say the same. */
const mostForHive = 100;

/** One contribution, told to many subscribers. What a contender cannot do is a line of the table as well. */
export const fanout: Experiment = async (cluster, { rounds, contender: part, say }) => {
  const hub = await fillHub(cluster);
  const tables: string[] = [];
  for (const crowd of crowds) {
    let sample = '{}';
    const taking = contenders.filter((contender) => contender.name.includes(part) && suits(contender, crowd));
    const costs = await inTurns(taking, rounds, async (contender, round) => {
      const cost = await turn(contender, hub, crowd, sample).catch((error: Error) => error);
      if (!(cost instanceof Error)) sample = cost.sample;
      say(line(contender.name, crowd, round, cost));
      return cost;
    });
    tables.push(fanoutTable(crowd, costs));
  }
  return tables.join('\n\n');
};

function suits(contender: Contender, { count, distinct }: Crowd): boolean {
  if (contender === hiveGateway) return count <= mostForHive;
  return contender !== bareBroadcast || !distinct;
}

async function turn(contender: Contender, hub: BenchHub, crowd: Crowd, sample: string): Promise<FanoutCost> {
  const started = await contender.start(hub);
  try {
    if (contender === bareBroadcast) {
      const publisher = await broadcasts(started.url, sample);
      return await costOfFanout(
        started,
        publisher,
        '',
        Array.from({ length: crowd.count }, () => '{"type":"subscribe"}'),
        crowd.events,
      );
    }
    const publisher = await contributions(started.url, hub);
    try {
      const asked = subscriptions(crowd.count, crowd.distinct, hub.space, await publisher.cursor());
      return await costOfFanout(started, publisher, hub.token, asked, crowd.events);
    } finally {
      await publisher.close();
    }
  } finally {
    await started.stop();
  }
}

function line(name: string, { count, distinct }: Crowd, round: number, cost: FanoutCost | Error): string {
  const what =
    cost instanceof Error
      ? cost.message
      : `${cost.perSecond.toFixed(0)} messages/s, ${cost.cpuMicroseconds.toFixed(1)} us CPU each, p99 ${cost.p99.toFixed(1)} ms`;
  return `  round ${round + 1}  ${count}${distinct ? ' distinct' : ''}  ${name.padEnd(40)} ${what}`;
}
