import { variables } from '#kernel/config/config.js';
import { readText } from './documents.js';

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
    const section = readText('docs/operations.md').split('## Configuration')[1]?.split('\n## ')[0] ?? '';
    const rows = [...section.matchAll(/^\| `([A-Z_]+)` \| .*? \| (.+) \|$/gm)];
    expect(rows.map(([, name, description]) => [name, description])).toEqual(described);
  });

  test('the defaults of both are those of the code', () => {
    const defaults = Object.entries(variables.shape).flatMap(([name, type]) => {
      const { data } = type.safeParse(undefined);
      return data === undefined ? [] : [[name, String(data)] as const];
    });
    for (const [name, value] of defaults) {
      expect(readText('.env.example')).toContain(`# ${name}=${value}\n`);
      expect(readText('docs/operations.md')).toContain(`| \`${name}\` | \`${value}\` |`);
    }
  });
});
