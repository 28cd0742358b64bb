import { system } from '#kernel/auth/viewer.js';
import { statement } from '#kernel/database/statement.js';
import type { ServiceParts } from '#kernel/runtime/request-context.js';
import { type Write, write } from '#kernel/write/write.js';
import { tieTurn } from '../interaction/record-interactions.js';
import { appendTeamChanges } from '../team-tie/append-team-changes.js';
import { silentTeamTies } from '../team-tie/silent-team-ties.repository.js';
import { stateTeamChangesOnce } from '../team-tie/team-tie.repository.js';
import { teamSilence } from '../team-tie/team-tie-story.js';
import { silentTies } from './silent-ties.repository.js';
import { append } from './tell-ties.js';
import { stateOnce } from './tie.repository.js';
import { silence } from './tie-story.js';

/** What is needed to change ties without anybody asking for it. */
type Keeper = Pick<ServiceParts, 'database' | 'now' | 'newId' | 'committed'>;

/** So many are told in one transaction, for the followers of the log wait while it runs. */
const atOnce = 500;

/**
 * Tells of the ties that fell asleep since somebody last looked. Where something is done for a tie after a silence, that is told
 * at once; this is for those for which nothing is done any more.
 */
export async function tellSilence(parts: Keeper): Promise<void> {
  await untilFewerThan(atOnce, parts, (tx) => silentPeople(tx, parts.now()));
  await untilFewerThan(atOnce, parts, (tx) => silentTeams(tx, parts.now()));
}

async function silentPeople(tx: Write, now: Date): Promise<number> {
  const ties = await silentTies(tx, now, atOnce);
  const changes = ties.flatMap((tie) => silence(tie, now).map((change) => ({ ...change, pair: tie.pair })));
  append(tx, await stateOnce(tx, changes));
  return ties.length;
}

async function silentTeams(tx: Write, now: Date): Promise<number> {
  const ties = await silentTeamTies(tx, now, atOnce);
  const changes = ties.flatMap((tie) => teamSilence(tie, now).map((change) => ({ ...change, teamTie: tie.teamTie })));
  await appendTeamChanges(tx, await stateTeamChangesOnce(tx, changes));
  return ties.length;
}

const forget = [
  `WITH old AS (SELECT pair, day FROM tie_day WHERE NOT closed AND told_at < $1 LIMIT 5000),
     gone AS (DELETE FROM counted_interaction c USING old o WHERE c.pair = o.pair AND c.day = o.day)
   UPDATE tie_day d SET closed = true FROM old o WHERE d.pair = o.pair AND d.day = o.day RETURNING d.day`,
  `DELETE FROM idea_contribution WHERE (idea, at, person) IN (
     SELECT idea, at, person FROM idea_contribution WHERE heard_at < $1 LIMIT 5000) RETURNING idea`,
].map((text) => statement(text));

const keptMs = 180 * 24 * 3600 * 1000;

/** Closes the days that were last told 180 days ago: their sums stay, the interactions they are made of go. */
export async function forgetInteractions(parts: Keeper): Promise<void> {
  const before = new Date(parts.now().getTime() - keptMs);
  for (const text of forget) await untilFewerThan(1, parts, async (tx) => (await tx.run(text, [before])).length);
}

/** Works in short transactions, each in turn with all who change ties, until one has found less to do. */
async function untilFewerThan(limit: number, parts: Keeper, work: (tx: Write) => Promise<number>): Promise<void> {
  const operation = { name: 'tendTies', input: {}, inTurn: tieTurn };
  for (;;) {
    const { result } = await write({ ...parts, viewer: system }, operation, work);
    if (result < limit) return;
  }
}
