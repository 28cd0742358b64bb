/** What a service holds on a person, and what of it the person is shown: the counterpart of a trace. */
export interface Holding {
  readonly kind: string;
  readonly table: string;
  /** The columns that name the person, as traces name them. */
  readonly columns: readonly string[];
  /** Selects `kind`, `id` and `json` of all rows of the person `viewer.id`. */
  readonly select: string;
}

/** In pieces of SQL, `t` is a row of the table and `viewer.id` the person. */
export interface HoldingSource {
  readonly table: string;
  /** The columns that name the person. */
  readonly of: readonly string[];
  /** What is joined to the table to know whose a row is. */
  readonly join?: string;
  /** Which rows are the person's; without it those that name them in one of the columns. */
  readonly where?: string;
  /** What distinguishes a row from the others of its kind; without it the column `id`. */
  readonly id?: string;
  /** Columns to show, or a name and a piece of SQL. What is not listed is shown to nobody: secrets, and what is of others. */
  readonly shows: readonly (string | readonly [name: string, sql: string])[];
}

export function holding(kind: string, source: HoldingSource): Holding {
  const { table, of, join = '', where = anyOf(of), id = 't.id', shows } = source;
  const fields = shows.map((shown) => (typeof shown === 'string' ? fieldOf(shown) : `'${shown[0]}', ${shown[1]}`));
  // Kinds and ids are ordered by their bytes, whatever the order of the columns they come from.
  const select = `
    SELECT '${kind}'::text COLLATE "C" AS kind, (${id})::text COLLATE "C" AS id, jsonb_build_object(${fields.join(', ')}) AS json
    FROM ${table} t ${join} WHERE ${where}`;
  return { kind, table, columns: of, select };
}

/** For columns that are lists of ids. */
export function among(column: string): string {
  return `t.${column} @> ARRAY[viewer.id]`;
}

function anyOf(columns: readonly string[]): string {
  return columns.map((column) => `t.${column} = viewer.id`).join(' OR ');
}

function fieldOf(column: string): string {
  const name = column.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  return `'${name}', t.${column}`;
}
