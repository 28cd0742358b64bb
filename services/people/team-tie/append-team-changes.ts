import type { EventData } from '#kernel/events/catalogue.js';
import type { Write } from '#kernel/write/write.js';
import { pairsOf } from '../tie/pair.repository.js';
import type { TeamChange } from './team-tie.repository.js';
import { type Origin, originsOf, sidesOf, type TeamTieSides } from './team-tie-facts.repository.js';

const eventTypes = {
  firstConnected: 'people.teamTie.firstConnected',
  connected: 'people.teamTie.connected',
  reciprocated: 'people.teamTie.reciprocated',
  endangered: 'people.teamTie.endangered',
  wentDormant: 'people.teamTie.wentDormant',
  revived: 'people.teamTie.revived',
} as const;

/** States changes in the log, in the order of their time: whom they are between, and what they grew from. */
export async function appendTeamChanges(tx: Write, changes: readonly TeamChange[]): Promise<void> {
  if (changes.length === 0) return;
  const sides = await sidesOf(
    tx,
    changes.map(({ teamTie }) => teamTie),
  );
  const grownFrom = changes.flatMap(({ pair, day }) => (pair === null ? [] : [{ pair, day }]));
  const origins = await originsOf(tx, grownFrom);
  const people = new Map(
    (
      await pairsOf(
        tx,
        grownFrom.map(({ pair }) => pair),
      )
    ).map((pair) => [pair.number, pair]),
  );
  for (const change of [...changes].sort((one, other) => one.at.getTime() - other.at.getTime())) {
    const between = sides.get(change.teamTie);
    if (!between) throw new Error(`Team tie ${change.teamTie} is not there.`);
    const pair = change.pair === null ? undefined : people.get(change.pair);
    const origin = origins.get(`${change.pair} ${change.day}`);
    const data = dataOf(change, between, pair ? [pair.low, pair.high] : [], origin);
    const type = eventTypes[change.kind];
    tx.append({ type, subject: between.id, time: change.at, actor: null, space: origin?.space ?? null, data });
  }
}

function dataOf(
  { epoch }: TeamChange,
  { g, h, organizations, parties }: TeamTieSides,
  people: string[],
  origin: Origin | undefined,
): EventData<'people.teamTie.connected'> {
  const { idea = null, conversation = null } = origin ?? {};
  return { teams: [g, h], organizations: [...organizations], parties: [...parties], people, idea, conversation, epoch };
}
