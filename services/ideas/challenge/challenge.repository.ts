import type { Viewer } from '#kernel/auth/viewer.js';
import { condition } from '#kernel/connections/condition.js';
import type { Selection } from '#kernel/connections/connection.js';
import { columnIn, type List, type ListOrder } from '#kernel/connections/list.js';
import { selectList } from '#kernel/database/select-list.js';
import { statement } from '#kernel/database/statement.js';
import type { Write } from '#kernel/write/write.js';
import { Challenge } from './challenge.entity.js';
import { listedChallenge } from './challenge.policy.js';

export const challengeColumns = selectList(Challenge, 'c');

const latestFirst: ListOrder = {
  name: 'LATEST',
  direction: 'DESC',
  terms: [
    { sql: 'c.created_at', type: 'timestamptz' },
    { sql: 'c.id', type: 'text' },
  ],
};

const allChallenges: List = { name: 'challenges', from: 'challenge c', columns: challengeColumns };
const challengesOfSpace: List = { ...allChallenges, name: 'Space.challenges', parent: 'c.space_id' };
export const challengeLists = { allChallenges, challengesOfSpace };

/** `openAt`: only those that are open at this instant. */
export function selectChallenges(viewer: Viewer, list: List, openAt: Date | null): Selection {
  const open = openAt ? [condition('(c.closes_at IS NULL OR c.closes_at > ?)', openAt)] : [];
  const listed = listedChallenge(viewer, 'c', columnIn(list, 'c.space_id'));
  return { list, order: latestFirst, where: [listed, ...open] };
}

const hide = statement('UPDATE challenge SET hidden_at = $2 WHERE id = $1');

export async function setChallengeHidden(tx: Write, id: string, at: Date | null): Promise<void> {
  await tx.run(hide, [id, at]);
}
