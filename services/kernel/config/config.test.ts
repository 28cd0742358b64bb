import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { ConfigError, readConfig, variables } from './config.js';

describe('the configuration', () => {
  test('is complete without any variable', () => {
    expect(readConfig({})).toMatchObject({ HOST: '127.0.0.1', PORT: 4000, EVENT_RETENTION_DAYS: 30 });
  });

  test('takes an empty variable for one that is not set', () => {
    expect(readConfig({ PORT: '', DATABASE_URL: '' })).toMatchObject({ PORT: 4000 });
  });

  test('reads roles as a list, with blanks around them', () => {
    expect(readConfig({ HUB_ROLES: 'people, gateway' }).HUB_ROLES).toEqual(['people', 'gateway']);
  });

  test('leaves variables of others alone', () => {
    expect(readConfig({ HOME: '/home/mira' })).not.toHaveProperty('HOME');
  });

  test('names every problem at once', () => {
    const read = () =>
      readConfig({ PORT: '70000', HUB_ROLES: 'people,dragons', HUB_SECRET: 'short', DATABASE_URL: 'not a url' });
    expect(read).toThrow(ConfigError);
    for (const name of ['4 problem', 'PORT', 'HUB_ROLES', 'HUB_SECRET', 'openssl rand', 'DATABASE_URL'])
      expect(read).toThrow(name);
  });

  test.each([
    ['PORT', '-1'],
    ['PORT', '4000.5'],
    ['PORT', 'http'],
    ['HUB_ROLES', ' '],
    ['HUB_ROLE_PREFIX', 'Weft'],
    ['HUB_ROLE_PREFIX', 'weft"; DROP ROLE'],
    ['DATABASE_POOL_SIZE', '1'],
    ['EVENT_RETENTION_DAYS', '0'],
    ['LOG_LEVEL', 'loud'],
  ])('refuses %s=%s', (name, value) => {
    expect(() => readConfig({ [name]: value })).toThrow(name);
  });
});

describe('.env.example', () => {
  test('explains each variable with the very words of the code', async () => {
    const text = await readFile(fileURLToPath(new URL('../../../../.env.example', import.meta.url)), 'utf8');
    const lines = text.split('\n');
    const explained = lines.flatMap((line, place) => {
      const name = /^(?:# )?([A-Z][A-Z0-9_]*)=/.exec(line)?.[1];
      return name ? [[name, lines[place - 1]]] : [];
    });
    const described = Object.entries(variables.shape).map(([name, type]) => [name, `# ${type.description}`]);
    expect(Object.fromEntries(explained)).toEqual(Object.fromEntries(described));
  });
});
