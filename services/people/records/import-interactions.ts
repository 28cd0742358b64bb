import { statement } from '#kernel/database/statement.js';
import type { InteractionRecord } from '#kernel/records/record-format.js';
import type { ReadyRecord, RecordWriter } from '#kernel/records/record-writer.js';
import type { InteractionType } from '../interaction/interaction.entity.js';

// The same people at the same instant in the same way: that is the same trace. Only its weight can be another.
const upsert = statement(`
  INSERT INTO interaction AS i (id, source, from_id, to_id, at, type, weight)
  SELECT n.id, $1, n.from_id, n.to_id, n.at, n.type, n.weight
  FROM unnest($2::text[], $3::text[], $4::text[], $5::timestamptz[], $6::text[], $7::double precision[])
    AS n(id, from_id, to_id, at, type, weight)
  ON CONFLICT (source, from_id, to_id, at, type) DO UPDATE SET weight = excluded.weight WHERE i.weight <> excluded.weight
  RETURNING id, from_id AS "from", to_id AS "to", at, type, weight, xmax = 0 AS created`);

interface Changed {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly at: Date;
  readonly type: InteractionType;
  readonly weight: number;
  readonly created: boolean;
}

export const interactionWriter: RecordWriter<InteractionRecord> = {
  kind: 'interaction',
  idKind: 'Interaction',
  identity: ({ from, to, at, type }) => `${from}\n${to}\n${at.getTime()}\n${type ?? defaultType}`,
  async write(tx, rows, source) {
    const traces = rows.map(toTrace);
    const changed = await tx.run<Changed>(upsert, [
      source,
      rows.map(({ id }) => id),
      traces.map(({ from }) => from),
      traces.map(({ to }) => to),
      traces.map(({ at }) => at),
      traces.map(({ type }) => type),
      traces.map(({ weight }) => weight),
    ]);
    for (const { id, from, to, at, type, weight } of changed) {
      const data = { from, to, type, weight };
      tx.append({ type: 'people.interaction.recorded', subject: id, time: at, actor: from, data });
    }
    const created = new Map(changed.map((row) => [identityOf(row), row.created]));
    return traces.map((trace) => {
      const isNew = created.get(identityOf(trace));
      if (isNew === undefined) return 'UNCHANGED';
      return isNew ? 'CREATED' : 'UPDATED';
    });
  },
};

const defaultType: InteractionType = 'message';
/** One ordinary dealing. */
const defaultWeight = 1;

type Trace = Omit<Changed, 'id' | 'created'>;

function toTrace({ record, idOf }: ReadyRecord<InteractionRecord>): Trace {
  const { at, type = defaultType, weight = defaultWeight } = record;
  return { from: idOf('person', record.from), to: idOf('person', record.to), at, type, weight };
}

function identityOf({ from, to, at, type }: Omit<Trace, 'weight'>): string {
  return `${from} ${to} ${at.getTime()} ${type}`;
}
