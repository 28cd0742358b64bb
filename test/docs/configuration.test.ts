import { variables } from '#kernel/config/config.js';
import { nameIn, readText, tableRows } from './documents.js';

const described = Object.entries(variables.shape).map(([name, type]) => [name, type.description ?? ''] as const);

describe('the configuration', () => {
  test.each(described)('%s says what it is for', (_, description) => {
    expect(description).toMatch(/^[A-Z].*\.$/);
  });

  test('.env.example explains each variable in the words of the code, and no others', () => {
    const explained = [...readText('.env.example').matchAll(/^# (.+)\n# ([A-Z_]+)=.+$/gm)];
    expect(explained.map(([, description, name]) => [name, description])).toEqual(described);
  });

  test('docs/operations.md lists each variable in the words of the code, and no others', () => {
    expect(listed().map(([name, , description]) => [nameIn(name), description])).toEqual(described);
  });

  test('the defaults of both are those of the code', () => {
    const defaults = Object.entries(variables.shape).flatMap(([name, type]) => {
      const { data } = type.safeParse(undefined);
      return data === undefined ? [] : [[name, String(data)] as const];
    });
    const explained = readText('.env.example');
    expect(defaults.filter(([name, value]) => !explained.includes(`# ${name}=${value}\n`))).toEqual([]);
    const inTable = listed().flatMap(([name, value]) => (value === 'none' ? [] : [[nameIn(name), nameIn(value)]]));
    expect(inTable).toEqual(defaults);
  });
});

function listed(): string[][] {
  const section = readText('docs/operations.md').split('## Configuration')[1]?.split('\n## ')[0] ?? '';
  return tableRows(section).filter(([name]) => nameIn(name) !== undefined);
}
