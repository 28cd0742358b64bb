import { statement } from '#kernel/database/statement.js';
import type { TeamRecord } from '#kernel/records/record-format.js';
import type { ReadyRecord, RecordProblemFound, RecordWriter } from '#kernel/records/record-writer.js';
import { resultsOf } from '#kernel/records/upsert-result.js';
import type { Write } from '#kernel/write/write.js';
import type { PeopleContext } from '../people-context.js';
import { teamsAbove } from '../team/team.repository.js';

// Rows in the order of the file: a parent stands in front of its teams, and the foreign key is checked row by row.
const upsert = statement(`
  INSERT INTO team AS t (id, name, purpose, organization_id, parent_id, created_at, updated_at)
  SELECT n.id, n.name, n.purpose, n.organization_id, n.parent_id, $6::timestamptz, $6::timestamptz
  FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[]) AS n(id, name, purpose, organization_id, parent_id)
  ON CONFLICT (id) DO UPDATE SET name = excluded.name, purpose = excluded.purpose,
    organization_id = excluded.organization_id, parent_id = excluded.parent_id, updated_at = excluded.updated_at
  WHERE (t.name, t.purpose, t.organization_id, t.parent_id)
    IS DISTINCT FROM (excluded.name, excluded.purpose, excluded.organization_id, excluded.parent_id)
  RETURNING id, xmax = 0 AS created`);

export function teamWriter(ctx: PeopleContext): RecordWriter<TeamRecord> {
  return {
    kind: 'team',
    idKind: 'Team',
    refuse: refuseCircles,
    async write(tx, rows) {
      const changed = await tx.run<{ id: string; created: boolean }>(upsert, [
        rows.map(({ id }) => id),
        rows.map(({ record }) => record.name),
        rows.map(({ record }) => record.purpose ?? ''),
        rows.map(organizationOf),
        rows.map(parentOf),
        ctx.now(),
      ]);
      const results = resultsOf(rows, changed);
      rows.forEach((row, place) => {
        const event = { subject: row.id, actor: null };
        if (results[place] === 'CREATED') {
          const data = { organization: organizationOf(row), parent: parentOf(row) };
          tx.append({ ...event, type: 'people.team.formed', data });
        }
        if (results[place] === 'UPDATED') {
          const data = { changed: ['import'], organization: organizationOf(row) };
          tx.append({ ...event, type: 'people.team.revised', data });
        }
      });
      return results;
    },
  };
}

type Row = ReadyRecord<TeamRecord>;

async function refuseCircles(tx: Write, rows: readonly Row[]): Promise<Map<number, RecordProblemFound>> {
  const problems = new Map<number, RecordProblemFound>();
  if (rows.length === 0) return problems;
  const parents = await teamsAbove(
    tx,
    rows.flatMap((row) => parentOf(row) ?? []),
  );
  rows.forEach((row, place) => {
    const parent = parentOf(row);
    if (parent !== null && chainOf(parents, parent).has(row.id)) {
      problems.set(place, { field: 'parent', reason: 'lies below this very team; name one that does not' });
    } else parents.set(row.id, parent);
  });
  return problems;
}

function chainOf(parents: ReadonlyMap<string, string | null>, start: string): Set<string> {
  const chain = new Set<string>();
  for (let team: string | null | undefined = start; team && !chain.has(team); team = parents.get(team)) chain.add(team);
  return chain;
}

function organizationOf({ record, idOf }: Row): string | null {
  return record.organization === undefined ? null : idOf('organization', record.organization);
}

function parentOf({ record, idOf }: Row): string | null {
  return record.parent === undefined ? null : idOf('team', record.parent);
}
