import { type Limits, limitsOf } from '#gateway/limits/limits.js';
import { readConfig, variables } from '#kernel/config/config.js';
import { nameIn, readText, tableRows } from './documents.js';

describe('docs/api/limits.md', () => {
  const text = readText('docs/api/limits.md');
  const limits: Limits = limitsOf(readConfig({}));

  const { rate, ...groups } = limits;
  const { anonymous, person, client } = rate;
  const documented = { ...groups, viewer: { anonymous, person, client } };

  test.each(Object.entries(documented))('lists each limit of a %s with its default, and no others', (name, group) => {
    const expected = Object.entries(group).map(([limit, value]) => [limit, String(value)]);
    expect(rowsOf(name).map(([limit, value]) => [nameIn(limit), nameIn(value)])).toEqual(expected);
  });

  test('names the variable that sets each limit', () => {
    const names = Object.keys(documented).flatMap((group) => rowsOf(group).map((row) => nameIn(row.at(-1)) ?? ''));
    expect(names.filter((name) => !(name in variables.shape))).toEqual([]);
  });

  test('leaves out no variable that sets one', () => {
    const setting = Object.keys(variables.shape).filter((name) =>
      /_MAX_|^INTROSPECTION$|^RATE_LIMIT_|_PER_/.test(name),
    );
    expect(setting.filter((name) => !text.includes(`\`${name}\``))).toEqual([]);
  });

  /** The table below the heading "Of a ...". */
  function rowsOf(group: string): string[][] {
    const section = text.split(new RegExp(`## Of an? ${group}`))[1]?.split('\n## ')[0] ?? '';
    return tableRows(section).filter(([limit]) => nameIn(limit) !== undefined);
  }
});
