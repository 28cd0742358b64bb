import { anonymous, type PersonViewer } from '#kernel/auth/viewer.js';
import { mintId } from '#kernel/ids/id.js';
import { idIn, type PeopleFixture, startPeople } from '../people.fixture.js';

let hub: PeopleFixture;
let acme: string;
let birch: string;
/** They speak for acme and birch. */
let ann: PersonViewer;
let ben: PersonViewer;
/** Of birch, and speaks for nobody. */
let bea: PersonViewer;
let space: string;

beforeAll(async () => {
  hub = await startPeople();
});

beforeEach(async () => {
  acme = await hub.organization({ relation: 'HOST' });
  birch = await hub.organization({ relation: 'PARTNER' });
  ann = await hub.person({ organization: acme });
  ben = await hub.person({ organization: birch, party: 'PARTNER' });
  bea = await hub.person({ organization: birch, party: 'PARTNER' });
  await hub.change(hub.admin, 'appointOrganizationAdministrator', { organization: acme, person: ann.personId });
  await hub.change(hub.admin, 'appointOrganizationAdministrator', { organization: birch, person: ben.personId });
  space = await hub.space(ann, { name: 'Workshop', visibility: 'ORGANIZATION', owners: [acme] });
});

afterAll(() => hub.stop());

const facts = `sharingAgreement { id state rights purpose inForceAt revokedAt proposer { id } organizations { id } revokedBy { id }
  spaces { name space { id } } signatures { organization { id } person { id } } }`;

const propose = (as: PersonViewer, more: object = {}) =>
  hub.change(
    as,
    'proposeSharingAgreement',
    {
      organization: acme,
      partners: [birch],
      spaces: [space],
      rights: ['READ', 'CONTRIBUTE'],
      ...more,
    },
    facts,
  );
const sign = (as: PersonViewer, sharingAgreement: string, organization: string) =>
  hub.change(as, 'signSharingAgreement', { sharingAgreement, organization }, facts);
const revoke = (as: PersonViewer, sharingAgreement: string, organization: string) =>
  hub.change(as, 'revokeSharingAgreement', { sharingAgreement, organization }, facts);
const agree = async (facts: object = {}): Promise<string> => {
  const id = idIn((await propose(ann, facts)).sharingAgreement);
  await sign(ben, id, birch);
  return id;
};
const sees = async (viewer: PersonViewer, id = space): Promise<boolean> => {
  const { data } = await hub.ask(viewer, 'query ($id: ID!) { space(id: $id) { id } }', { id });
  return data.space !== null;
};

describe('an agreement', () => {
  test('is proposed, and shares nothing until all have signed', async () => {
    const { sharingAgreement, errors } = await propose(ann, { purpose: 'One project' });
    expect(errors).toEqual([]);
    expect(sharingAgreement).toMatchObject({
      state: 'PROPOSED',
      rights: ['READ', 'CONTRIBUTE'],
      purpose: 'One project',
      inForceAt: null,
      revokedAt: null,
      proposer: { id: acme },
      organizations: [{ id: acme }, { id: birch }],
      spaces: [{ name: 'Workshop', space: { id: space } }],
      signatures: [{ organization: { id: acme }, person: { id: ann.personId } }],
    });
    expect(await sees(bea)).toBe(false);
    const signed = await sign(ben, idIn(sharingAgreement), birch);
    expect(signed.sharingAgreement).toMatchObject({ state: 'IN_FORCE', spaces: [{ space: { id: space } }] });
    expect(await sees(bea)).toBe(true);
  });

  test('shows who is to sign it what the spaces are called, and nothing else of them', async () => {
    const id = idIn((await propose(ann)).sharingAgreement);
    const { data } = await hub.ask(
      ben,
      'query ($id: ID!) { sharingAgreement(id: $id) { spaces { name space { id } } } }',
      { id },
    );
    expect(data).toEqual({ sharingAgreement: { spaces: [{ name: 'Workshop', space: null }] } });
  });

  test('of three is in force with the third signature', async () => {
    const cedar = await hub.organization({ relation: 'SUPPLIER' });
    const cleo = await hub.person({ organization: cedar, party: 'SUPPLIER' });
    await hub.change(hub.admin, 'appointOrganizationAdministrator', { organization: cedar, person: cleo.personId });
    const id = await agree({ partners: [birch, cedar] });
    expect([await sees(bea), await sees(cleo)]).toEqual([false, false]);
    expect((await sign(cleo, id, cedar)).sharingAgreement).toMatchObject({ state: 'IN_FORCE' });
    expect([await sees(bea), await sees(cleo)]).toEqual([true, true]);
  });

  test.each(['either side', 'an administrator of the hub'])('is ended at once by %s', async (who) => {
    const id = await agree();
    const [by, organization] = who === 'either side' ? [ben, birch] : [hub.admin, acme];
    const { sharingAgreement } = await revoke(by, id, organization);
    expect(sharingAgreement).toMatchObject({ state: 'REVOKED', revokedBy: { id: organization } });
    expect(await sees(bea)).toBe(false);
    expect(await sees(ann)).toBe(true);
    expect((await revoke(ann, id, acme)).cursor).toBeNull();
  });

  test('is told by events, with what holds for each space', async () => {
    const id = await agree();
    await revoke(ann, id, acme);
    const told = async (type: string, subject: string) => (await hub.events(type, subject)).map(({ data }) => data);
    const organizations = [acme, birch];
    expect(await told('people.sharingAgreement.proposed', id)).toEqual([
      { organization: acme, organizations, spaces: [space], rights: ['read', 'contribute'] },
    ]);
    expect(await told('people.sharingAgreement.signed', id)).toEqual([
      { organization: birch, organizations, inForce: true },
    ]);
    expect(await told('people.sharingAgreement.revoked', id)).toEqual([{ organization: acme, organizations }]);
    expect(await told('people.space.sharingChanged', space)).toEqual([
      { readers: [birch], contributors: [birch], people: [] },
      { readers: [], contributors: [], people: [] },
    ]);
  });

  test('that was revoked leaves open what another one opens', async () => {
    const first = await agree();
    await agree({ rights: [] });
    await revoke(ann, first, acme);
    expect(await sees(bea)).toBe(true);
    expect((await hub.events('people.space.sharingChanged', space)).at(-1)?.data).toEqual({
      readers: [birch],
      contributors: [],
      people: [],
    });
  });

  test('no longer holds for a space that gets an owner who did not sign, or that is made private', async () => {
    await agree();
    const cedar = await hub.organization();
    await hub.change(ann, 'reviseSpace', { space, owners: [acme, cedar] });
    expect(await sees(bea)).toBe(false);
    await hub.change(ann, 'reviseSpace', { space, owners: [acme] });
    expect(await sees(bea)).toBe(true);
    await hub.change(ann, 'reviseSpace', { space, visibility: 'PRIVATE' });
    expect(await sees(bea)).toBe(false);
  });

  test('shows everybody who sees the space with whom it is shared', async () => {
    await agree();
    const { data } = await hub.ask(bea, 'query ($id: ID!) { space(id: $id) { sharedWith { id } } }', { id: space });
    expect(data).toEqual({ space: { sharedWith: [{ id: birch }] } });
  });

  test('does not exist for who speaks for none of its organisations', async () => {
    const id = await agree();
    const cedar = await hub.organization();
    const cleo = await hub.person({ organization: cedar });
    await hub.change(hub.admin, 'appointOrganizationAdministrator', { organization: cedar, person: cleo.personId });
    const all = `query ($id: ID!, $organization: ID!) { sharingAgreement(id: $id) { id } node(id: $id) { id }
      sharingAgreements(filter: { organization: $organization }) { totalCount nodes { id } } }`;
    const asked = { id, organization: birch };
    for (const viewer of [bea, cleo, anonymous]) {
      expect((await hub.ask(viewer, all, asked)).data).toEqual({
        sharingAgreement: null,
        node: null,
        sharingAgreements: { totalCount: 0, nodes: [] },
      });
    }
    for (const viewer of [ann, ben, hub.admin]) {
      expect((await hub.ask(viewer, all, asked)).data).toEqual({
        sharingAgreement: { id },
        node: { id },
        sharingAgreements: { totalCount: 1, nodes: [{ id }] },
      });
    }
    const hidden = await sign(cleo, id, cedar);
    const missing = mintId('SharingAgreement');
    const none = await sign(cleo, missing, cedar);
    expect(hidden.errors).toMatchObject([{ code: 'NOT_FOUND', path: ['input', 'sharingAgreement'] }]);
    expect(JSON.stringify(none.errors).replace(missing, id)).toBe(JSON.stringify(hidden.errors));
  });
});

describe('proposing', () => {
  test.each<[string, () => object | Promise<object>, string, string]>([
    ['nobody to share with', () => ({ partners: [acme] }), 'INVALID', 'partners'],
    ['an organisation that is not there', () => ({ partners: [mintId('Organization')] }), 'NOT_FOUND', 'partners'],
    ['no space', () => ({ spaces: [] }), 'INVALID', 'spaces'],
    ['a space that is not there', () => ({ spaces: [mintId('Space')] }), 'NOT_FOUND', 'spaces'],
    ['an open space', async () => ({ spaces: [await hub.space(ann, { owners: [acme] })] }), 'INVALID', 'spaces'],
    [
      'a space that belongs to somebody else as well',
      async () => {
        const owners = [acme, await hub.organization()];
        return { spaces: [await hub.space(ann, { visibility: 'ORGANIZATION', owners })] };
      },
      'INVALID',
      'spaces',
    ],
    ['too long a purpose', () => ({ purpose: 'x'.repeat(10_001) }), 'INVALID', 'purpose'],
  ])('refuses %s', async (_case, wrong, code, field) => {
    expect((await propose(ann, await wrong())).errors).toMatchObject([{ code, path: ['input', field] }]);
  });

  test('is for who speaks for the organisation', async () => {
    const [colleague] = [await hub.person({ organization: acme })];
    expect((await propose(colleague)).code).toBe('FORBIDDEN');
    expect((await propose(hub.admin)).code).toBeUndefined();
    expect((await propose(ann, { organization: birch, partners: [acme] })).code).toBe('FORBIDDEN');
    expect(
      (
        await hub.change(anonymous, 'proposeSharingAgreement', {
          organization: acme,
          partners: [],
          spaces: [],
          rights: [],
        })
      ).code,
    ).toBe('UNAUTHENTICATED');
  });

  test('is done once for one idempotency key', async () => {
    const input = { organization: acme, partners: [birch], spaces: [space], rights: ['READ'] };
    await hub.changeOnce(ann, 'proposeSharingAgreement', input, 'sharingAgreement { id }', { purpose: 'other' });
  });
});

describe('signing', () => {
  test('twice changes nothing', async () => {
    const id = await agree();
    expect(await sign(ben, id, birch)).toMatchObject({ errors: [], cursor: null });
  });

  test('is done by nobody else in the name of a partner, not even by an administrator of the hub', async () => {
    const id = idIn((await propose(ann)).sharingAgreement);
    expect((await sign(ann, id, birch)).code).toBe('FORBIDDEN');
    expect((await sign(hub.admin, id, birch)).code).toBe('FORBIDDEN');
    expect(
      (await hub.change(anonymous, 'signSharingAgreement', { sharingAgreement: id, organization: birch })).code,
    ).toBe('UNAUTHENTICATED');
    const cedar = await hub.organization();
    expect((await sign(hub.admin, id, cedar)).errors).toMatchObject([
      { code: 'INVALID', path: ['input', 'organization'] },
    ]);
  });

  test('is too late for one that was taken back', async () => {
    const id = idIn((await propose(ann)).sharingAgreement);
    await revoke(ann, id, acme);
    expect((await sign(ben, id, birch)).errors).toMatchObject([
      { code: 'REVOKED', path: ['input', 'sharingAgreement'] },
    ]);
  });
});

describe('speaking for an organisation', () => {
  const appoint = (as: PersonViewer, person: PersonViewer, organization = birch) =>
    hub.change(as, 'appointOrganizationAdministrator', { organization, person: person.personId }, list);
  const dismiss = (as: PersonViewer, person: PersonViewer, organization = birch) =>
    hub.change(as, 'dismissOrganizationAdministrator', { organization, person: person.personId }, list);
  const list = 'organization { administrators { id } }';

  test('is passed on by those who do, and taken back', async () => {
    const both = { administrators: [{ id: ben.personId }, { id: bea.personId }] };
    expect((await appoint(ben, bea)).organization).toEqual(both);
    expect((await appoint(ben, bea)).cursor).toBeNull();
    expect((await dismiss(bea, ben)).organization).toEqual({ administrators: [{ id: bea.personId }] });
    const id = idIn((await propose(ann)).sharingAgreement);
    expect((await sign(ben, id, birch)).errors).toMatchObject([{ code: 'NOT_FOUND' }]);
  });

  test('ends when the person belongs to another organisation', async () => {
    await hub.change(hub.admin, 'revisePerson', { person: ben.personId, organization: acme });
    const moved = { ...ben, organizationId: acme };
    const { data } = await hub.ask(hub.admin, `query ($id: ID!) { organization(id: $id) { administrators { id } } }`, {
      id: birch,
    });
    expect(data).toEqual({ organization: { administrators: [] } });
    expect((await appoint(moved, bea)).errors).toMatchObject([{ code: 'NOT_FOUND', path: ['input', 'organization'] }]);
  });

  test('is given only to its own people, by its own people or administrators of the hub', async () => {
    expect((await appoint(hub.admin, ann)).errors).toMatchObject([{ code: 'INVALID', path: ['input', 'person'] }]);
    expect((await appoint(ann, bea)).code).toBe('FORBIDDEN');
    expect((await dismiss(bea, ben)).code).toBe('FORBIDDEN');
    expect((await dismiss(ben, bea)).errors).toMatchObject([{ code: 'NOT_FOUND', path: ['input', 'person'] }]);
    const input = { organization: birch, person: bea.personId };
    expect((await hub.change(anonymous, 'appointOrganizationAdministrator', input)).code).toBe('UNAUTHENTICATED');
  });
});

test('a list of agreements with all they say costs the same for one as for many', async () => {
  const document = `{ sharingAgreements { totalCount nodes { state organizations { name } spaces { name space { name } }
    signatures { organization { name } person { name } } } } }`;
  await agree();
  const few = (await hub.ask(ann, document)).statements;
  for (const rights of [['READ'], ['PEOPLE'], ['CONTRIBUTE']]) await agree({ rights });
  expect((await hub.ask(ann, document)).statements).toBe(few);
});
