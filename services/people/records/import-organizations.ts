import { statement } from '#kernel/database/statement.js';
import type { OrganizationRecord } from '#kernel/records/record-format.js';
import type { RecordWriter } from '#kernel/records/record-writer.js';
import { resultsOf } from '#kernel/records/upsert-result.js';
import type { PeopleContext } from '../people-context.js';

// `xmax = 0` tells a new row from an updated one; a row that is just like this is neither and does not come back.
const upsert = statement(`
  INSERT INTO organization AS o (id, name, relation, domains, created_at, updated_at)
  SELECT n.id, n.name, n.relation, ARRAY(SELECT jsonb_array_elements_text(n.domains)), $5::timestamptz, $5::timestamptz
  FROM unnest($1::text[], $2::text[], $3::text[], $4::jsonb[]) AS n(id, name, relation, domains)
  ON CONFLICT (id) DO UPDATE SET name = excluded.name, relation = excluded.relation, domains = excluded.domains,
    updated_at = excluded.updated_at
  WHERE (o.name, o.relation, o.domains) IS DISTINCT FROM (excluded.name, excluded.relation, excluded.domains)
  RETURNING id, xmax = 0 AS created`);

export function organizationWriter(ctx: PeopleContext): RecordWriter<OrganizationRecord> {
  return {
    kind: 'organization',
    idKind: 'Organization',
    async write(tx, rows) {
      const changed = await tx.run<{ id: string; created: boolean }>(upsert, [
        rows.map(({ id }) => id),
        rows.map(({ record }) => record.name),
        rows.map(({ record }) => record.relation),
        rows.map(({ record }) => JSON.stringify(record.domains ?? [])),
        ctx.now(),
      ]);
      const results = resultsOf(rows, changed);
      rows.forEach(({ id, record: { relation } }, place) => {
        const event = { subject: id, actor: null };
        if (results[place] === 'CREATED') {
          tx.append({ ...event, type: 'people.organization.registered', data: { relation } });
        }
        if (results[place] === 'UPDATED') {
          tx.append({ ...event, type: 'people.organization.revised', data: { changed: ['import'] } });
        }
      });
      return results;
    },
  };
}
