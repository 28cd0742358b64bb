import { type TestService, testServices } from '#test/service/test-service.js';
import type { PersonViewer, Viewer } from '../auth/viewer.js';
import { statement } from '../database/statement.js';
import type { Changed } from '../runtime/request-context.js';
import { forgetOldKeys } from './idempotency.js';

let services: Awaited<ReturnType<typeof testServices>>;
let service: TestService;
let time = Date.now();

beforeAll(async () => {
  services = await testServices();
  service = await services.start({ now: () => new Date(time) });
});

afterAll(async () => {
  await services.stop();
});

beforeEach(async () => {
  time = Date.now();
  await service.database.read(statement('TRUNCATE idempotency, note'));
});

const hourMs = 3600 * 1000;
const person = (personId: string): PersonViewer => ({
  kind: 'person',
  personId,
  organizationId: null,
  party: 'internal',
  administrator: false,
});
const mira = person('person_mira');

interface Call {
  readonly key?: string | null;
  readonly input?: object;
  readonly name?: string;
  readonly viewer?: Viewer;
  readonly fails?: boolean;
}

let made = 0;

/** A change that makes a new note each time it is really done, and gives the id of that note. */
function addNote({ key = 'the-key', input = { title: 'A' }, name = 'addNote', viewer = mira, fails }: Call = {}) {
  return service
    .context(viewer)
    .write({ name, input: { ...input, idempotencyKey: key } }, async (tx): Promise<{ id: string }> => {
      const id = `note-${++made}`;
      await tx.run(statement('INSERT INTO note (id) VALUES ($1)'), [id]);
      tx.append({ type: 'ideas.challenge.opened', subject: id, data: {} });
      if (fails) throw new Error('taken back');
      return { id };
    });
}

const notes = async () => (await service.database.read(statement('SELECT id FROM note'))).length;

describe('a second call with the same key', () => {
  test('and the same input gives the first result and cursor, and does nothing', async () => {
    const first = await addNote();
    expect(first.cursor).toEqual(expect.any(String));
    expect(await addNote()).toEqual(first);
    expect(await notes()).toBe(1);
  });

  test.each<[string, object, object]>([
    ['whose fields come in another order', { a: 1, b: { c: 2, d: 3 } }, { b: { d: 3, c: 2 }, a: 1 }],
    ['with another clientMutationId', { a: 1, clientMutationId: 'x' }, { a: 1, clientMutationId: 'y' }],
    ['where a field is left out or undefined', { a: 1 }, { a: 1, b: undefined }],
    ['with the same instant', { at: new Date(5) }, { at: new Date(5) }],
  ])('and an input %s is the same call', async (_, one, other) => {
    const first = await addNote({ input: one });
    expect(await addNote({ input: other })).toEqual(first);
  });

  test.each<[string, object, object]>([
    ['another value', { title: 'A' }, { title: 'B' }],
    ['a field more', { title: 'A' }, { title: 'A', body: 'b' }],
    ['another order in a list', { tags: ['a', 'b'] }, { tags: ['b', 'a'] }],
    ['another instant', { at: new Date(5) }, { at: new Date(6) }],
  ])('and %s is refused', async (_, one, other) => {
    await addNote({ input: one });
    await expect(addNote({ input: other })).rejects.toMatchObject({
      code: 'IDEMPOTENCY_KEY_REUSED',
      path: ['input', 'idempotencyKey'],
    });
    expect(await notes()).toBe(1);
  });

  test('of another person is a call of its own', async () => {
    const first = await addNote();
    expect((await addNote({ viewer: person('person_jon') })).result).not.toEqual(first.result);
  });

  test('of another mutation is a call of its own', async () => {
    await addNote();
    await addNote({ name: 'addOtherNote' });
    expect(await notes()).toBe(2);
  });

  test('at the same moment ends as one write and one repetition', async () => {
    const answers: Changed<{ id: string }>[] = await Promise.all(Array.from({ length: 8 }, () => addNote()));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(await notes()).toBe(1);
  });

  test('is done when the first was taken back', async () => {
    await expect(addNote({ fails: true })).rejects.toThrow('taken back');
    await addNote();
    expect(await notes()).toBe(1);
  });

  test('within 24 hours is a repetition', async () => {
    const first = await addNote();
    time += 24 * hourMs - 1_000;
    expect(await addNote()).toEqual(first);
  });

  test('after 24 hours is a new call, with whatever input', async () => {
    await addNote();
    time += 24 * hourMs + 1_000;
    await addNote({ input: { title: 'B' } });
    expect(await notes()).toBe(2);
  });
});

describe('a key', () => {
  test('is not needed: without one each call is done', async () => {
    await addNote({ key: null });
    await addNote({ key: null });
    expect(await notes()).toBe(2);
  });

  test.each(['', 'x'.repeat(201), 'a\u0000b'])('of the wrong form is refused', async (key) => {
    await expect(addNote({ key })).rejects.toMatchObject({ code: 'INVALID', path: ['input', 'idempotencyKey'] });
  });

  test('is forgotten by the upkeep after a day, and not before', async () => {
    const keys = async () => (await service.database.read(statement('SELECT key FROM idempotency'))).length;
    await addNote();
    await service.database.read(forgetOldKeys, [new Date(time + 23 * hourMs)]);
    expect(await keys()).toBe(1);
    await service.database.read(forgetOldKeys, [new Date(time + 25 * hourMs)]);
    expect(await keys()).toBe(0);
  });
});
