/** Which row came from which record of which source: what makes an import an upsert, and an export give the same refs again. */
export const recordReferenceTable = `
  CREATE TABLE record_reference (
    source text NOT NULL,
    kind text NOT NULL,
    ref text NOT NULL,
    id text COLLATE "C" NOT NULL,
    PRIMARY KEY (source, kind, ref)
  )`;

export const recordReferenceIndex = 'CREATE INDEX record_reference_id ON record_reference (id, source)';
