import type { CrowdOrder, CrowdReport } from './crowd.js';
import { type CrowdTask, Member } from './member.js';

/** Many subscribers in a process of its own, which knows nothing of the hub but its public endpoint. */
const members: Member[] = [];
const joiningAtOnce = 50;
const betweenLooksMs = 50;

process.on('message', (order: CrowdOrder) => {
  obey(order).then(
    (report) => process.send?.(report ?? 'done'),
    (error: unknown) => {
      process.stderr.write(`${error}\n`);
      process.exit(1);
    },
  );
});
process.once('disconnect', () => process.exit(0));

async function obey(order: CrowdOrder): Promise<CrowdReport | undefined> {
  switch (order.kind) {
    case 'join':
      return void (await join(order.task, order.members));
    case 'leave':
      for (const member of members) member.leave();
      return undefined;
    case 'stop reading':
      for (const member of members) member.stopReading();
      return undefined;
    case 'come back':
      return void (await Promise.all(members.map((member) => member.comeBack())));
    case 'reach':
      return void (await reach(order.events));
    case 'report':
      return report(order.due);
  }
}

/** One group after the other: what they do at once is to come back. */
async function join(task: CrowdTask, count: number): Promise<void> {
  while (members.length < count) {
    const group = Array.from({ length: Math.min(joiningAtOnce, count - members.length) }, (_, place) => {
      const token = task.tokens[(members.length + place) % task.tokens.length] ?? '';
      return new Member(task, token);
    });
    members.push(...group);
    await Promise.all(group.map((member) => member.comeBack()));
  }
}

async function reach(events: number): Promise<void> {
  while (members.some(({ given }) => given.length < events))
    await new Promise((resolve) => setTimeout(resolve, betweenLooksMs));
}

function report(due: readonly string[]): CrowdReport {
  const refusals: Record<string, number> = {};
  for (const reason of members.flatMap((member) => member.refusals)) refusals[reason] = (refusals[reason] ?? 0) + 1;
  const sum = (count: (member: Member) => number) => members.reduce((total, member) => total + count(member), 0);
  const [first] = members;
  const order = new Map(first?.given.map((text, index) => [text, index]));
  return {
    delivered: sum(({ given }) => given.length),
    missing: sum(({ given }) => missing(given, due)),
    duplicated: sum(({ given }) => given.length - new Set(given).size),
    outOfOrder: sum(({ given }) => given.filter((text, index) => order.get(text) !== index).length),
    brokenLinks: sum(({ brokenLinks }) => brokenLinks),
    refusals,
    arrivals: first?.given.map((text, index) => [text, first.arrivals[index] ?? 0] as const) ?? [],
  };
}

function missing(given: readonly string[], due: readonly string[]): number {
  const there = new Set(given);
  return due.filter((text) => !there.has(text)).length;
}
