import { statement } from '#kernel/database/statement.js';
import type { HubEvent } from '#kernel/events/event.js';
import { type PeopleFixture, startPeople } from '../people.fixture.js';
import { dayMs } from './decay.js';
import { forgetInteractions, tellSilence } from './tell-silence.js';
import { hand, met, storedTie } from './ties.fixture.js';

let hub: PeopleFixture;

beforeEach(async () => {
  hub = await startPeople();
});

afterEach(() => hub.stop());

const parts = () => {
  const { database } = hub.service;
  const { newId } = hub.service.createContext({ viewer: hub.admin, requestId: 'a-test' });
  return { database, newId, now: hub.now, committed: () => undefined };
};
const ago = (days: number) => new Date(hub.now().getTime() - days * dayMs);
const pair = async () => {
  const [ann, bob] = await Promise.all([hub.person(), hub.person()]);
  for (const person of [ann, bob])
    await hub.change(hub.admin, 'joinTeam', { team: await hub.team(), person: person.personId });
  return [ann, bob] as const;
};
const told = async () =>
  (await hub.service.database.read<Pick<HubEvent, 'type' | 'time'>>(events))
    .map(({ type }) => type.replace('people.', ''))
    .filter((type) => /^(tie|teamTie)\./.test(type));
const events = statement('SELECT type, time FROM event ORDER BY epoch, xid, seq');

test('ties that fell asleep are told of once, also when nobody does anything', async () => {
  const [ann, bob] = await pair();
  await hand(hub.service, [met(ann, bob, ago(2)), met(ann, bob, ago(1))]);
  const begun = await told();
  const falling = async (days: number) => {
    hub.wait(days * dayMs);
    await tellSilence(parts());
    await tellSilence(parts());
    return (await told()).slice(begun.length);
  };
  expect(begun).toEqual(['tie.formed', 'teamTie.firstConnected']);
  expect(await falling(45)).toEqual(['teamTie.endangered']);
  expect(await falling(45)).toEqual(['teamTie.endangered', 'tie.wentDormant', 'teamTie.wentDormant']);
  expect((await falling(90)).slice(3)).toEqual(['tie.lost']);
});

test('what comes after a silence that was told of tells of it no more', async () => {
  const [ann, bob] = await pair();
  await hand(hub.service, [met(ann, bob, ago(2)), met(ann, bob, ago(1))]);
  hub.wait(95 * dayMs);
  await tellSilence(parts());
  const before = await told();
  await hand(hub.service, [met(bob, ann, ago(1), 0.1)]);
  expect((await told()).slice(before.length)).toEqual(['tie.revived', 'teamTie.revived']);
});

test('interactions are kept for 180 days, and what they made for ever', async () => {
  const [ann, bob] = await pair();
  const day = ago(2);
  await hand(hub.service, [met(ann, bob, day), met(ann, bob, ago(1))]);
  const tie = await storedTie(hub.service, ann.personId, bob.personId);
  const kept = async () => hub.service.database.read(statement('SELECT 1 FROM counted_interaction'));
  hub.wait(179 * dayMs);
  await forgetInteractions(parts());
  expect(await kept()).toHaveLength(2);
  hub.wait(2 * dayMs);
  await forgetInteractions(parts());
  expect(await kept()).toHaveLength(0);
  await hand(hub.service, [met(ann, bob, day)]);
  expect(await storedTie(hub.service, ann.personId, bob.personId)).toEqual(tie);
});
