import { hashToken, tokenKindOf } from '#kernel/auth/token-text.js';
import { anonymous, system, type Viewer } from '#kernel/auth/viewer.js';
import { mintId } from '#kernel/ids/id.js';
import { idIn, type PeopleFixture, startPeople } from '../people.fixture.js';

let hub: PeopleFixture;

beforeAll(async () => {
  hub = await startPeople();
});

afterAll(() => hub.stop());

const minute = 60_000;
const facts = 'accessToken { id name expiresAt revokedAt lastUsedAt person { id } } token';
const claims = 'viewerOf(tokenHash: $hash) { personId organizationId party administrator expiresAt }';

function issue(viewer: Viewer, input: object = {}) {
  return hub.change(viewer, 'issueAccessToken', { name: 'Script', ...input }, facts);
}

async function viewerOf(token: unknown, viewer: Viewer = system) {
  return hub.ask<{ viewerOf: object | null }>(viewer, `query ($hash: String!) { ${claims} }`, {
    hash: hashToken(String(token)),
  });
}

function inFuture(milliseconds: number): string {
  return new Date(Date.now() + milliseconds).toISOString();
}

describe('issueAccessToken', () => {
  test('shows the token once and keeps its hash only', async () => {
    const ann = await hub.person();
    const { token, accessToken } = await issue(ann, { name: ' Script ' });
    expect(tokenKindOf(String(token))).toBe('accessToken');
    expect(accessToken).toMatchObject({
      name: 'Script',
      revokedAt: null,
      lastUsedAt: null,
      person: { id: ann.personId },
    });
    const { dataSource } = hub.service.database;
    const [row] = await dataSource.query('SELECT * FROM access_token WHERE id = $1', [idIn(accessToken)]);
    expect(row.hash).toBe(hashToken(String(token)));
    expect(JSON.stringify(row)).not.toContain(String(token));
    expect(await hub.events('people.accessToken.issued', idIn(accessToken))).toMatchObject([
      { actor: ann.personId, data: { person: ann.personId } },
    ]);
  });

  test('gives a repeated call the same token without its text', async () => {
    const [ann, input] = [await hub.person(), { idempotencyKey: 'once' }];
    const first = await issue(ann, input);
    const again = await issue(ann, input);
    expect(again).toMatchObject({ accessToken: first.accessToken, cursor: first.cursor, errors: [], token: null });
    expect((await issue(ann, { ...input, name: 'Other' })).errors).toMatchObject([{ code: 'IDEMPOTENCY_KEY_REUSED' }]);
    const kept = await hub.service.database.dataSource.query('SELECT * FROM idempotency');
    expect(JSON.stringify(kept)).not.toContain(String(first.token));
  });

  test('lets administrators name the person, and nobody else', async () => {
    const [ann, ben] = [await hub.person(), await hub.person()];
    const { token } = await issue(hub.admin, { person: ann.personId });
    expect((await viewerOf(token)).data.viewerOf).toMatchObject({ personId: ann.personId, administrator: false });
    expect((await issue(ben, { person: ann.personId })).code).toBe('FORBIDDEN');
    expect((await issue(ben, { person: hub.admin.personId })).code).toBe('FORBIDDEN');
  });

  test('refuses an empty name, a past expiry, a person who is not there and who is not signed in', async () => {
    const ann = await hub.person();
    expect((await issue(ann, { name: '' })).errors).toMatchObject([{ code: 'INVALID', path: ['input', 'name'] }]);
    expect((await issue(ann, { expiresAt: inFuture(-minute) })).errors).toMatchObject([
      { code: 'INVALID', path: ['input', 'expiresAt'] },
    ]);
    expect((await issue(hub.admin, { person: mintId('Person') })).errors).toMatchObject([{ code: 'NOT_FOUND' }]);
    expect((await issue(anonymous)).code).toBe('UNAUTHENTICATED');
  });
});

describe('the scopes of a token', () => {
  const scopesOf = async (token: unknown) =>
    (
      await hub.ask<{ viewerOf: { scopes: string[] | null } }>(
        system,
        'query ($hash: String!) { viewerOf(tokenHash: $hash) { scopes } }',
        { hash: hashToken(String(token)) },
      )
    ).data.viewerOf.scopes;

  test('are all of its person, or those it was given', async () => {
    const ann = await hub.person();
    expect(await scopesOf((await issue(ann)).token)).toBeNull();
    const limited = await issue(ann, { scopes: ['people:read', 'ideas:read', 'ideas:read'] });
    expect(await scopesOf(limited.token)).toEqual(['people:read', 'ideas:read']);
  });

  test('have to be scopes there are', async () => {
    const ann = await hub.person();
    for (const scopes of [['ideas:rule'], ['toString'], []])
      expect((await issue(ann, { scopes })).errors).toMatchObject([{ code: 'INVALID', path: ['input', 'scopes'] }]);
  });

  test('are never more than those of the token it is made with', async () => {
    const ann = await hub.person();
    const limited = { ...ann, scopes: ['access:admin', 'ideas:write', 'people:read'] } as const;
    expect(await scopesOf((await issue(limited)).token)).toEqual(['people:read', 'ideas:write', 'access:admin']);
    expect(await scopesOf((await issue(limited, { scopes: ['ideas:read'] })).token)).toEqual(['ideas:read']);
    expect((await issue(limited, { scopes: ['spaces:read'] })).code).toBe('FORBIDDEN');
  });

  test('decide what the service answers, over HTTP as well', async () => {
    const ann = await hub.person();
    const limited = { ...ann, scopes: ['people:read'] } as const;
    expect((await hub.ask(limited, '{ people { totalCount } }')).code).toBeUndefined();
    expect((await hub.ask(limited, '{ spaces { totalCount } }')).code).toBe('FORBIDDEN');
    expect((await issue(limited)).code).toBe('FORBIDDEN');
    const entities = `{ _entities(representations: [{ __typename: "Space", key: "x" }]) { ... on Space { name } } }`;
    expect((await hub.ask(limited, entities)).code).toBe('FORBIDDEN');
  });
});

describe('rotateAccessToken', () => {
  const rotate = (viewer: Viewer, accessToken: string, input: object = {}) =>
    hub.change(viewer, 'rotateAccessToken', { accessToken, ...input }, facts);
  const knows = async (token: unknown) => (await viewerOf(token)).data.viewerOf !== null;

  test('gives the token another text, at once or with an overlap', async () => {
    const ann = await hub.person();
    const first = await issue(ann);
    const id = idIn(first.accessToken);
    const second = await rotate(ann, id, { overlapMinutes: 10 });
    expect(second).toMatchObject({ errors: [], accessToken: { id } });
    expect([await knows(first.token), await knows(second.token)]).toEqual([true, true]);
    hub.wait(11 * minute);
    expect([await knows(first.token), await knows(second.token)]).toEqual([false, true]);
    const third = await rotate(ann, id);
    expect([await knows(second.token), await knows(third.token)]).toEqual([false, true]);
    expect(await hub.events('people.accessToken.rotated', id)).toHaveLength(2);
    hub.wait(-11 * minute);
  });

  test('tells the gateway when the text before ends', async () => {
    const ann = await hub.person();
    const first = await issue(ann, { expiresAt: inFuture(60 * minute) });
    await rotate(ann, idIn(first.accessToken), { overlapMinutes: 10 });
    const { viewerOf: found } = (await viewerOf(first.token)).data as { viewerOf: { expiresAt: string } };
    expect(new Date(found.expiresAt).getTime()).toBeLessThan(Date.now() + 11 * minute);
  });

  test('shows the text once, and does not bring a revoked token back', async () => {
    const ann = await hub.person();
    const { accessToken } = await issue(ann);
    const input = { idempotencyKey: 'rotate' };
    expect((await rotate(ann, idIn(accessToken), input)).token).not.toBeNull();
    expect((await rotate(ann, idIn(accessToken), input)).token).toBeNull();
    await hub.change(ann, 'revokeAccessToken', { accessToken: idIn(accessToken) });
    expect((await rotate(ann, idIn(accessToken))).errors).toMatchObject([{ code: 'NOT_FOUND' }]);
  });

  test('is refused to strangers, to limited tokens, and for an overlap of months', async () => {
    const [ann, ben] = [await hub.person(), await hub.person()];
    const id = idIn((await issue(ann)).accessToken);
    expect((await rotate(ben, id)).errors).toMatchObject([{ code: 'NOT_FOUND' }]);
    expect((await rotate({ ...ann, scopes: ['access:admin', 'people:read'] }, id)).code).toBe('FORBIDDEN');
    expect((await rotate(ann, id, { overlapMinutes: 100_000 })).errors).toMatchObject([{ code: 'INVALID' }]);
    expect((await rotate(anonymous, id)).code).toBe('UNAUTHENTICATED');
  });
});

describe('revokeAccessToken', () => {
  const revoke = (viewer: Viewer, accessToken: string) =>
    hub.change(viewer, 'revokeAccessToken', { accessToken }, 'accessToken { id revokedAt }');

  test('makes a token worthless at once', async () => {
    const ann = await hub.person();
    const { token, accessToken } = await issue(ann);
    expect((await viewerOf(token)).data.viewerOf).not.toBeNull();
    expect((await revoke(ann, idIn(accessToken))).accessToken).toMatchObject({ revokedAt: expect.any(String) });
    expect((await viewerOf(token)).data.viewerOf).toBeNull();
    expect(await hub.events('people.accessToken.revoked', idIn(accessToken))).toMatchObject([
      { data: { person: ann.personId } },
    ]);
    expect(await revoke(ann, idIn(accessToken))).toMatchObject({ errors: [], cursor: null });
  });

  test('lets administrators revoke the token of anybody', async () => {
    const { token, accessToken } = await issue(await hub.person());
    expect((await revoke(hub.admin, idIn(accessToken))).errors).toEqual([]);
    expect((await viewerOf(token)).data.viewerOf).toBeNull();
  });

  test('is done once for one idempotency key', async () => {
    const ann = await hub.person();
    const [first, second] = [await issue(ann), await issue(ann)];
    const input = { accessToken: idIn(first.accessToken) };
    const other = { accessToken: idIn(second.accessToken) };
    await hub.changeOnce(ann, 'revokeAccessToken', input, 'accessToken { id revokedAt }', other);
  });

  test('does not tell the tokens of others from none', async () => {
    const [ann, ben] = [await hub.person(), await hub.person()];
    const { token, accessToken } = await issue(ann);
    expect((await revoke(ben, idIn(accessToken))).errors).toMatchObject([{ code: 'NOT_FOUND' }]);
    expect((await revoke(ben, mintId('AccessToken'))).errors).toMatchObject([{ code: 'NOT_FOUND' }]);
    expect((await revoke(anonymous, idIn(accessToken))).code).toBe('UNAUTHENTICATED');
    expect((await viewerOf(token)).data.viewerOf).not.toBeNull();
  });
});

describe('accessTokens', () => {
  const list = '{ accessTokens { nodes { name lastUsedAt } totalCount } }';

  test('are your own that are not revoked, the newest first', async () => {
    const ann = await hub.person();
    await issue(ann, { name: 'Old' });
    hub.wait(1_000);
    const revoked = await issue(ann, { name: 'Revoked' });
    hub.wait(1_000);
    await issue(ann, { name: 'New' });
    await hub.change(ann, 'revokeAccessToken', { accessToken: idIn(revoked.accessToken) });
    expect((await hub.ask(ann, list)).data).toEqual({
      accessTokens: {
        nodes: [
          { name: 'New', lastUsedAt: null },
          { name: 'Old', lastUsedAt: null },
        ],
        totalCount: 2,
      },
    });
    expect((await hub.ask(await hub.person(), list)).data).toMatchObject({ accessTokens: { totalCount: 0 } });
    expect((await hub.ask(anonymous, list)).code).toBe('UNAUTHENTICATED');
  });
});

describe('viewerOf', () => {
  test('says who asks with a token', async () => {
    const organization = await hub.organization({ relation: 'CUSTOMER' });
    const ann = await hub.person({ organization, party: 'CUSTOMER' });
    const expiresAt = inFuture(60 * minute);
    const { token } = await issue(ann, { expiresAt });
    expect((await viewerOf(token)).data.viewerOf).toEqual({
      personId: ann.personId,
      organizationId: organization,
      party: 'customer',
      administrator: false,
      expiresAt,
    });
  });

  test('knows no token that is expired or was never issued', async () => {
    const { token } = await issue(await hub.person(), { expiresAt: inFuture(60 * minute) });
    expect((await viewerOf('weft_pat_unknown')).data.viewerOf).toBeNull();
    hub.wait(61 * minute);
    expect((await viewerOf(token)).data.viewerOf).toBeNull();
    hub.wait(-61 * minute);
  });

  test('notes the use to the minute, and writes it at most once a minute', async () => {
    const ann = await hub.person();
    const { token, accessToken } = await issue(ann);
    const { dataSource } = hub.service.database;
    const use = async () => {
      await viewerOf(token);
      const query = 'SELECT xmin::text AS version, last_used_at AS at FROM access_token WHERE id = $1';
      const [row] = await dataSource.query(query, [idIn(accessToken)]);
      return row as { version: string; at: Date };
    };
    hub.wait(minute - (hub.now().getTime() % minute)); // to the beginning of a minute, so that the next use falls into it
    const first = await use();
    expect(first.at.getTime() % minute).toBe(0);
    expect(await use()).toEqual(first);
    hub.wait(minute);
    expect((await use()).at.getTime()).toBe(first.at.getTime() + minute);
  });

  test('answers nobody but the hub itself', async () => {
    const { token } = await issue(await hub.person());
    for (const viewer of [anonymous, hub.admin]) expect((await viewerOf(token, viewer)).code).toBe('FORBIDDEN');
  });

  test('takes one statement', async () => {
    const { token } = await issue(await hub.person());
    expect((await viewerOf(token)).statements).toBe(1);
  });
});
