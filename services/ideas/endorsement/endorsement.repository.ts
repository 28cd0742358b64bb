import type { Viewer } from '#kernel/auth/viewer.js';
import { allOf, condition } from '#kernel/connections/condition.js';
import type { Selection } from '#kernel/connections/connection.js';
import type { List, ListOrder } from '#kernel/connections/list.js';
import { selectList } from '#kernel/database/select-list.js';
import { statement } from '#kernel/database/statement.js';
import { knownAuthor } from '#kernel/spaces/known-author.js';
import type { Write } from '#kernel/write/write.js';
import { listedIdea } from '../idea/idea.policy.js';
import { Endorsement } from './endorsement.entity.js';

const columns = selectList(Endorsement, 'e');
const latestFirst: ListOrder = {
  name: 'LATEST',
  direction: 'DESC',
  terms: [
    { sql: 'e.changed_at', type: 'timestamptz' },
    { sql: 'e.id', type: 'text' },
  ],
};

const ofIdea: List = { name: 'Idea.endorsements', from: 'endorsement e', columns, parent: 'e.idea_id' };
const ofPerson: List = { ...ofIdea, name: 'Person.endorsements', parent: 'e.person_id' };

export function endorsementsOfIdea(): Selection {
  return { list: ofIdea, order: latestFirst, where: [condition('e.active')] };
}

export function endorsementsOfPerson(viewer: Viewer): Selection {
  const idea = allOf([listedIdea(viewer, 'of'), knownAuthor(viewer, 'of.space_id', 'e.person_id = ?')]);
  const visible = {
    text: `EXISTS (SELECT 1 FROM idea of WHERE of.id = e.idea_id AND ${idea.text})`,
    values: idea.values,
  };
  return { list: ofPerson, order: latestFirst, where: [condition('e.active'), visible] };
}

// One statement decides, changes and counts: two clicks at once end as one endorsement.
const set = statement(`
  WITH changed AS (
    INSERT INTO endorsement AS e (id, idea_id, person_id, active, changed_at, said_at) SELECT $1, $2, $3, $4, $5, $5 WHERE $4
    ON CONFLICT (idea_id, person_id) DO UPDATE SET active = true, changed_at = excluded.changed_at, said_at = excluded.said_at WHERE NOT e.active
    RETURNING idea_id
  ), withdrawn AS (
    UPDATE endorsement SET active = false, changed_at = $5, said_at = $5 WHERE NOT $4 AND idea_id = $2 AND person_id = $3 AND active RETURNING idea_id
  )
  UPDATE idea SET endorsement_count = endorsement_count + (CASE WHEN $4 THEN 1 ELSE -1 END),
    updated_at = CASE WHEN $4 THEN greatest(updated_at, $5) ELSE updated_at END
  WHERE id = $2 AND (EXISTS (SELECT 1 FROM changed) OR EXISTS (SELECT 1 FROM withdrawn))
  RETURNING id`);

/** Endorses or withdraws; false when it was so already. */
export async function setEndorsement(tx: Write, endorsement: Endorsement): Promise<boolean> {
  const { id, ideaId, personId, active, changedAt } = endorsement;
  return (await tx.run(set, [id, ideaId, personId, active, changedAt])).length > 0;
}

const endorsedBy = statement(
  'SELECT idea_id FROM endorsement WHERE person_id = $1 AND idea_id = ANY($2::text[]) AND active',
);

export { endorsedBy };
