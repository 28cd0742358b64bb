import type { Interaction } from './interaction.js';
import { retell } from './oracle.js';

const start = Date.UTC(2024, 0, 1, 12);
const day = (number: number) => new Date(start + number * 24 * 3600 * 1000);
const now = day(20);

/** `from` did something towards `to`, on a day counted from the first. */
function deed(from: string, to: string, onDay: number, weight = 1): Interaction {
  return { from, to, kind: 'reply', object: 'an idea', at: day(onDay), weight };
}

/** People are at home in the team that the first letter of their name tells. */
const homeOf = (person: string) => person[0] ?? null;
const told = (deeds: Interaction[], at = now) => retell(deeds, homeOf, at);
const stateOf = (deeds: Interaction[], at = now) => told(deeds, at).pairs[0]?.state;

describe('a pair', () => {
  test('that dealt with each other on one day is a contact', () => {
    expect(stateOf([deed('g1', 'h1', 0)])).toBe('CONTACT');
  });

  test('that did on two days within two weeks has a tie', () => {
    expect(stateOf([deed('g1', 'h1', 0, 0.1), deed('h1', 'g1', 14, 0.1)])).toBe('TIE');
    expect(stateOf([deed('g1', 'h1', 0, 0.1), deed('h1', 'g1', 15, 0.1)])).toBe('CONTACT');
  });

  test('has a tie after one day that was strong enough, and keeps it while the strength fades', () => {
    expect(stateOf([deed('g1', 'h1', 0, 1), deed('h1', 'g1', 0, 0.4)])).toBe('CONTACT');
    expect(stateOf([deed('g1', 'h1', 0, 1), deed('h1', 'g1', 0, 0.5)])).toBe('RECIPROCAL');
    expect(stateOf([deed('g1', 'h1', 0, 1.5)], day(80))).toBe('TIE');
  });

  test('loses half of its weight in 60 days', () => {
    const [pair] = told([deed('g1', 'h1', 0, 1), deed('g1', 'h1', 60, 1), deed('h1', 'g1', 120, 1)], day(120)).pairs;
    expect(pair?.aTowardsB).toBeCloseTo(0.25 + 0.5, 10);
    expect(pair?.bTowardsA).toBe(1);
  });

  test('is reciprocal when both ways weigh enough', () => {
    const oneWay = [deed('g1', 'h1', 0), deed('g1', 'h1', 1)];
    expect(stateOf(oneWay)).toBe('TIE');
    expect(stateOf([...oneWay, deed('h1', 'g1', 2, 0.4)])).toBe('TIE');
    expect(stateOf([...oneWay, deed('h1', 'g1', 2, 0.5)])).toBe('RECIPROCAL');
  });

  test('stays reciprocal while it lasts, and has to become so anew when it was asleep', () => {
    const mutual = [deed('g1', 'h1', 0), deed('h1', 'g1', 1)];
    expect(stateOf([...mutual, deed('g1', 'h1', 70, 0.1)], day(80))).toBe('RECIPROCAL');
    expect(stateOf([...mutual, deed('g1', 'h1', 150, 0.1)], day(160))).toBe('REVIVED');
    expect(stateOf([...mutual, deed('g1', 'h1', 150), deed('h1', 'g1', 150)], day(160))).toBe('RECIPROCAL');
  });

  test('sleeps after 90 days of silence, is lost after 180, and one interaction wakes it', () => {
    const tie = [deed('g1', 'h1', 0), deed('g1', 'h1', 1)];
    expect(stateOf(tie, day(90))).toBe('TIE');
    expect(stateOf(tie, day(91))).toBe('DORMANT');
    expect(stateOf(tie, day(180))).toBe('DORMANT');
    expect(stateOf(tie, day(181))).toBe('LOST');
    expect(told([...tie, deed('h1', 'g1', 200, 0.1)], day(201)).pairs).toMatchObject([
      { state: 'REVIVED', revivals: 1 },
    ]);
  });

  test('that never had a tie only stays a contact', () => {
    expect(stateOf([deed('g1', 'h1', 0)], day(300))).toBe('CONTACT');
  });

  test('is the same in whatever order the deeds are told', () => {
    const deeds = [deed('g1', 'h1', 0), deed('h1', 'g1', 3), deed('g1', 'h1', 3, 0.3), deed('g1', 'h1', 40)];
    expect(told(deeds.toReversed(), day(50))).toEqual(told(deeds, day(50)));
  });
});

describe('two teams', () => {
  const tie = (from: string, to: string, onDay: number) => [deed(from, to, onDay, 1.5)];
  const milestones = (deeds: Interaction[]) => told(deeds, day(400)).milestones.map(({ kind, at }) => [kind, at]);

  test('are connected by a tie, not by a contact, and not within one team', () => {
    expect(told([deed('g1', 'h1', 0), ...tie('g1', 'g2', 0)]).teams).toEqual([]);
    expect(told(tie('h1', 'g1', 0)).teams).toMatchObject([{ one: 'g', other: 'h', pairs: 1, state: 'LIVE' }]);
  });

  test('connect for the first time once, become connected by a second pair and reciprocated by a mutual tie', () => {
    expect(
      milestones([...tie('g1', 'h1', 0), ...tie('h2', 'g1', 5), ...tie('g3', 'h1', 7), ...tie('h1', 'g1', 9)]),
    ).toEqual([
      ['FIRST_CONNECTION', day(0)],
      ['CONNECTED', day(5)],
      ['RECIPROCATED', day(9)],
    ]);
  });

  test('are at risk after 45 silent days, sleep after 90, and are revived by a tie of theirs', () => {
    const stateAt = (at: Date) => told(tie('g1', 'h1', 0), at).teams[0]?.state;
    expect([stateAt(day(44)), stateAt(day(45)), stateAt(day(89)), stateAt(day(90))]).toEqual([
      'LIVE',
      'AT_RISK',
      'AT_RISK',
      'DORMANT',
    ]);
    expect(milestones([...tie('g1', 'h1', 0), ...tie('h1', 'g1', 100)])).toContainEqual(['REVIVED', day(100)]);
    expect(milestones([...tie('g1', 'h1', 0), deed('g2', 'h2', 100)])).not.toContainEqual(['REVIVED', day(100)]);
  });

  test('do not connect by people who belong nowhere', () => {
    expect(retell(tie('g1', 'h1', 0), (person) => (person === 'g1' ? 'g' : null), now).teams).toEqual([]);
  });
});
