import { eventually } from '../hub/eventually.js';
import type { TestClient } from '../hub/graphql-client.js';
import type { TestPerson } from '../hub/seed.js';

/** Where the crash tests play. */
export interface Scene {
  readonly space: string;
  /** It can be built on in both ways: by its id, and by a record that names it. */
  readonly idea: { readonly id: string; readonly ref: string; readonly source: string };
  /** The place in the log behind both. */
  readonly start: string;
}

/** A space and an idea, by the public API alone. */
export async function prepareScene(admin: TestClient, author: TestPerson): Promise<Scene> {
  const { openSpace } = await author.run<{ openSpace: { space: { id: string } } }>(
    'mutation ($input: OpenSpaceInput!) { openSpace(input: $input) { space { id } } }',
    { input: { name: 'Under fire', visibility: 'OPEN' } },
  );
  const space = openSpace.space.id;
  const [ref, source] = ['the idea', `crash ${author.id}`]; // a scene of its own for each who asks for one
  const record = {
    kind: 'idea',
    ref,
    space: 'space',
    title: 'An idea',
    authors: ['author'],
    at: '2026-01-01T00:00:00Z',
  };
  const references = [
    { kind: 'SPACE', ref: 'space', id: space },
    { kind: 'PERSON', ref: 'author', id: author.id },
  ];
  const imported = await eventually(
    () => importRecords(admin, { source, records: [record], references }),
    ({ cursor, id }) => cursor !== null && id !== null,
    30_000,
  );
  const id = imported.id ?? '';
  // An administrator sees all; the author only once the space is known to ideas.
  await eventually(
    () => author.run<{ idea: object | null }>('query ($id: ID!) { idea(id: $id) { id } }', { id }),
    ({ idea }) => idea !== null,
    30_000,
  );
  return { space, idea: { ref, source, id }, start: imported.cursor ?? '' };
}

async function importRecords(admin: TestClient, input: object): Promise<{ cursor: string | null; id: string | null }> {
  const { importIdeaRecords } = await admin.run<{
    importIdeaRecords: { cursor: string | null; outcomes: { id: string | null }[] | null };
  }>(
    'mutation ($input: ImportIdeaRecordsInput!) { importIdeaRecords(input: $input) { cursor outcomes { id reason } errors { message } } }',
    { input },
  );
  return { cursor: importIdeaRecords.cursor, id: importIdeaRecords.outcomes?.[0]?.id ?? null };
}
