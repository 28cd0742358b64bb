import { statement } from '#kernel/database/statement.js';
import { runCaptured } from '../../services/hub/testing/captured-command.js';
import { eventually } from '../hub/eventually.js';
import { type Story, seed } from '../hub/seed.js';
import { startTestHub, type TestHub } from '../hub/test-hub.js';

let hub: TestHub;
let story: Story;

beforeAll(async () => {
  hub = await startTestHub();
  story = await seed(hub);
});

afterAll(() => hub.stop());

const ideas = (text: string) => hub.service('ideas').database.read<{ id: string }>(statement(text));

/** From now on the consumer of ideas fails at every private space. */
async function breakPrivateSpaces(): Promise<void> {
  await ideas(
    `CREATE FUNCTION ideas.refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'out of order'; END $$`,
  );
  await ideas(`CREATE TRIGGER refuse BEFORE INSERT ON ideas.space_access FOR EACH ROW WHEN (NEW.visibility = 'private')
    EXECUTE FUNCTION ideas.refuse()`);
}

const mend = () => ideas('DROP FUNCTION ideas.refuse() CASCADE');
const giveUp = () => ideas('UPDATE ideas.dead_letter SET attempts = 8, next_attempt_at = NULL');

async function open(visibility: 'OPEN' | 'PRIVATE'): Promise<string> {
  const { openSpace } = await story.mira.run<{ openSpace: { space: { id: string } } }>(
    'mutation ($visibility: SpaceVisibility!) { openSpace(input: { name: "New", visibility: $visibility }) { space { id } } }',
    { visibility },
  );
  return openSpace.space.id;
}

const ideasOf = (space: string) =>
  story.mira.send<{ submitIdea: { errors: { code: string }[] } }>(
    'mutation ($space: ID!) { submitIdea(input: { space: $space, title: "One" }) { errors { code } } }',
    { space },
  );
const canSubmit = async (space: string) => (await ideasOf(space)).data?.submitIdea.errors.length === 0;

function command(...args: string[]) {
  return runCaptured(['events', ...args, '--url', `${hub.url}/graphql`], { WEFT_TOKEN: hub.admin.token ?? '' });
}

test('a poison event is listed, holds nobody else up, and is handled once it is retried', async () => {
  expect(await command('list-dead')).toEqual({ code: 0, out: '', err: '' });
  await breakPrivateSpaces();
  const poisoned = await open('PRIVATE');
  const start = Date.now();
  const healthy = await open('OPEN');
  await eventually(() => canSubmit(healthy), Boolean);
  const waited = Date.now() - start;
  const { out } = await eventually(
    () => command('list-dead'),
    (listed) => listed.out !== '',
  );
  const letter = JSON.parse(out) as { event: string };
  expect(letter).toMatchObject({
    service: 'ideas',
    consumer: 'on-space-changed',
    type: 'people.space.opened',
    error: expect.stringContaining('out of order'),
  });
  expect(waited).toBeLessThan(5_000);
  await giveUp();
  await mend();
  expect(await command('retry', letter.event)).toEqual({
    code: 0,
    out: 'tried again by ideas: on-space-changed\n',
    err: '',
  });
  await eventually(() => canSubmit(poisoned), Boolean);
  expect((await command('list-dead')).out).toBe('');
});

test('retrying what nobody set aside says so', async () => {
  const { code, err } = await command('retry', 'event_unknown');
  expect({ code, err }).toEqual({
    code: 1,
    err: expect.stringContaining('no consumer has set the event event_unknown aside'),
  });
});

test('the command says how it is called', async () => {
  expect((await command('bury')).code).toBe(2);
  expect((await command('retry')).err).toContain('"retry" and the id of an event');
});

describe.each(['people', 'ideas', 'conversations'])('of %s', (service) => {
  const name = `${service.charAt(0).toUpperCase()}${service.slice(1)}`;
  const list = `{ ${service}DeadLetters { event } }`;
  const retry = `mutation { retry${name}DeadLetter(input: { event: "event_1", clientMutationId: "mine" }) { consumers clientMutationId errors { code path } } }`;

  test('dead letters are for administrators', async () => {
    expect([await story.mira.codeOf(list), await story.mira.codeOf(retry)]).toEqual(['FORBIDDEN', 'FORBIDDEN']);
    expect([await hub.anonymous.codeOf(list), await hub.anonymous.codeOf(retry)]).toEqual([
      'UNAUTHENTICATED',
      'UNAUTHENTICATED',
    ]);
  });

  test('retrying an unknown one is told in the payload, as often as it is tried', async () => {
    const answer = {
      consumers: null,
      clientMutationId: 'mine',
      errors: [{ code: 'NOT_FOUND', path: ['input', 'event'] }],
    };
    for (let time = 0; time < 2; time += 1)
      expect(await hub.admin.run(retry)).toEqual({ [`retry${name}DeadLetter`]: answer });
  });
});
