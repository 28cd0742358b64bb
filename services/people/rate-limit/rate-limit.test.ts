import { system, type Viewer } from '#kernel/auth/viewer.js';
import { type PeopleFixture, startPeople } from '../people.fixture.js';

let hub: PeopleFixture;

beforeAll(async () => {
  hub = await startPeople();
});

afterAll(() => hub.stop());

interface Filled {
  readonly fillRateBucket: { readonly fits: boolean; readonly level: number } | null;
}

function fill(bucket: string, points: number, viewer: Viewer = system) {
  return hub.ask<Filled>(
    viewer,
    'mutation ($bucket: String!, $points: Int!) { fillRateBucket(bucket: $bucket, points: $points, budget: 100) { fits level } }',
    { bucket, points },
  );
}

describe('a bucket that gateways share', () => {
  test('takes what fits, in one statement, and refuses the rest without counting it', async () => {
    const first = await fill('ann', 60);
    expect(first).toMatchObject({ data: { fillRateBucket: { fits: true, level: 60 } }, statements: 1 });
    expect((await fill('ann', 60)).data.fillRateBucket).toMatchObject({ fits: false });
    const { data } = await fill('ann', 40);
    expect(data.fillRateBucket?.fits).toBe(true);
    expect(data.fillRateBucket?.level).toBeGreaterThan(90);
  });

  test('never takes what is more than all of it', async () => {
    expect((await fill('ben', 101)).data.fillRateBucket).toEqual({ fits: false, level: 0 });
    expect((await fill('ben', 100)).data.fillRateBucket?.fits).toBe(true);
  });

  test('runs out with time', async () => {
    await fill('cleo', 100);
    await hub.service.database.dataSource.query(
      `UPDATE rate_bucket SET counted_at = counted_at - interval '30 s' WHERE name = 'cleo'`,
    );
    expect((await fill('cleo', 45)).data.fillRateBucket).toMatchObject({ fits: true });
    expect((await fill('cleo', 10)).data.fillRateBucket).toMatchObject({ fits: false });
  });

  test('gives the last of a budget to one of those who ask at once', async () => {
    const all = await Promise.all(Array.from({ length: 20 }, () => fill('dora', 30)));
    expect(all.filter(({ data }) => data.fillRateBucket?.fits)).toHaveLength(3);
  });

  test('is for the hub itself', async () => {
    expect(await fill('ann', 1, await hub.person())).toMatchObject({ code: 'FORBIDDEN' });
  });
});

test('what is left is unknown where no gateway counts', async () => {
  const answer = await hub.ask(await hub.person(), '{ rateLimit { limit remaining resetAt cost } }');
  expect(answer).toMatchObject({ data: { rateLimit: null }, code: undefined });
});
