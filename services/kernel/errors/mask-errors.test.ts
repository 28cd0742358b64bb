import { buildSchema, type ExecutionResult, execute, GraphQLError, parse } from 'graphql';
import { pino } from 'pino';
import { maskErrors } from './mask-errors.js';
import { notAllowed } from './request-error.js';

const schema = buildSchema(
  'type Query { broken: String must: String! count: Int take(number: Int): String need(number: Int! = 1): String }',
);
const lines: string[] = [];
const log = pino({ level: 'error' }, { write: (line: string) => void lines.push(line) });

async function answer(query: string, rootValue: object, variableValues: object = {}): Promise<ExecutionResult> {
  const result = await execute({ schema, document: parse(query), rootValue, variableValues: { ...variableValues } });
  return maskErrors(result, log, 'request-7');
}

beforeEach(() => {
  lines.length = 0;
});

describe('an error', () => {
  test('that nobody planned shows nothing of our inside and names the request', async () => {
    const inside = 'relation "ideas.secret" does not exist';
    const { errors } = await answer('{ broken }', {
      broken: () => {
        throw new Error(inside);
      },
    });
    expect(JSON.stringify(errors)).not.toContain('secret');
    expect(errors).toMatchObject([
      {
        message: expect.stringContaining('request-7'),
        path: ['broken'],
        extensions: { code: 'INTERNAL', requestId: 'request-7' },
      },
    ]);
  });

  test('of a database that is away says to try again, shows no address and is not logged for each request', async () => {
    const refused = Object.assign(new Error('connect ECONNREFUSED 10.1.2.3:5432'), { code: 'ECONNREFUSED' });
    const { errors } = await answer('{ broken }', { broken: () => Promise.reject(refused) });
    expect(errors).toMatchObject([{ path: ['broken'], extensions: { code: 'UNAVAILABLE' } }]);
    expect(JSON.stringify(errors)).not.toContain('10.1.2.3');
    expect(lines).toEqual([]);
  });

  test('that nobody planned is logged once, with its cause and the request id', async () => {
    await answer('{ broken }', { broken: () => Promise.reject(new Error('the cause')) });
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ requestId: 'request-7', err: { message: 'the cause' } });
  });

  test('hides even what is no Error', async () => {
    const { errors } = await answer('{ broken }', { broken: () => Promise.reject('a bare secret') });
    expect(errors?.[0]?.message).not.toContain('secret');
  });

  test('hides a null where the schema promised a value', async () => {
    const { errors } = await answer('{ must }', { must: null });
    expect(errors?.[0]?.extensions.code).toBe('INTERNAL');
  });

  test('hides a value of ours that does not fit its type', async () => {
    const { errors } = await answer('{ count }', { count: 'a secret' });
    expect(errors?.[0]?.message).not.toContain('secret');
  });

  test('with a code was meant for the caller and stays as it is', async () => {
    const { errors } = await answer('{ broken }', {
      broken: () => {
        throw notAllowed('do this', 'administrators');
      },
    });
    expect(errors).toMatchObject([
      { message: 'You may not do this; administrators can.', extensions: { code: 'FORBIDDEN' } },
    ]);
    expect(lines).toEqual([]);
  });

  test('about the request itself stays readable', async () => {
    const { errors } = await answer('query ($n: Int) { take(number: $n) }', {}, { n: 'many' });
    expect(errors?.[0]?.message).toContain('Int cannot represent');
    expect(lines).toEqual([]);
  });

  test('about an argument stays readable', async () => {
    const { errors } = await answer('query ($n: Int = 1) { need(number: $n) }', {}, { n: null });
    expect(errors?.[0]?.message).toContain('must not be null');
  });

  test('about a value that one of our scalars refuses stays readable', () => {
    const refused = new GraphQLError('Variable "$at" got invalid value', {
      originalError: new GraphQLError('A DateTime is ISO 8601 with a zone.'),
    });
    expect(maskErrors({ errors: [refused] }, log, 'request-7').errors).toEqual([refused]);
  });
});
