import { dayMs, dayOf, decayed, rankOf } from './decay.js';
import { addUp, type DayFacts, silence, type TieChange, type ToldDay, tellDay } from './tie-story.js';

type Direction = '->' | '<-';
type Told = readonly [at: string, direction: Direction, weight: number];

/** The story of a pair in which this happened, in the order of time. */
function tellAll(...happened: readonly Told[]): { last: ToldDay; changes: TieChange[] } {
  const days = new Map<number, Told[]>();
  for (const one of happened) {
    const day = dayOf(new Date(one[0]));
    days.set(day, [...(days.get(day) ?? []), one]);
  }
  let last: ToldDay | undefined;
  const changes: TieChange[] = [];
  for (const day of [...days.keys()].sort((one, other) => one - other)) {
    const step = tellDay(last, factsOf(day, days.get(day) ?? []));
    last = step.told;
    changes.push(...step.changes);
  }
  if (!last) throw new Error('Nothing happened.');
  return { last, changes };
}

function factsOf(day: number, told: readonly Told[]): DayFacts {
  const facts = addUp(
    day,
    told.map(([at, direction, weight]) => ({ at: new Date(at), forward: direction === '->', weight })),
  );
  if (!facts) throw new Error('Nothing happened on that day.');
  return facts;
}

const kinds = (changes: readonly TieChange[]) => changes.map(({ kind, epoch }) => `${kind} ${epoch}`);

describe('a weight', () => {
  test('halves in 60 days', () => {
    const { last } = tellAll(['2026-01-01T10:00:00Z', '->', 1], ['2026-03-02T10:00:00Z', '->', 0.5]);
    expect(last.weight).toBeCloseTo(1, 12);
    expect(last.returned).toBe(0);
  });

  test('is the same whatever the order within a day', () => {
    const day: Told[] = [
      ['2026-01-01T03:00:00Z', '->', 1],
      ['2026-01-01T23:00:00Z', '<-', 0.3],
      ['2026-01-01T12:00:00Z', '->', 0.1],
    ];
    const one = tellAll(...day).last;
    const other = tellAll(...day.reverse()).last;
    expect(other.weight).toBeCloseTo(one.weight, 12);
    expect(other).toMatchObject({ firstAt: one.firstAt, lastAt: one.lastAt, state: one.state });
  });

  test('of every interaction has decayed from its own instant', () => {
    const { last } = tellAll(
      ['2026-01-01T03:00:00Z', '->', 1],
      ['2026-01-01T12:00:00Z', '->', 0.5],
      ['2026-02-10T18:30:00Z', '<-', 2],
    );
    const until = (at: string) => Date.parse('2026-02-10T18:30:00Z') - Date.parse(at);
    const exact = decayed(1, until('2026-01-01T03:00:00Z')) + decayed(0.5, until('2026-01-01T12:00:00Z'));
    expect(last.weight).toBeCloseTo(exact, 12);
    expect(last.returned).toBeCloseTo(2, 12);
  });

  test('ranks ties alike at every instant', () => {
    const [early, late] = [new Date('2026-01-01T00:00:00Z'), new Date('2026-03-02T00:00:00Z')];
    expect(rankOf(2, early)).toBeCloseTo(rankOf(1, late), 9);
    expect(rankOf(2.1, early)).toBeGreaterThan(rankOf(1, late));
  });
});

describe('two people', () => {
  test('who dealt with each other on one day only have contact', () => {
    const { last, changes } = tellAll(['2026-01-01T10:00:00Z', '->', 0.5], ['2026-01-01T18:00:00Z', '<-', 0.5]);
    expect(last).toMatchObject({ state: 'contact', since: null });
    expect(changes).toEqual([]);
  });

  test.each([
    ['the next day', '2026-01-02T00:00:00Z', 'tie'],
    ['14 days later', '2026-01-15T23:59:59Z', 'tie'],
    ['15 days later', '2026-01-16T00:00:00Z', 'contact'],
  ])('and again %s: %s', (_, again, state) => {
    const { last } = tellAll(['2026-01-01T10:00:00Z', '->', 0.1], [again, '<-', 0.1]);
    expect(last.state).toBe(state);
    expect(last.since).toEqual(state === 'tie' ? new Date(again) : null);
  });

  test('have a tie from a strength of 1.5 on', () => {
    const at = '2026-01-01T10:00:00Z';
    expect(tellAll([at, '->', 1.1], [at, '<-', 0.4]).last.state).toBe('tie');
    expect(tellAll([at, '->', 1], [at, '<-', 0.4]).last.state).toBe('contact');
  });

  test('have that strength however many small things it is made of', () => {
    const small = Array.from({ length: 15 }, (): Told => ['2026-01-01T10:00:00Z', '->', 0.1]);
    expect(tellAll(...small).last.state).toBe('tie');
  });

  test('have a reciprocal tie when both weigh 0.5', () => {
    const first: Told = ['2026-01-01T10:00:00Z', '->', 1];
    const { last, changes } = tellAll(first, ['2026-01-02T10:00:00Z', '<-', 0.5]);
    expect(last.state).toBe('reciprocal');
    expect(kinds(changes)).toEqual(['formed 0', 'reciprocated 0']);
    expect(tellAll(first, ['2026-01-02T10:00:00Z', '<-', 0.4]).last.state).toBe('tie');
  });
});

describe('a tie that nothing is done for', () => {
  const formed: Told[] = [
    ['2026-01-01T10:00:00Z', '->', 1],
    ['2026-01-02T10:00:00Z', '->', 1],
  ];
  const behind = (days: number) => new Date(Date.parse('2026-01-02T10:00:00Z') + days * dayMs);

  test.each([
    [89.9, []],
    [90, ['wentDormant 0']],
    [179.9, ['wentDormant 0']],
    [180, ['wentDormant 0', 'lost 0']],
  ])('after %d days: %j', (days, expected) => {
    expect(kinds(silence(tellAll(...formed).last, behind(days)))).toEqual(expected);
  });

  test('comes back with the next interaction, and that begins another epoch', () => {
    const { last, changes } = tellAll(...formed, [behind(91).toISOString(), '<-', 0.1]);
    expect(kinds(changes)).toEqual(['formed 0', 'wentDormant 0', 'revived 1']);
    expect(changes.map(({ at }) => at)).toEqual([new Date('2026-01-02T10:00:00Z'), behind(90), behind(91)]);
    expect(last).toMatchObject({ state: 'revived', epoch: 1, since: new Date('2026-01-02T10:00:00Z') });
  });

  test('is lost in between when it took long', () => {
    const { changes } = tellAll(...formed, [behind(400).toISOString(), '<-', 2], [behind(401).toISOString(), '->', 2]);
    expect(kinds(changes)).toEqual(['formed 0', 'wentDormant 0', 'lost 0', 'revived 1', 'reciprocated 1']);
  });

  test('was none: a contact is neither dormant nor revived', () => {
    const { last, changes } = tellAll(['2026-01-01T10:00:00Z', '->', 0.1], ['2026-12-01T10:00:00Z', '->', 0.1]);
    expect({ state: last.state, changes }).toEqual({ state: 'contact', changes: [] });
  });
});
