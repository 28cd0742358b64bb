import { anonymous, type PersonViewer, type Viewer } from '#kernel/auth/viewer.js';
import { mintId } from '#kernel/ids/id.js';
import { type PeopleFixture, startPeople } from '../people.fixture.js';

let hub: PeopleFixture;

beforeAll(async () => {
  hub = await startPeople();
});

afterAll(() => hub.stop());

const facts = 'membership { id role joinedAt person { id } space { id } }';

async function roleOf(person: PersonViewer, space: string): Promise<string | null> {
  const document = 'query ($space: ID!) { space(id: $space) { members(first: 100) { nodes { role person { id } } } } }';
  interface Answer {
    space: { members: { nodes: { role: string; person: { id: string } }[] } };
  }
  const { data } = await hub.ask<Answer>(hub.admin, document, { space });
  return data.space.members.nodes.find((member) => member.person.id === person.personId)?.role ?? null;
}

function add(viewer: Viewer, space: string, person: PersonViewer, role = 'MEMBER') {
  return hub.change(viewer, 'addSpaceMember', { space, person: person.personId, role }, facts);
}

function remove(viewer: Viewer, space: string, person: PersonViewer) {
  return hub.change(viewer, 'removeSpaceMember', { space, person: person.personId }, 'space { id }');
}

describe('joinSpace', () => {
  test('makes you a member of an open space, once', async () => {
    const [owner, ann] = [await hub.person(), await hub.person({ party: 'PUBLIC' })];
    const space = await hub.space(owner);
    const payload = await hub.change(ann, 'joinSpace', { space }, facts);
    expect(payload.membership).toMatchObject({ role: 'MEMBER', person: { id: ann.personId }, space: { id: space } });
    const [, added] = await hub.events('people.space.memberAdded', space);
    expect(added).toMatchObject({ space, actor: ann.personId, data: { person: ann.personId, role: 'member' } });
    const again = await hub.change(ann, 'joinSpace', { space }, facts);
    expect(again).toMatchObject({ errors: [], cursor: null, membership: payload.membership });
  });

  test('keeps the role of who is a member already', async () => {
    const owner = await hub.person();
    const space = await hub.space(owner);
    expect((await hub.change(owner, 'joinSpace', { space }, facts)).membership).toMatchObject({ role: 'OWNER' });
  });

  test('lets people of an owner organisation into a space that is shown to them', async () => {
    const organization = await hub.organization();
    const [owner, colleague] = [await hub.person({ organization }), await hub.person({ organization })];
    const space = await hub.space(owner, { visibility: 'ORGANIZATION' });
    expect((await hub.change(colleague, 'joinSpace', { space }, facts)).membership).toMatchObject({ role: 'MEMBER' });
  });

  test('gives who left and comes back the same membership anew', async () => {
    const [owner, ann] = [await hub.person(), await hub.person()];
    const space = await hub.space(owner);
    const first = await hub.change(ann, 'joinSpace', { space }, facts);
    await hub.change(ann, 'leaveSpace', { space });
    hub.wait(1_000);
    const { membership } = await hub.change(ann, 'joinSpace', { space }, facts);
    expect(membership).toMatchObject({ id: (first.membership as { id: string }).id });
    expect(membership).not.toEqual(first.membership);
  });

  test('is done once for one idempotency key', async () => {
    const owner = await hub.person();
    const [space, other] = [await hub.space(owner), await hub.space(owner)];
    await hub.changeOnce(await hub.person(), 'joinSpace', { space }, facts, { space: other });
  });

  test('refuses spaces that are not open to you as if they were not there, and who is not signed in', async () => {
    const organization = await hub.organization();
    const [owner, stranger] = [await hub.person({ organization }), await hub.person()];
    for (const visibility of ['PRIVATE', 'ORGANIZATION']) {
      const space = await hub.space(owner, { visibility });
      const { errors } = await hub.change(stranger, 'joinSpace', { space }, facts);
      expect(errors).toMatchObject([{ code: 'NOT_FOUND', path: ['input', 'space'] }]);
    }
    const missing = await hub.change(stranger, 'joinSpace', { space: mintId('Space') }, facts);
    expect(missing.errors).toMatchObject([{ code: 'NOT_FOUND' }]);
    expect((await hub.change(anonymous, 'joinSpace', { space: await hub.space(owner) })).code).toBe('UNAUTHENTICATED');
  });
});

describe('leaveSpace', () => {
  test('takes you out; what was private is gone for you', async () => {
    const [owner, ann] = [await hub.person(), await hub.person()];
    const space = await hub.space(owner, { visibility: 'PRIVATE' });
    await add(owner, space, ann);
    const payload = await hub.change(ann, 'leaveSpace', { space }, 'space { id }');
    expect(payload).toMatchObject({ errors: [], space: null, cursor: expect.any(String) });
    expect(await hub.events('people.space.memberRemoved', space)).toMatchObject([
      { space, actor: ann.personId, data: { person: ann.personId } },
    ]);
    const { data } = await hub.ask(ann, 'query ($id: ID!) { space(id: $id) { id } }', { id: space });
    expect(data).toEqual({ space: null });
  });

  test('is done once for one idempotency key, although the space is hidden afterwards', async () => {
    const [owner, ann] = [await hub.person(), await hub.person()];
    const space = await hub.space(owner, { visibility: 'PRIVATE' });
    await add(owner, space, ann);
    await hub.changeOnce(ann, 'leaveSpace', { space }, 'space { id }', { space: await hub.space(owner) });
  });

  test('refuses who is no member and who is not signed in', async () => {
    const [owner, ann] = [await hub.person(), await hub.person()];
    const space = await hub.space(owner);
    const { errors } = await hub.change(ann, 'leaveSpace', { space }, 'space { id }');
    expect(errors).toMatchObject([{ code: 'NOT_FOUND', path: ['input', 'space'] }]);
    expect((await hub.change(anonymous, 'leaveSpace', { space })).code).toBe('UNAUTHENTICATED');
  });
});

describe('addSpaceMember', () => {
  test('lets a person into a private space, and changes their role', async () => {
    const [owner, ann] = [await hub.person(), await hub.person({ party: 'CUSTOMER' })];
    const space = await hub.space(owner, { visibility: 'PRIVATE' });
    const added = await add(owner, space, ann, 'GUEST');
    expect(added.membership).toMatchObject({ role: 'GUEST', person: { id: ann.personId } });
    expect((await add(owner, space, ann, 'GUEST')).cursor).toBeNull();
    const promoted = await add(owner, space, ann, 'FACILITATOR');
    expect(promoted.membership).toEqual({ ...(added.membership as object), role: 'FACILITATOR' });
    const told = await hub.events('people.space.memberAdded', space);
    expect(told.map(({ data }) => data)).toEqual([
      { person: owner.personId, role: 'owner' },
      { person: ann.personId, role: 'guest' },
      { person: ann.personId, role: 'facilitator' },
    ]);
    expect((await hub.ask(ann, 'query ($id: ID!) { space(id: $id) { viewerRole } }', { id: space })).data).toEqual({
      space: { viewerRole: 'FACILITATOR' },
    });
  });

  test('lets facilitators keep members, but not who owns the space', async () => {
    const [owner, facilitator, ann] = [await hub.person(), await hub.person(), await hub.person()];
    const space = await hub.space(owner);
    await add(owner, space, facilitator, 'FACILITATOR');
    expect((await add(facilitator, space, ann)).code).toBeUndefined();
    expect((await add(facilitator, space, ann, 'OWNER')).code).toBe('FORBIDDEN');
    expect((await add(facilitator, space, owner, 'MEMBER')).code).toBe('FORBIDDEN');
    expect((await remove(facilitator, space, owner)).code).toBe('FORBIDDEN');
    expect(await roleOf(ann, space)).toBe('MEMBER');
    expect(await roleOf(owner, space)).toBe('OWNER');
  });

  test('is done once for one idempotency key', async () => {
    const [owner, ann] = [await hub.person(), await hub.person()];
    const input = { space: await hub.space(owner), person: ann.personId, role: 'MEMBER' };
    await hub.changeOnce(owner, 'addSpaceMember', input, facts, { role: 'GUEST' });
  });

  test('refuses members, strangers, who is not signed in, and what is not there', async () => {
    const [owner, member, ann] = [await hub.person(), await hub.person(), await hub.person()];
    const space = await hub.space(owner);
    const secret = await hub.space(owner, { visibility: 'PRIVATE' });
    await add(owner, space, member);
    expect((await add(member, space, ann)).code).toBe('FORBIDDEN');
    expect((await add(ann, space, ann, 'OWNER')).code).toBe('FORBIDDEN');
    expect((await add(ann, secret, ann)).errors).toMatchObject([{ code: 'NOT_FOUND', path: ['input', 'space'] }]);
    expect((await add(anonymous, space, ann)).code).toBe('UNAUTHENTICATED');
    const nobody = { ...ann, personId: mintId('Person') };
    expect((await add(owner, space, nobody)).errors).toMatchObject([{ code: 'NOT_FOUND', path: ['input', 'person'] }]);
  });
});

describe('removeSpaceMember', () => {
  test('takes a person out of a space', async () => {
    const [owner, ann] = [await hub.person(), await hub.person()];
    const space = await hub.space(owner);
    await add(owner, space, ann);
    expect(await remove(owner, space, ann)).toMatchObject({ errors: [], space: { id: space } });
    expect(await roleOf(ann, space)).toBeNull();
    expect(await hub.events('people.space.memberRemoved', space)).toMatchObject([
      { space, actor: owner.personId, data: { person: ann.personId } },
    ]);
  });

  test('keeps the last owner, whoever asks', async () => {
    const [owner, next] = [await hub.person(), await hub.person()];
    const space = await hub.space(owner);
    const kept = (field: string) => [{ code: 'LAST_OWNER', path: ['input', field] }];
    expect((await remove(hub.admin, space, owner)).errors).toMatchObject(kept('person'));
    expect((await add(owner, space, owner, 'MEMBER')).errors).toMatchObject(kept('role'));
    expect((await hub.change(owner, 'leaveSpace', { space })).errors).toMatchObject(kept('space'));
    expect(await roleOf(owner, space)).toBe('OWNER');
    await add(owner, space, next, 'OWNER');
    expect((await hub.change(owner, 'leaveSpace', { space })).errors).toEqual([]);
    expect((await remove(hub.admin, space, next)).errors).toMatchObject(kept('person'));
  });

  test('keeps one of two owners who leave at once', async () => {
    const [one, two] = [await hub.person(), await hub.person()];
    const space = await hub.space(one);
    await add(one, space, two, 'OWNER');
    const left = await Promise.all([one, two].map((owner) => hub.change(owner, 'leaveSpace', { space })));
    expect(left.flatMap(({ errors }) => errors)).toMatchObject([{ code: 'LAST_OWNER' }]);
  });

  test('is done once for one idempotency key', async () => {
    const [owner, ann] = [await hub.person(), await hub.person()];
    const space = await hub.space(owner);
    await add(owner, space, ann);
    const input = { space, person: ann.personId };
    await hub.changeOnce(owner, 'removeSpaceMember', input, 'space { id }', { person: owner.personId });
  });

  test('refuses who is no member, members, strangers and who is not signed in', async () => {
    const [owner, member, ann] = [await hub.person(), await hub.person(), await hub.person()];
    const space = await hub.space(owner);
    const secret = await hub.space(owner, { visibility: 'PRIVATE' });
    await add(owner, space, member);
    expect((await remove(owner, space, ann)).errors).toMatchObject([{ code: 'NOT_FOUND', path: ['input', 'person'] }]);
    expect((await remove(member, space, owner)).code).toBe('FORBIDDEN');
    expect((await remove(ann, space, member)).code).toBe('FORBIDDEN');
    expect((await remove(ann, secret, owner)).errors).toMatchObject([{ code: 'NOT_FOUND', path: ['input', 'space'] }]);
    expect((await remove(anonymous, space, member)).code).toBe('UNAUTHENTICATED');
  });
});

describe('changes of one space', () => {
  /** The transaction number of the one session that waits for its turn. */
  async function waiting(): Promise<string | null> {
    for (;;) {
      const [session] = await hub.service.database.dataSource.query(
        `SELECT backend_xid::text AS number FROM pg_stat_activity
         WHERE datname = current_database() AND wait_event_type = 'Lock' AND wait_event = 'advisory'`,
      );
      if (session) return session.number;
    }
  }

  // The log is read in the order of transaction numbers. Who had one before its turn would stand in the log in front of changes
  // that were made earlier, and services that follow it would let people in who were taken out.
  test('take turns, and have no transaction number before it is theirs', async () => {
    const [owner, ann] = [await hub.person(), await hub.person()];
    const space = await hub.space(owner);
    const member = { space, person: ann.personId };
    for (const [name, input] of [
      ['addSpaceMember', { ...member, role: 'GUEST' }],
      ['removeSpaceMember', member],
      ['reviseSpace', { space, name: 'New' }],
    ] as const) {
      const other = hub.service.database.dataSource.createQueryRunner();
      await other.startTransaction();
      await other.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [space]);
      const change = hub.change(owner, name, { ...input, idempotencyKey: name });
      expect(await waiting()).toBeNull();
      await other.commitTransaction();
      await other.release();
      expect(await change).toMatchObject({ errors: [], code: undefined, cursor: expect.any(String) });
    }
  });
});
