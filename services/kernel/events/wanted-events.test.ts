import { eventually } from '#test/hub/eventually.js';
import { type TestService, testServices } from '#test/service/test-service.js';
import type { EventType } from './catalogue.js';
import { beforeAllEvents, comparePositions, type EventPosition, type HubEvent } from './event.js';

let services: Awaited<ReturnType<typeof testServices>>;
let service: TestService;
let all: HubEvent[];

/** Nine events, every third of them wanted. */
beforeAll(async () => {
  services = await testServices();
  service = await services.start();
  await service.context().write({ name: 'happen', input: {} }, async (tx) => {
    for (let n = 1; n <= 9; n += 1) tx.append({ type: n % 3 === 0 ? wanted : other, subject: `${n}`, data: {} });
  });
  all = await eventually(
    () => service.reader.read(beforeAllEvents, 100),
    (events) => events.length === 9,
  );
});

afterAll(async () => {
  await services.stop();
});

const wanted: EventType = 'ideas.challenge.opened';
const other: EventType = 'ideas.challenge.revised';

async function look(after: EventPosition, limit: number): Promise<[string[], string | undefined]> {
  const { events, reached } = await service.reader.readOf([wanted], after, limit);
  const last = all.find(({ position }) => reached && comparePositions(position, reached) === 0);
  return [events.map(({ subject }) => subject), last?.subject];
}

function position(subject: string): EventPosition {
  return all.find((event) => event.subject === subject)?.position ?? beforeAllEvents;
}

test('a reader of some types gets those alone, and passes over the others', async () => {
  expect(await look(beforeAllEvents, 100)).toEqual([['3', '6', '9'], '9']);
});

test('it gets as far as it looked, whether or not the last event is one it wants', async () => {
  expect(await look(beforeAllEvents, 5)).toEqual([['3'], '5']);
  expect(await look(position('5'), 1)).toEqual([['6'], '6']);
  expect(await look(position('6'), 2)).toEqual([[], '8']);
});

test('it is told when there is nothing more', async () => {
  expect(await look(position('9'), 100)).toEqual([[], undefined]);
});
