import { readFile } from 'node:fs/promises';
import { fieldsWithoutScope } from './fields-without-scope.js';
import { schemaFile } from './schema-file.js';

const supergraph = () => readFile(schemaFile('supergraph.graphql'), 'utf8');

test('every root field and everything with a global id names the scope it needs', async () => {
  expect(fieldsWithoutScope(await supergraph())).toEqual([]);
});

test('a field or type that names none is found', async () => {
  const sdl = await supergraph();
  const without = sdl.replace(/(submitIdea\([^)]*\)[^@]*@join__field\([^)]*\)) @scope\([^)]*\)/, '$1');
  expect(fieldsWithoutScope(without)).toEqual(['Mutation.submitIdea']);
  expect(fieldsWithoutScope(sdl.replace(/(type Message implements[^{]*)@scope\([^)]*\)/, '$1'))).toEqual(['Message']);
});

test('a field that a service adds to a type of another one names its own, whether it gives things or a mere number', async () => {
  const sdl = await supergraph();
  const lists = sdl.replaceAll(/(\): MessageConnection @join__field\(graph: CONVERSATIONS\)) @scope\([^)]*\)/g, '$1');
  expect(fieldsWithoutScope(lists)).toEqual(['Person.messages']);
  const number = '  messageTotal: Int @join__field(graph: CONVERSATIONS)\n';
  const scalar = sdl.replace(/(type Person implements[^{]*\{\n)/, `$1${number}`);
  expect(fieldsWithoutScope(scalar)).toEqual(['Person.messageTotal']);
});
