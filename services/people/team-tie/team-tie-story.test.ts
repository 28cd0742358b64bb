import { dayMs, startOf } from '../tie/decay.js';
import {
  type TeamDayFacts,
  type TeamTieChange,
  type ToldTeamDay,
  teamSilence,
  teamStateOf,
  tellTeamDay,
} from './team-tie-story.js';

function on(day: number, facts: Partial<TeamDayFacts> = {}): TeamDayFacts {
  const at = new Date(startOf(day).getTime() + dayMs / 2);
  return { day, given: 1, interactions: 1, firstAt: at, lastAt: at, pairs: ['1'], newPairs: 0, mutual: null, ...facts };
}

function tellAll(...days: readonly TeamDayFacts[]): { last: ToldTeamDay; changes: TeamTieChange[] } {
  let last: ToldTeamDay | undefined;
  const changes: TeamTieChange[] = [];
  for (const facts of days) {
    const step = tellTeamDay(last, facts);
    last = step.told;
    changes.push(...step.changes);
  }
  if (!last) throw new Error('Nothing happened.');
  return { last, changes };
}

const kinds = (changes: readonly TeamTieChange[]) => changes.map(({ kind, epoch, pair }) => `${kind} ${epoch} ${pair}`);

describe('two teams', () => {
  test('have a first connection with the first tie between their people, once', () => {
    const { last, changes } = tellAll(on(100, { newPairs: 1 }), on(101), on(110));
    expect(kinds(changes)).toEqual(['firstConnected 0 1']);
    expect(teamStateOf(last)).toBe('firstConnection');
    expect(last).toMatchObject({ total: 3, pairsTotal: 1, since: on(100).firstAt });
  });

  test('are connected by a second pair', () => {
    const { last, changes } = tellAll(on(100), on(101, { pairs: ['2'] }), on(102, { pairs: ['3'] }));
    expect(kinds(changes)).toEqual(['firstConnected 0 1', 'connected 0 2']);
    expect(teamStateOf(last)).toBe('connected');
  });

  test('are connected by two pairs of one day at once', () => {
    expect(kinds(tellAll(on(100, { pairs: ['4', '9'] })).changes)).toEqual(['firstConnected 0 4', 'connected 0 9']);
  });

  test('reciprocate with a tie that is mutual', () => {
    const { last, changes } = tellAll(on(100), on(101, { mutual: '1' }), on(102, { mutual: '1' }));
    expect(kinds(changes)).toEqual(['firstConnected 0 1', 'reciprocated 0 1']);
    expect(teamStateOf(last)).toBe('reciprocated');
  });

  test('are at risk after 45 days of silence and dormant after 90', () => {
    const { last } = tellAll(on(100));
    const silentFor = (days: number) => teamSilence(last, new Date(last.lastAt.getTime() + days * dayMs));
    expect(kinds(silentFor(44.9))).toEqual([]);
    expect(kinds(silentFor(45))).toEqual(['endangered 0 null']);
    expect(kinds(silentFor(90))).toEqual(['endangered 0 null', 'wentDormant 0 null']);
  });

  test('that were silent for 45 days only go on', () => {
    expect(kinds(tellAll(on(100), on(150)).changes)).toEqual(['firstConnected 0 1', 'endangered 0 null']);
  });

  test('that come back have to connect anew', () => {
    const connected = on(100, { pairs: ['1', '2'], mutual: '1' });
    const { last, changes } = tellAll(connected, on(190, { pairs: ['2'] }), on(191));
    expect(kinds(changes).slice(3)).toEqual([
      'endangered 0 null',
      'wentDormant 0 null',
      'revived 1 2',
      'connected 1 1',
    ]);
    expect(teamStateOf(last)).toBe('connected');
  });
});
