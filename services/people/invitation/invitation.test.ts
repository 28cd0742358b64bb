import { anonymous, type PersonViewer, type Viewer } from '#kernel/auth/viewer.js';
import { mintId } from '#kernel/ids/id.js';
import { idIn, type PeopleFixture, startPeople } from '../people.fixture.js';

let hub: PeopleFixture;
let owner: PersonViewer;
let facilitator: PersonViewer;
/** Of a customer, and in no space. */
let guest: PersonViewer;
let space: string;

beforeAll(async () => {
  hub = await startPeople();
});

beforeEach(async () => {
  owner = await hub.person();
  facilitator = await hub.person();
  guest = await hub.person({ party: 'CUSTOMER' });
  space = await hub.space(owner, { name: 'Workshop', visibility: 'PRIVATE' });
  await hub.change(owner, 'addSpaceMember', { space, person: facilitator.personId, role: 'FACILITATOR' });
});

afterAll(() => hub.stop());

const facts = 'invitation { id state role spaceName email note space { id } person { id } }';
const day = 24 * 3_600_000;

const invite = (as: Viewer, more: object = {}) =>
  hub.change(
    as,
    'inviteToSpace',
    { space, role: 'GUEST', ...('email' in more || 'handle' in more ? {} : { person: guest.personId }), ...more },
    `token ${facts}`,
  );
const invited = async (more: object = {}): Promise<{ id: string; token: string }> => {
  const { invitation, token } = await invite(owner, more);
  return { id: idIn(invitation), token: String(token) };
};
const accept = (as: Viewer, which: { invitation: string } | { token: string }) =>
  hub.change(as, 'acceptInvitation', which, `membership { role person { id } space { id } } ${facts}`);
const answer = (as: Viewer, mutation: 'declineInvitation' | 'revokeInvitation', which: object) =>
  hub.change(as, mutation, which, facts);
const roleOf = async (viewer: Viewer): Promise<unknown> => {
  const document = 'query ($id: ID!) { space(id: $id) { viewerRole } }';
  return (await hub.ask<{ space: { viewerRole: string } | null }>(viewer, document, { id: space })).data.space
    ?.viewerRole;
};

describe('inviteToSpace', () => {
  test('asks somebody into a space that does not exist for them yet', async () => {
    const { invitation, errors } = await invite(facilitator, { note: 'Come and see' });
    expect(errors).toEqual([]);
    const id = idIn(invitation);
    const document = `query ($id: ID!) { ${facts.replace('invitation', 'invitation(id: $id)')} node(id: $id) { id } }`;
    const seen = (await hub.ask(guest, document, { id })).data;
    expect(seen).toEqual({
      node: { id },
      invitation: {
        id,
        state: 'PENDING',
        role: 'GUEST',
        spaceName: 'Workshop',
        email: null,
        note: 'Come and see',
        space: null,
        person: { id: guest.personId },
      },
    });
    expect(await hub.events('people.invitation.sent', id)).toMatchObject([
      { space, actor: facilitator.personId, data: { person: guest.personId, role: 'guest' } },
    ]);
  });

  test('finds people by handle, and takes an e-mail address of anybody', async () => {
    const { personId } = await hub.person({ handle: 'hilde' });
    expect((await invite(owner, { handle: 'Hilde' })).invitation).toMatchObject({ person: { id: personId } });
    expect((await invite(owner, { email: 'Ola@Far.example' })).invitation).toMatchObject({
      email: 'ola@far.example',
      person: null,
    });
  });

  test('shows the secret once, and keeps nothing it could be read from', async () => {
    const input = { space, role: 'GUEST', email: 'ola@far.example', idempotencyKey: 'once' };
    const first = await hub.change(owner, 'inviteToSpace', input, 'token invitation { id }');
    const again = await hub.change(owner, 'inviteToSpace', input, 'token invitation { id }');
    expect(first.token).toMatch(/^weft_inv_/);
    expect(again).toMatchObject({ token: null, invitation: first.invitation });
    const kept = await hub.service.database.dataSource.query('SELECT i::text AS all FROM invitation i');
    expect(JSON.stringify(kept)).not.toContain(String(first.token));
  });

  test.each<[string, object, string, string | null]>([
    ['two ways at once', { handle: 'x', email: 'ola@far.example' }, 'INVALID', null],
    ['an address that is none', { email: 'ola at far' }, 'INVALID', 'email'],
    ['a handle nobody has', { handle: 'nobody-has-this' }, 'NOT_FOUND', 'handle'],
    ['a person who is not there', { person: mintId('Person') }, 'NOT_FOUND', 'person'],
    ['a date that is over', { expiresAt: new Date(0) }, 'INVALID', 'expiresAt'],
    ['a date too far away', { expiresAt: new Date(Date.now() + 365 * day) }, 'INVALID', 'expiresAt'],
    ['too long a note', { note: 'x'.repeat(2_001) }, 'INVALID', 'note'],
    ['a space that is not there', { space: mintId('Space') }, 'NOT_FOUND', 'space'],
  ])('refuses %s', async (_case, wrong, code, field) => {
    const { errors } = await invite(owner, wrong);
    expect(errors).toMatchObject([{ code, path: ['input', ...(field ? [field] : [])] }]);
  });

  test('refuses who is in already', async () => {
    expect((await invite(owner, { person: facilitator.personId })).errors).toMatchObject([
      { code: 'TAKEN', path: ['input', 'person'] },
    ]);
  });

  test('is for those who tend the space, and new owners are for owners', async () => {
    const member = await hub.person();
    await hub.change(owner, 'addSpaceMember', { space, person: member.personId, role: 'MEMBER' });
    expect((await invite(member)).code).toBe('FORBIDDEN');
    expect((await invite(facilitator, { role: 'OWNER' })).code).toBe('FORBIDDEN');
    expect((await invite(owner, { role: 'OWNER' })).errors).toEqual([]);
    expect((await invite(guest)).errors).toMatchObject([{ code: 'NOT_FOUND', path: ['input', 'space'] }]);
    expect((await invite(anonymous)).code).toBe('UNAUTHENTICATED');
    expect((await invite(hub.admin)).errors).toEqual([]);
  });
});

describe('acceptInvitation', () => {
  test('lets who is invited in, as what they were invited', async () => {
    const { id } = await invited();
    const { membership, invitation } = await accept(guest, { invitation: id });
    expect(membership).toEqual({ role: 'GUEST', person: { id: guest.personId }, space: { id: space } });
    expect(invitation).toMatchObject({ state: 'ACCEPTED', space: { id: space } });
    expect(await hub.events('people.invitation.accepted', id)).toMatchObject([
      { space, actor: guest.personId, data: { person: guest.personId } },
    ]);
    expect((await hub.events('people.space.memberAdded', space)).at(-1)?.data).toEqual({
      person: guest.personId,
      role: 'guest',
    });
  });

  test('lets the holder of a link in, who can look at it before', async () => {
    const { token } = await invited({ email: 'ola@far.example' });
    const document = 'query ($token: String!) { invitationByToken(token: $token) { spaceName state } }';
    const looked = (viewer: Viewer) => hub.ask(viewer, document, { token });
    expect((await looked(guest)).data).toEqual({ invitationByToken: { spaceName: 'Workshop', state: 'PENDING' } });
    expect((await looked(anonymous)).data).toEqual({ invitationByToken: null });
    expect((await accept(guest, { token })).membership).toMatchObject({ role: 'GUEST' });
  });

  test('is good once, for one person', async () => {
    const { token, id } = await invited({ email: 'ola@far.example' });
    await accept(guest, { token });
    const other = await hub.person();
    for (const viewer of [guest, other]) {
      expect((await accept(viewer, { token })).errors).toMatchObject([
        { code: 'ALREADY_ACCEPTED', path: ['input', 'token'] },
      ]);
    }
    expect((await accept(guest, { invitation: id })).errors).toMatchObject([
      { code: 'ALREADY_ACCEPTED', path: ['input', 'invitation'] },
    ]);
    expect(await roleOf(other)).toBeUndefined();
  });

  test('of two at once lets one in', async () => {
    const { token } = await invited({ email: 'ola@far.example' });
    const other = await hub.person();
    const both = await Promise.all([guest, other].map((viewer) => accept(viewer, { token })));
    expect(both.flatMap(({ errors }) => errors.map(({ code }) => code))).toEqual(['ALREADY_ACCEPTED']);
  });

  test('does not take a higher role away, and gives a higher one', async () => {
    const { token } = await invited({ email: 'ola@far.example', role: 'OBSERVER' });
    expect((await accept(facilitator, { token })).membership).toMatchObject({ role: 'FACILITATOR' });
    const second = await invited({ email: 'ola@far.example', role: 'OWNER' });
    expect((await accept(facilitator, { token: second.token })).membership).toMatchObject({ role: 'OWNER' });
  });

  test('comes too late for one that has expired, was declined or taken back', async () => {
    const [expired, declined, revoked] = [
      await invited({ expiresAt: new Date(hub.now().getTime() + day) }),
      await invited({ email: 'ola@far.example' }),
      await invited(),
    ];
    await answer(guest, 'declineInvitation', { token: declined.token });
    await answer(owner, 'revokeInvitation', { invitation: revoked.id });
    hub.wait(2 * day);
    const codes = [];
    for (const { token } of [expired, declined, revoked]) codes.push(...(await accept(guest, { token })).errors);
    expect(codes.map(({ code }) => code)).toEqual(['EXPIRED', 'DECLINED', 'REVOKED']);
    expect(await roleOf(guest)).toBeUndefined();
  });

  test('does not tell an invitation of somebody else from none', async () => {
    const { id, token } = await invited();
    const stranger = await hub.person();
    const none = await accept(stranger, { invitation: mintId('Invitation') });
    expect(none.errors).toMatchObject([{ code: 'NOT_FOUND', path: ['input', 'invitation'] }]);
    expect((await accept(stranger, { invitation: id })).errors).toEqual(none.errors);
    expect((await accept(owner, { invitation: id })).errors).toEqual(none.errors);
    const noLink = await accept(stranger, { token: 'weft_inv_nothing' });
    expect((await accept(stranger, { token })).errors).toEqual(noLink.errors);
    expect((await accept(anonymous, { token })).code).toBe('UNAUTHENTICATED');
    expect((await hub.change(guest, 'acceptInvitation', {})).errors).toMatchObject([{ code: 'INVALID' }]);
  });

  test('is done once for one idempotency key', async () => {
    const [{ id }, other] = [await invited(), await invited()];
    await hub.changeOnce(guest, 'acceptInvitation', { invitation: id }, 'membership { role }', {
      invitation: other.id,
    });
  });

  test('does not bring back who was sent away, by a link they made before', async () => {
    const { invitation, token } = await invite(facilitator, { email: 'me@far.example' });
    await hub.change(owner, 'removeSpaceMember', { space, person: facilitator.personId });
    expect((await accept(facilitator, { token: String(token) })).errors).toMatchObject([{ code: 'REVOKED' }]);
    expect(await hub.events('people.invitation.revoked', idIn(invitation))).toHaveLength(1);
  });
});

describe('declineInvitation and revokeInvitation', () => {
  test('settle it for good; again they change nothing', async () => {
    const { id } = await invited();
    expect((await answer(guest, 'declineInvitation', { invitation: id })).invitation).toMatchObject({
      state: 'DECLINED',
    });
    expect((await answer(guest, 'declineInvitation', { invitation: id })).cursor).toBeNull();
    expect((await answer(owner, 'revokeInvitation', { invitation: id })).invitation).toMatchObject({
      state: 'DECLINED',
    });
    const other = await invited();
    expect((await answer(facilitator, 'revokeInvitation', { invitation: other.id })).invitation).toMatchObject({
      state: 'REVOKED',
    });
    expect((await answer(owner, 'revokeInvitation', { invitation: other.id })).cursor).toBeNull();
    expect((await answer(guest, 'declineInvitation', { invitation: other.id })).errors).toMatchObject([
      { code: 'REVOKED' },
    ]);
  });

  test('do nothing to one that was accepted', async () => {
    const { id } = await invited();
    await accept(guest, { invitation: id });
    for (const [viewer, mutation] of [
      [guest, 'declineInvitation'],
      [owner, 'revokeInvitation'],
    ] as const) {
      expect((await answer(viewer, mutation, { invitation: id })).errors).toMatchObject([{ code: 'ALREADY_ACCEPTED' }]);
    }
  });

  test('are for nobody else', async () => {
    const { id } = await invited();
    const stranger = await hub.person();
    expect((await answer(stranger, 'declineInvitation', { invitation: id })).errors).toMatchObject([
      { code: 'NOT_FOUND' },
    ]);
    expect((await answer(stranger, 'revokeInvitation', { invitation: id })).errors).toMatchObject([
      { code: 'NOT_FOUND' },
    ]);
    expect((await answer(guest, 'revokeInvitation', { invitation: id })).code).toBe('FORBIDDEN');
    expect((await answer(anonymous, 'declineInvitation', { invitation: id })).code).toBe('UNAUTHENTICATED');
    expect((await answer(anonymous, 'revokeInvitation', { invitation: id })).code).toBe('UNAUTHENTICATED');
  });
});

describe('invitations', () => {
  const document = `query ($filter: InvitationFilter) { invitations(filter: $filter) { totalCount nodes {
    id state space { name } invitedBy { name } person { name } } } }`;
  const list = (viewer: Viewer, filter: object) =>
    hub.ask<{ invitations: { totalCount: number } }>(viewer, document, { filter });

  test('are listed for who is invited and who tends the space, and for nobody else', async () => {
    await invited();
    await invited({ email: 'ola@far.example' });
    const member = await hub.person();
    await hub.change(owner, 'addSpaceMember', { space, person: member.personId, role: 'MEMBER' });
    const seen: number[] = [];
    for (const viewer of [owner, facilitator, guest, member, await hub.person(), anonymous]) {
      seen.push((await list(viewer, { space })).data.invitations.totalCount);
    }
    expect(seen).toEqual([2, 2, 1, 0, 0, 0]);
  });

  test('are found by what has become of them', async () => {
    await invited({ expiresAt: new Date(hub.now().getTime() + day) });
    hub.wait(2 * day);
    await invited();
    for (const state of ['EXPIRED', 'PENDING']) {
      expect((await list(owner, { space, states: [state] })).data.invitations.totalCount).toBe(1);
    }
  });

  test('cost the same for one as for many', async () => {
    await invited();
    const few = (await list(owner, { space })).statements;
    for (const name of ['a', 'b', 'c']) await invited({ email: `${name}@far.example` });
    expect((await list(owner, { space })).statements).toBe(few);
  });
});
