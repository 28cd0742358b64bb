import { copyOf, mergeAnswer } from './merge-answer.js';
import type { ResponseObject } from './subgraph-transport.js';

function merged(...answers: ResponseObject[]): ResponseObject {
  const target: ResponseObject = {};
  for (const answer of answers) mergeAnswer(target, copyOf(answer));
  return target;
}

test('what two subgraphs know about one object comes together, also inside lists', () => {
  const one = { me: { id: '1', pets: [{ name: 'Rex' }, null] } };
  const other = { me: { age: 3, pets: [{ size: 2 }, null] } };
  expect(merged(one, other)).toEqual({ me: { id: '1', age: 3, pets: [{ name: 'Rex', size: 2 }, null] } });
});

test.each([
  ['an object', { id: '1' }],
  ['a list', [{ id: '1' }]],
  ['a scalar', 'x'],
])('%s stays when another subgraph answers null, whoever comes first', (_, value) => {
  expect(merged({ me: value }, { me: null })).toEqual({ me: value });
  expect(merged({ me: null }, { me: value })).toEqual({ me: value });
});

test('lists of different length are not mixed', () => {
  expect(merged({ list: [{ a: 1 }, { a: 2 }] }, { list: [{ b: 1 }] })).toEqual({ list: [{ b: 1 }] });
});

test('keys that every object inherits are keys like others', () => {
  expect(merged({ constructor: { a: 1 } }, { constructor: { b: 2 } })).toEqual({ constructor: { a: 1, b: 2 } });
});

test('a hostile answer cannot reach the prototype of objects', () => {
  const hostile: unknown = JSON.parse('{"__proto__":{"admin":true},"list":[{"__proto__":{"admin":true}}]}');
  const result = merged(hostile as ResponseObject);
  expect(Object.getPrototypeOf(result)).toBe(Object.prototype);
  expect('admin' in result).toBe(false);
  expect('admin' in {}).toBe(false);
});
