import { statement } from '#kernel/database/statement.js';
import type { ChallengeRecord } from '#kernel/records/record-format.js';
import type { RecordWriter } from '#kernel/records/record-writer.js';
import { resultsOf } from '#kernel/records/upsert-result.js';

// `xmax = 0` tells a new row from an updated one; a row that is just like this is neither and does not come back. What a
// moderator hid rests as it is.
const upsert = statement(`
  INSERT INTO challenge AS c (id, space_id, author_id, title, body, closes_at, created_at)
  SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::timestamptz[], $7::timestamptz[])
  ON CONFLICT (id) DO UPDATE SET space_id = excluded.space_id, author_id = excluded.author_id, title = excluded.title, body = excluded.body,
    closes_at = excluded.closes_at, created_at = excluded.created_at
  WHERE c.hidden_at IS NULL AND (c.space_id, c.author_id, c.title, c.body, c.closes_at, c.created_at)
    IS DISTINCT FROM (excluded.space_id, excluded.author_id, excluded.title, excluded.body, excluded.closes_at, excluded.created_at)
  RETURNING id, xmax = 0 AS created`);

export const challengeWriter: RecordWriter<ChallengeRecord> = {
  kind: 'challenge',
  idKind: 'Challenge',
  async write(tx, rows) {
    const changed = await tx.run<{ id: string; created: boolean }>(upsert, [
      rows.map(({ id }) => id),
      rows.map(({ record, idOf }) => idOf('space', record.space)),
      rows.map(({ record, idOf }) => (record.author === undefined ? null : idOf('person', record.author))),
      rows.map(({ record }) => record.title),
      rows.map(({ record }) => record.body ?? ''),
      rows.map(({ record }) => record.closesAt ?? null),
      rows.map(({ record }) => record.at),
    ]);
    const results = resultsOf(rows, changed);
    rows.forEach(({ id, record, idOf }, place) => {
      const event = {
        subject: id,
        space: idOf('space', record.space),
        time: record.at,
        actor: record.author === undefined ? null : idOf('person', record.author),
      };
      if (results[place] === 'CREATED') tx.append({ ...event, type: 'ideas.challenge.opened', data: {} });
      if (results[place] === 'UPDATED')
        tx.append({ ...event, type: 'ideas.challenge.revised', data: { changed: ['import'] } });
    });
    return results;
  },
};
