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
