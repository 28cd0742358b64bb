import pg from 'pg';
import { parseInstant } from './parse-instant.js';

const parse: (text: string) => unknown = pg.types.getTypeParser(pg.types.builtins.TIMESTAMPTZ);

test.each([
  '2026-03-01 09:30:00+00',
  '2024-02-29 23:59:59.999+00',
  '1969-12-31 23:59:59.5+00',
  '2026-03-01 09:30:00.001+00',
  '2026-03-01 09:30:00.29+00',
  '2026-03-01 09:30:00.123456+00',
  '2026-03-01 09:30:00.999999+00',
  '0099-01-01 00:00:00+00',
  '2026-03-01 09:30:00+05:30',
  '2026-03-01 09:30:00-03',
  '12026-03-01 09:30:00+00',
  '0044-03-15 12:00:00+00 BC',
  'infinity',
  '-infinity',
])('%s is the instant that pg reads in it', (text) => {
  expect(parseInstant(text)).toEqual(parse(text));
});
