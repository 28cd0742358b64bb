import { z } from 'zod';
import { parseRecord, recordSchemas } from './record-format.js';
import { recordKinds, serviceOf } from './record-kind.js';
import { referencesIn, referencesOf } from './record-references.js';

test('every reference is a field of its kind, of the shape and duty that the format gives it', () => {
  for (const kind of recordKinds) {
    const shape: Record<string, z.ZodType> = recordSchemas[kind].shape;
    const described = referencesOf(kind).map(({ field }) => {
      const schema = shape[field] ?? z.never();
      const many = schema.safeParse(['x']).success && !schema.safeParse('x').success;
      const required = !z.object({ named: schema }).safeParse({}).success;
      return { field, many, required };
    });
    expect({ kind, references: described }).toMatchObject({
      kind,
      references: referencesOf(kind).map(({ kind: _, ...rest }) => rest),
    });
  }
});

test('a service names only records of itself and of those below it, so an import in file order always succeeds', () => {
  const above = { people: ['people'], ideas: ['people', 'ideas'], conversations: ['people', 'ideas', 'conversations'] };
  for (const kind of recordKinds) {
    for (const named of referencesOf(kind)) expect(above[serviceOf(kind)]).toContain(serviceOf(named.kind));
  }
});

test('the references of a record say what is named and where', () => {
  const reading = parseRecord({
    kind: 'idea',
    ref: 'i',
    space: 's',
    title: 'Reuse',
    authors: ['p', 'q'],
    buildsOn: ['j'],
    at: '2024-03-31T14:05:00Z',
  });
  expect(reading.ok && referencesIn(reading.record)).toEqual([
    { field: 'space', kind: 'space', ref: 's' },
    { field: 'authors[0]', kind: 'person', ref: 'p' },
    { field: 'authors[1]', kind: 'person', ref: 'q' },
    { field: 'buildsOn[0]', kind: 'idea', ref: 'j' },
  ]);
});
