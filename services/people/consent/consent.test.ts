import { anonymous, type PersonViewer } from '#kernel/auth/viewer.js';
import { type PeopleFixture, startPeople } from '../people.fixture.js';
import { dayMs } from '../tie/decay.js';
import { hand, met, storedTie } from '../tie/ties.fixture.js';

let hub: PeopleFixture;
let ann: PersonViewer;
let bob: PersonViewer;

beforeAll(async () => {
  hub = await startPeople();
});

beforeEach(async () => {
  [ann, bob] = [await hub.person(), await hub.person()];
});

afterAll(() => hub.stop());

const ago = (days: number) => new Date(hub.now().getTime() - days * dayMs);
const fields = 'consent { ties changedAt }';
const consentOf = async (person: PersonViewer) =>
  (await hub.ask<{ viewer: { consent: object } }>(person, `{ viewer { ${fields} } }`)).data.viewer.consent;

describe('setConsent', () => {
  test('keeps ties until a person says otherwise, and says so to the person', async () => {
    expect(await consentOf(ann)).toEqual({ ties: true, changedAt: null });
    const { consent, errors } = await hub.changeOnce(ann, 'setConsent', { ties: false }, fields, { ties: true });
    expect([consent, errors]).toEqual([{ ties: false, changedAt: expect.any(String) }, []]);
    expect(await consentOf(ann)).toEqual(consent);
    expect(await hub.events('people.consent.changed', ann.personId)).toMatchObject([{ data: { ties: false } }]);
  });

  test('changes nothing the second time', async () => {
    const first = await hub.change(ann, 'setConsent', { ties: false }, fields);
    const second = await hub.change(ann, 'setConsent', { ties: false }, fields);
    expect(second).toMatchObject({ consent: first.consent, cursor: null, errors: [] });
  });

  test('deletes the ties there are, on both sides, with what they were made of', async () => {
    await hand(hub.service, [met(ann, bob, ago(2)), met(bob, ann, ago(1))]);
    await hub.change(ann, 'setConsent', { ties: false });
    expect([
      await storedTie(hub.service, ann.personId, bob.personId),
      await storedTie(hub.service, bob.personId, ann.personId),
    ]).toEqual([undefined, undefined]);
    const left = await Promise.all(
      ['tie', 'tie_day', 'tie_fact', 'counted_interaction'].map((table) =>
        hub.service.database.dataSource.query(`SELECT count(*)::integer AS count FROM people.${table}`),
      ),
    );
    expect(left.flat()).toEqual(left.map(() => ({ count: 0 })));
  });

  test('takes them out of the ties of teams', async () => {
    const [sales, lab] = [await hub.team(), await hub.team()];
    await hub.change(hub.admin, 'joinTeam', { team: sales, person: ann.personId });
    await hub.change(hub.admin, 'joinTeam', { team: lab, person: bob.personId });
    await hand(hub.service, [met(ann, bob, ago(2)), met(bob, ann, ago(1))]);
    const document = 'query ($id: ID!) { team(id: $id) { ties { totalCount } } }';
    const countOf = async () => (await hub.ask(bob, document, { id: lab })).data;
    expect(await countOf()).toEqual({ team: { ties: { totalCount: 1 } } });
    await hub.change(ann, 'setConsent', { ties: false });
    expect(await countOf()).toEqual({ team: { ties: { totalCount: 0 } } });
  });

  test('keeps nothing from then on, and begins anew when it is given again', async () => {
    await hub.change(ann, 'setConsent', { ties: false });
    await hand(hub.service, [met(ann, bob, ago(3)), met(bob, ann, ago(2))]);
    expect(await storedTie(hub.service, ann.personId, bob.personId)).toBeUndefined();
    await hub.change(ann, 'setConsent', { ties: true });
    await hand(hub.service, [met(ann, bob, ago(1))]);
    expect(await storedTie(hub.service, ann.personId, bob.personId)).toMatchObject({ state: 'contact' });
  });

  test('is for persons who are signed in', async () => {
    expect((await hub.change(anonymous, 'setConsent', { ties: false })).code).toBe('UNAUTHENTICATED');
  });
});
