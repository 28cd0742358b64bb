import { KnownIds } from './known-ids.js';

const person = (ref: string) => ({ kind: 'person', ref, id: `id of ${ref}` }) as const;

test('the least recently used id is forgotten first', () => {
  const known = new KnownIds(2);
  known.remember(person('a'));
  known.remember(person('b'));
  known.find({ kind: 'person', ref: 'a' });
  known.remember(person('c'));
  expect(['a', 'b', 'c'].map((ref) => known.find({ kind: 'person', ref }))).toEqual(['id of a', undefined, 'id of c']);
});

test('what no other service can name takes no room', () => {
  const known = new KnownIds(1);
  known.remember(person('a'));
  known.remember({ kind: 'message', ref: 'm', id: 'id of m' });
  expect(known.find({ kind: 'person', ref: 'a' })).toBe('id of a');
  expect(known.find({ kind: 'message', ref: 'm' })).toBeUndefined();
});
