import type { Write } from '#kernel/write/write.js';
import { groupBy } from '../tie/group-by.js';
import { appendTeamChanges } from './append-team-changes.js';
import { tellSpaces } from './space-shares.repository.js';
import { emptyTeamTies, stateTeamChangesOnce, type TeamChange, writeTeamTies } from './team-tie.repository.js';
import {
  readTeamStories,
  removeTeamDays,
  type StoredTeamDay,
  type TeamDay,
  type TeamFacts,
  teamFactsOf,
  writeTeamDays,
} from './team-tie-day.repository.js';
import { type ToldTeamDay, tellTeamDay } from './team-tie-story.js';

/** Tells the stories of teams anew from the days on which something changed between their people. */
export async function tellTeamTies(tx: Write, touched: readonly TeamDay[]): Promise<void> {
  const days = [...new Map(touched.map((day) => [`${day.teamTie} ${day.day}`, day])).values()];
  if (days.length === 0) return;
  const fresh = groupBy(await teamFactsOf(tx, days), ({ teamTie }) => teamTie);
  const stored = groupBy(await readTeamStories(tx, firstDays(days)), ({ teamTie }) => teamTie);
  const tales = [...groupBy(days, ({ teamTie }) => teamTie)].map(([teamTie, ofTie]) =>
    tell(ofTie, fresh.get(teamTie) ?? [], stored.get(teamTie) ?? []),
  );
  await removeTeamDays(
    tx,
    tales.flatMap(({ gone }) => gone),
  );
  await writeTeamDays(
    tx,
    tales.flatMap(({ days: told }) => told),
  );
  await writeTeamTies(
    tx,
    tales.flatMap(({ teamTie, last }) => (last ? [{ teamTie, last }] : [])),
  );
  await emptyTeamTies(
    tx,
    tales.flatMap(({ teamTie, last }) => (last ? [] : [teamTie])),
  );
  await tellSpaces(tx, days);
  await appendTeamChanges(
    tx,
    await stateTeamChangesOnce(
      tx,
      tales.flatMap(({ changes }) => changes),
    ),
  );
}

interface Tale {
  readonly teamTie: string;
  readonly days: readonly StoredTeamDay[];
  readonly gone: readonly TeamDay[];
  readonly last: ToldTeamDay | undefined;
  readonly changes: readonly TeamChange[];
}

function tell(touched: readonly TeamDay[], fresh: readonly TeamFacts[], stored: readonly StoredTeamDay[]): Tale {
  const teamTie = touched[0]?.teamTie ?? '';
  const from = Math.min(...touched.map(({ day }) => day));
  const isTouched = new Set(touched.map(({ day }) => day));
  const left = new Set(fresh.map(({ day }) => day));
  const later = stored.filter(({ day }) => day >= from && !isTouched.has(day));
  let last: ToldTeamDay | undefined = stored.find(({ day }) => day < from);
  const changes: TeamChange[] = [];
  const days = [...fresh, ...later]
    .sort((one, other) => one.day - other.day)
    .map((facts) => {
      const step = tellTeamDay(last, facts);
      last = step.told;
      changes.push(...step.changes.map((change) => ({ ...change, teamTie })));
      return { ...step.told, teamTie };
    });
  return { teamTie, days, gone: touched.filter(({ day }) => !left.has(day)), last, changes };
}

function firstDays(days: readonly TeamDay[]): TeamDay[] {
  return [...groupBy(days, ({ teamTie }) => teamTie)].map(([teamTie, ofTie]) => ({
    teamTie,
    day: Math.min(...ofTie.map(({ day }) => day)),
  }));
}
