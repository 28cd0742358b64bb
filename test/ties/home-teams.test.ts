import { homeTeams } from './home-teams.js';

const day = (number: number) => new Date(Date.UTC(2024, 0, 1 + number));
const internal = { id: 'ann', party: 'internal', organization: 'host' };
const member = (id: string, team: string, from: number, to: number | null) => ({
  id,
  person: 'ann',
  team,
  beganAt: day(from),
  endedAt: to === null ? null : day(to),
});

test('somebody is at home where they were at the time', () => {
  const memberships = [member('m1', 'works', 0, 10), member('m2', 'press', 12, null)];
  const homeOf = homeTeams({ people: [internal], memberships });
  expect([0, 9, 10, 12, 99].map((number) => homeOf('ann', day(number)))).toEqual([
    'works',
    'works',
    null,
    'press',
    'press',
  ]);
});

test('of several teams home is the one joined last, and of those joined at once the one entered first', () => {
  const memberships = [member('m3', 'press', 0, null), member('m1', 'works', 0, 5), member('m2', 'sales', 2, 4)];
  const homeOf = homeTeams({ people: [internal], memberships });
  expect([1, 3, 4, 6].map((number) => homeOf('ann', day(number)))).toEqual(['works', 'sales', 'works', 'press']);
});

test('before all that is known somebody was where they are first seen', () => {
  const homeOf = homeTeams({ people: [internal], memberships: [member('m1', 'works', 10, null)] });
  expect(homeOf('ann', day(0))).toBe('works');
});

test("an outsider's home is the organisation, whatever the team, and who belongs nowhere has none", () => {
  const people = [
    { id: 'ann', party: 'customer', organization: 'bolt' },
    { ...internal, id: 'cy' },
  ];
  const homeOf = homeTeams({ people, memberships: [member('m1', 'works', 0, null)] });
  expect(['ann', 'cy', 'nobody'].map((person) => homeOf(person, day(1)))).toEqual(['bolt', null, null]);
});
