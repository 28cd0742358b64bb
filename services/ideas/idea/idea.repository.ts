import type { Viewer } from '#kernel/auth/viewer.js';
import { type Condition, condition } from '#kernel/connections/condition.js';
import type { Selection } from '#kernel/connections/connection.js';
import { columnIn, type List, type ListOrder, type OrderTerm } from '#kernel/connections/list.js';
import { selectList } from '#kernel/database/select-list.js';
import { statement } from '#kernel/database/statement.js';
import { byRank, headline, searchWords } from '#kernel/search/search.js';
import type { Write } from '#kernel/write/write.js';
import { visibleChallenge } from '../challenge/challenge.policy.js';
import { Idea } from './idea.entity.js';
import { ideaOfKnown, listedIdea } from './idea.policy.js';

export const ideaColumns = selectList(Idea, 'i');

export interface IdeaFilter {
  readonly space?: string | null;
  readonly challenge?: string | null;
  readonly author?: string | null;
  readonly team?: string | null;
  readonly stages?: readonly string[] | null;
  readonly tags?: readonly string[] | null;
  readonly submittedSince?: Date | null;
  readonly submittedBefore?: Date | null;
}

export type IdeaOrderName = 'LATEST' | 'OLDEST' | 'RECENTLY_ACTIVE' | 'MOST_ENDORSED';

const byId: OrderTerm = { sql: 'i.id', type: 'text' };
const orders: Record<IdeaOrderName, ListOrder> = {
  LATEST: { name: 'LATEST', direction: 'DESC', terms: [{ sql: 'i.created_at', type: 'timestamptz' }, byId] },
  OLDEST: { name: 'OLDEST', direction: 'ASC', terms: [{ sql: 'i.created_at', type: 'timestamptz' }, byId] },
  RECENTLY_ACTIVE: {
    name: 'RECENTLY_ACTIVE',
    direction: 'DESC',
    terms: [{ sql: 'i.updated_at', type: 'timestamptz' }, byId],
  },
  MOST_ENDORSED: {
    name: 'MOST_ENDORSED',
    direction: 'DESC',
    terms: [{ sql: 'i.endorsement_count', type: 'integer' }, byId],
  },
};

const allIdeas: List = { name: 'ideas', from: 'idea i', columns: ideaColumns };
const ideasOfSpace: List = { ...allIdeas, name: 'Space.ideas', parent: 'i.space_id' };
const ideasOfChallenge: List = { ...allIdeas, name: 'Challenge.ideas', parent: 'i.challenge_id' };
const buildsOn: List = {
  name: 'Idea.buildsOn',
  from: 'idea i JOIN idea_link l ON l.builds_on_id = i.id',
  columns: ideaColumns,
  parent: 'l.idea_id',
};
const builtOnBy: List = {
  name: 'Idea.builtOnBy',
  from: 'idea i JOIN idea_link l ON l.idea_id = i.id',
  columns: ideaColumns,
  parent: 'l.builds_on_id',
};

export const ideaLists = { allIdeas, ideasOfSpace, ideasOfChallenge, buildsOn, builtOnBy };

export function selectIdeas(viewer: Viewer, list: List, order: IdeaOrderName, filter: IdeaFilter = {}): Selection {
  const listed = listedIdea(viewer, 'i', columnIn(list, 'i.space_id'));
  return { list, order: orders[order], where: [listed, ...conditionsOf(viewer, filter)] };
}

export function searchIdeas(viewer: Viewer, query: string, filter: IdeaFilter): Selection {
  const words = searchWords('ideas', query);
  const columns = `${ideaColumns}, ts_rank_cd(i.search, q.words) AS rank, ${headline('ideas', "i.title || ' … ' || i.body")} AS headline`;
  return {
    list: {
      name: 'searchIdeas',
      from: condition(`idea i, (SELECT ${words.text} AS words) q`, ...words.values),
      columns,
    },
    order: byRank('i'),
    where: [condition('i.search @@ q.words'), listedIdea(viewer), ...conditionsOf(viewer, filter)],
  };
}

function conditionsOf(viewer: Viewer, filter: IdeaFilter): Condition[] {
  return [
    ...(filter.space ? [condition('i.space_id = ?', filter.space)] : []),
    ...(filter.challenge ? [condition('i.challenge_id = ?', filter.challenge), answersVisible(viewer)] : []),
    ...(filter.author ? [condition('i.author_ids @> ARRAY[?::text]', filter.author), ideaOfKnown(viewer)] : []),
    ...(filter.team
      ? [condition('(i.team_id = ? OR i.participating_team_ids @> ARRAY[?::text])', filter.team, filter.team)]
      : []),
    ...(filter.stages ? [condition('i.stage = ANY(?::text[])', filter.stages)] : []),
    ...(filter.tags ? [condition('i.tags @> ?::text[]', filter.tags)] : []),
    ...(filter.submittedSince ? [condition('i.created_at >= ?', filter.submittedSince)] : []),
    ...(filter.submittedBefore ? [condition('i.created_at < ?', filter.submittedBefore)] : []),
  ];
}

/** Which ideas answer a challenge is as little to be found out as the challenge itself. */
function answersVisible(viewer: Viewer): Condition {
  const { text, values } = visibleChallenge(viewer, 'answered');
  return { text: `EXISTS (SELECT 1 FROM challenge answered WHERE answered.id = i.challenge_id AND ${text})`, values };
}

const link = statement(
  'INSERT INTO idea_link (idea_id, builds_on_id) SELECT $1, unnest($2::text[]) ON CONFLICT DO NOTHING',
);

export async function insertIdea(
  tx: Write,
  idea: Idea,
  buildsOnIds: readonly string[],
  editorId: string | null,
): Promise<void> {
  await tx.manager.insert(Idea, idea);
  if (buildsOnIds.length > 0) await tx.run(link, [idea.id, buildsOnIds]);
  await keepRevision(tx, idea, editorId);
}

export interface IdeaChange {
  readonly title?: string;
  readonly body?: string;
  readonly tags?: readonly string[];
}

// One statement decides and changes: of two editors with the same base revision, exactly one wins.
const revise = statement(`
  UPDATE idea i SET title = coalesce($3, title), body = coalesce($4, body), tags = coalesce($5::text[], tags),
    revision = revision + 1, updated_at = greatest(updated_at, $6)
  WHERE id = $1 AND revision = $2
  RETURNING ${ideaColumns}`);

/** The revised idea, or undefined when the base revision is no longer the present one. */
export async function reviseRow(
  tx: Write,
  id: string,
  base: number,
  change: IdeaChange,
  at: Date,
  editorId: string | null,
): Promise<Idea | undefined> {
  const [revised] = await tx.run<Idea>(revise, [
    id,
    base,
    change.title ?? null,
    change.body ?? null,
    change.tags ?? null,
    at,
  ]);
  if (revised) await keepRevision(tx, revised, editorId);
  return revised;
}

const move = statement(
  'UPDATE idea SET stage = $2, updated_at = greatest(updated_at, $3) WHERE id = $1 AND stage = $4 RETURNING id',
);

/** False when somebody else moved the idea in the meantime. */
export async function moveRow(tx: Write, id: string, from: string, to: string, at: Date): Promise<boolean> {
  return (await tx.run(move, [id, to, at, from])).length > 0;
}

const keep = statement(`
  INSERT INTO idea_revision (idea_id, revision, title, body, tags, editor_id, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)`);

async function keepRevision(tx: Write, idea: Idea, editorId: string | null): Promise<void> {
  await tx.run(keep, [idea.id, idea.revision, idea.title, idea.body, idea.tags, editorId, idea.updatedAt]);
}

const hide = statement('UPDATE idea SET hidden_at = $2 WHERE id = $1');

export async function setIdeaHidden(tx: Write, id: string, at: Date | null): Promise<void> {
  await tx.run(hide, [id, at]);
}
