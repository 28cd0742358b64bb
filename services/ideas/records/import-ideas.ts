import { statement } from '#kernel/database/statement.js';
import type { IdeaRecord } from '#kernel/records/record-format.js';
import type { ReadyRecord, RecordWriter } from '#kernel/records/record-writer.js';
import { resultsOf } from '#kernel/records/upsert-result.js';
import type { Write } from '#kernel/write/write.js';
import { firstStage } from '../idea/idea.js';

// An imported change of the words is a revision like any other. What a moderator hid rests as it is.
const upsert = statement(`
  INSERT INTO idea AS i (id, space_id, challenge_id, title, body, stage, tags, author_ids, team_id, participating_team_ids,
    revision, endorsement_count, contribution_count, created_at, updated_at)
  SELECT n.id, n.space_id, n.challenge_id, n.title, n.body, n.stage, ARRAY(SELECT jsonb_array_elements_text(n.tags)),
    ARRAY(SELECT jsonb_array_elements_text(n.author_ids)), n.team_id, ARRAY(SELECT jsonb_array_elements_text(n.team_ids)), 1, 0, 0, n.at, n.at
  FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::jsonb[], $8::jsonb[], $9::text[], $10::jsonb[], $11::timestamptz[])
    AS n(id, space_id, challenge_id, title, body, stage, tags, author_ids, team_id, team_ids, at)
  ON CONFLICT (id) DO UPDATE SET space_id = excluded.space_id, challenge_id = excluded.challenge_id, title = excluded.title, body = excluded.body,
    stage = excluded.stage, tags = excluded.tags, author_ids = excluded.author_ids, team_id = excluded.team_id,
    participating_team_ids = excluded.participating_team_ids, created_at = excluded.created_at,
    revision = i.revision + ((i.title, i.body, i.tags) IS DISTINCT FROM (excluded.title, excluded.body, excluded.tags))::integer,
    updated_at = greatest(i.updated_at, $12)
  WHERE i.hidden_at IS NULL AND (i.space_id, i.challenge_id, i.title, i.body, i.stage, i.tags, i.author_ids, i.team_id, i.participating_team_ids, i.created_at)
    IS DISTINCT FROM (excluded.space_id, excluded.challenge_id, excluded.title, excluded.body, excluded.stage, excluded.tags, excluded.author_ids,
      excluded.team_id, excluded.participating_team_ids, excluded.created_at)
  RETURNING id, xmax = 0 AS created`);

const keepRevisions = statement(`
  INSERT INTO idea_revision (idea_id, revision, title, body, tags, editor_id, created_at)
  SELECT id, revision, title, body, tags, NULL, updated_at FROM idea WHERE id = ANY($1::text[]) ON CONFLICT DO NOTHING`);

const addLinks = statement(`
  INSERT INTO idea_link (idea_id, builds_on_id) SELECT * FROM unnest($1::text[], $2::text[]) ON CONFLICT DO NOTHING RETURNING idea_id`);
const dropLinks = statement(`
  DELETE FROM idea_link l WHERE l.idea_id = ANY($1::text[])
    AND NOT EXISTS (SELECT 1 FROM unnest($2::text[], $3::text[]) AS n(idea_id, builds_on_id) WHERE n.idea_id = l.idea_id AND n.builds_on_id = l.builds_on_id)
  RETURNING idea_id`);

export const ideaWriter: RecordWriter<IdeaRecord> = {
  kind: 'idea',
  idKind: 'Idea',
  async write(tx, rows) {
    const changed = await tx.run<{ id: string; created: boolean }>(upsert, valuesOf(rows));
    const relinked = await writeLinks(tx, rows);
    await tx.run(keepRevisions, [changed.map(({ id }) => id)]);
    const results = resultsOf(rows, changed).map((result, place) =>
      result === 'UNCHANGED' && relinked.has(rows[place]?.id ?? '') ? 'UPDATED' : result,
    );
    rows.forEach((row, place) => {
      if (results[place] === 'CREATED') appendSubmitted(tx, row);
      if (results[place] === 'UPDATED') appendRevised(tx, row);
    });
    return results;
  },
};

function valuesOf(rows: readonly ReadyRecord<IdeaRecord>[]): unknown[] {
  const now = new Date();
  return [
    rows.map(({ id }) => id),
    rows.map(({ record, idOf }) => idOf('space', record.space)),
    rows.map(({ record, idOf }) => (record.challenge === undefined ? null : idOf('challenge', record.challenge))),
    rows.map(({ record }) => record.title),
    rows.map(({ record }) => record.body ?? ''),
    rows.map(({ record }) => record.stage ?? firstStage),
    rows.map(({ record }) => JSON.stringify(record.tags ?? [])),
    rows.map((row) => JSON.stringify(authorsOf(row))),
    rows.map(({ record, idOf }) => (record.team === undefined ? null : idOf('team', record.team))),
    rows.map(({ record, idOf }) => JSON.stringify((record.participatingTeams ?? []).map((ref) => idOf('team', ref)))),
    rows.map(({ record }) => record.at),
    now,
  ];
}

/** What each idea builds on becomes exactly what its record says; the ids of the ideas for which that was a change. */
async function writeLinks(tx: Write, rows: readonly ReadyRecord<IdeaRecord>[]): Promise<Set<string>> {
  const links = rows.flatMap((row) => buildsOnOf(row).map((target) => ({ from: row.id, to: target })));
  const [from, to] = [links.map((link) => link.from), links.map((link) => link.to)];
  const added = await tx.run<{ idea_id: string }>(addLinks, [from, to]);
  const existing = rows.filter(({ isNew }) => !isNew).map(({ id }) => id);
  const dropped = existing.length === 0 ? [] : await tx.run<{ idea_id: string }>(dropLinks, [existing, from, to]);
  return new Set([...added, ...dropped].map((row) => row.idea_id));
}

function authorsOf({ record, idOf }: ReadyRecord<IdeaRecord>): string[] {
  return record.authors.map((ref) => idOf('person', ref));
}

function buildsOnOf({ record, idOf }: ReadyRecord<IdeaRecord>): string[] {
  return (record.buildsOn ?? []).map((ref) => idOf('idea', ref));
}

function appendSubmitted(tx: Write, row: ReadyRecord<IdeaRecord>): void {
  const { record, id, idOf } = row;
  const authors = authorsOf(row);
  tx.append({
    type: 'ideas.idea.submitted',
    subject: id,
    space: idOf('space', record.space),
    time: record.at,
    actor: authors[0] ?? null,
    data: {
      authors,
      team: record.team === undefined ? null : idOf('team', record.team),
      challenge: record.challenge === undefined ? null : idOf('challenge', record.challenge),
      buildsOn: buildsOnOf(row),
      stage: record.stage ?? firstStage,
    },
  });
}

function appendRevised(tx: Write, row: ReadyRecord<IdeaRecord>): void {
  tx.append({
    type: 'ideas.idea.revised',
    subject: row.id,
    space: row.idOf('space', row.record.space),
    actor: null,
    data: { revision: null, changed: ['import'], authors: authorsOf(row) },
  });
}
