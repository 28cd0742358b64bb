import type { Viewer } from '#kernel/auth/viewer.js';
import { condition } from '#kernel/connections/condition.js';
import type { Selection } from '#kernel/connections/connection.js';
import type { List, ListOrder } from '#kernel/connections/list.js';
import { selectList } from '#kernel/database/select-list.js';
import { statement } from '#kernel/database/statement.js';
import { notHidden } from '#kernel/moderation/moderation.policy.js';
import type { Write } from '#kernel/write/write.js';
import { Contribution, type ContributionType } from './contribution.entity.js';
import { contributionOfKnown } from './contribution.policy.js';

export const contributionColumns = selectList(Contribution, 'c');

export type ContributionOrderName = 'OLDEST' | 'LATEST';

const terms = [
  { sql: 'c.created_at', type: 'timestamptz' },
  { sql: 'c.id', type: 'text' },
] as const;
const orders: Record<ContributionOrderName, ListOrder> = {
  OLDEST: { name: 'OLDEST', direction: 'ASC', terms },
  LATEST: { name: 'LATEST', direction: 'DESC', terms },
};

const list: Omit<List, 'name'> = { from: 'contribution c', columns: contributionColumns };
export const contributionLists = {
  ofIdea: { ...list, name: 'Idea.contributions', parent: 'c.idea_id' },
  ofPerson: { ...list, name: 'Person.contributions', parent: 'c.author_id' },
  replies: { ...list, name: 'Contribution.replies', parent: 'c.reply_to_id' },
} satisfies Record<string, List>;

/** Contributions of an idea somebody was given need no second look at its space; those of a person do. */
export function selectContributions(
  viewer: Viewer,
  of: keyof typeof contributionLists,
  order: ContributionOrderName,
  types?: readonly ContributionType[] | null,
): Selection {
  return {
    list: contributionLists[of],
    order: orders[order],
    where: [
      of === 'ofPerson' ? contributionOfKnown(viewer) : notHidden('c'),
      ...(types ? [condition('c.type = ANY(?::text[])', types)] : []),
    ],
  };
}

const touchIdea = statement(`
  UPDATE idea SET contribution_count = contribution_count + 1, updated_at = greatest(updated_at, $2) WHERE id = $1`);

export async function insertContribution(tx: Write, contribution: Contribution): Promise<void> {
  await tx.manager.insert(Contribution, contribution);
  await tx.run(touchIdea, [contribution.ideaId, contribution.createdAt]);
}

// What is hidden does not count: the number an idea keeps is that of the list.
const hide = statement(`
  WITH hidden AS (UPDATE contribution SET hidden_at = $2 WHERE id = $1 RETURNING idea_id)
  UPDATE idea SET contribution_count = contribution_count + CASE WHEN $2::timestamptz IS NULL THEN 1 ELSE -1 END
  WHERE id = (SELECT idea_id FROM hidden)`);

export async function setContributionHidden(tx: Write, id: string, at: Date | null): Promise<void> {
  await tx.run(hide, [id, at]);
}
