import { parseInstant } from './instant.js';

const instantOf = (text: string) => {
  const reading = parseInstant(text);
  return reading.kind === 'instant' ? reading.at.toISOString() : reading;
};

describe('a time with a zone is an instant', () => {
  test.each([
    ['2024-03-31T14:05:00Z', '2024-03-31T14:05:00.000Z'],
    ['2024-03-31T14:05Z', '2024-03-31T14:05:00.000Z'],
    ['2024-03-31T14:05:00+02:00', '2024-03-31T12:05:00.000Z'],
    ['2024-01-01T00:30:00+0100', '2023-12-31T23:30:00.000Z'],
    ['2024-12-31T23:30:00-05:30', '2025-01-01T05:00:00.000Z'],
    ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000Z'],
    ['2023-9-18T00:00:00Z', '2023-09-18T00:00:00.000Z'],
    ['2024-2-1T00:00:00Z', '2024-02-01T00:00:00.000Z'],
    ['2024-12-31T23:59:59.9999Z', '2024-12-31T23:59:59.999Z'],
    ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00.000Z'],
    ['0099-06-01T00:00:00Z', '0099-06-01T00:00:00.000Z'],
    ['9999-12-31T23:59:59Z', '9999-12-31T23:59:59.000Z'],
  ])('%s', (text, expected) => {
    expect(instantOf(text)).toBe(expected);
  });
});

describe('the empty template of a source system is a placeholder', () => {
  test.each([
    'NoneT00:00:00Z',
    'yyyy-mm-ddT00:00:00Z',
    'YYYY-MM-DD',
    'nullT00:00:00+02:00',
    'Unknown',
    'n/a',
    'N-A',
    'na',
    'TBD',
  ])('%s', (text) => {
    expect(parseInstant(text)).toEqual({ kind: 'placeholder' });
  });
});

describe('everything else is wrong, and says why', () => {
  test.each([
    ['yesterday', /not a time in ISO 8601 with a zone/],
    ['', /not a time/],
    ['2024-03-31', /not a time/],
    ['2024-03-31T14:05:00', /not a time/],
    ['2024-03-31 14:05:00Z', /not a time/],
    ['03/31/2024T00:00:00Z', /not a time/],
    ['NoneT00:00:00Z or so', /not a time/],
    ['tbd by Monday', /not a time/],
    ['2024-13-45T00:00:00Z', /day that does not exist/],
    ['2024-02-30T00:00:00Z', /day that does not exist/],
    ['2023-02-29T00:00:00Z', /day that does not exist/],
    ['2024-00-10T00:00:00Z', /day that does not exist/],
    ['2024-01-01T24:00:00Z', /time of day that does not exist/],
    ['2024-01-01T10:60:00Z', /time of day that does not exist/],
    ['2024-01-01T10:00:00+24:00', /zone that does not exist/],
    ['0000-06-01T00:00:00Z', /years 0001 to 9999/],
    ['0001-01-01T00:00:00+01:00', /years 0001 to 9999/],
    ['9999-12-31T23:59:59-01:00', /years 0001 to 9999/],
  ])('%s', (text, reason) => {
    expect(parseInstant(text)).toEqual({ kind: 'wrong', reason: expect.stringMatching(reason) });
  });

  test('a long text is not repeated whole', () => {
    expect(JSON.stringify(parseInstant('x'.repeat(100_000))).length).toBeLessThan(300);
  });
});
