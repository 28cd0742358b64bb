/** Random valid queries over the hub's own schema: our gateway and the stock one answer the same, whoever asks. */
import { parse } from 'graphql';
import { randomOperation } from '#gateway/execute/testing/random-operations.js';
import type { RandomSource } from '#gateway/execute/testing/seeded-random.js';
import { startTestHub, type TestHub } from '#test/hub/test-hub.js';
import { type Answer, answersOf } from './answers.js';
import { StoppedClock } from './stopped-clock.js';
import { startTwoGateways, type TwoGateways } from './two-gateways.js';
import { createWorld, type ViewerName, viewerNames, type World } from './world.js';

const operationsPerViewer = 80;

/** Answers longer than a hundred characters; nobody sees little of anything. Each change of the schema throws the dice anew, so there is room. */
const leastFull: Readonly<Record<ViewerName, number>> = { administrator: 30, member: 20, outsider: 16, nobody: 2 };
/** Refused at most. What is for administrators is asked of the others too, and nobody is told to sign in. */
const mostRefused: Readonly<Record<ViewerName, number>> = { administrator: 16, member: 20, outsider: 20, nobody: 32 };

let hub: TestHub;
let world: World;
let gateways: TwoGateways;

beforeAll(async () => {
  const clock = new StoppedClock();
  hub = await startTestHub({ now: clock.now });
  world = await createWorld(hub);
  clock.stop();
  gateways = await startTwoGateways(hub);
});

afterAll(async () => {
  await gateways?.stop();
  await hub?.stop();
});

describe.each(viewerNames)('asked by the %s', (name) => {
  const seeds = Array.from({ length: operationsPerViewer }, (_, index) => viewerNames.indexOf(name) * 1_000 + index);

  const answered: Answer[] = [];

  test.each(seeds)('seed %i', async (seed) => {
    const { source, variables } = operationFor(seed, name);
    const { ours, stock } = await answersOf(gateways, { document: parse(source), variables, as: world.viewers[name] });
    expect({ source, variables, ...ours }).toEqual({ source, variables, ...stock });
    answered.push(ours);
  });

  test('there was something to compare: few were refused, and many of whoever may see things are more than nulls', () => {
    expect(answered).toHaveLength(operationsPerViewer);
    expect(answered.filter(({ hasErrors }) => hasErrors).length).toBeLessThanOrEqual(mostRefused[name]);
    const full = answered.filter(({ data }) => JSON.stringify(data).length > 100).length;
    expect(full).toBeGreaterThanOrEqual(leastFull[name]);
  });
});

function operationFor(seed: number, name: ViewerName) {
  return randomOperation(gateways.supergraph.apiSchema, seed, {
    maxDepth: 6,
    valueFor,
    allows: allowedFor(seed, name),
  });
}

/** What would refuse the whole operation is left to a few seeds, so that the others look at much. */
function allowedFor(seed: number, name: ViewerName): (coordinate: string) => boolean {
  const backwards = seed % 4 === 0;
  const anything = seed % 10 === 0;
  return (coordinate) => {
    if (showsNotes.test(coordinate)) return false;
    if (anything) return true;
    if (/\((after|before)\)$/.test(coordinate)) return false;
    if (/\((first|last)\)$/.test(coordinate)) return coordinate.endsWith('(last)') === backwards;
    return name === 'administrator' || !forAdministrators.test(coordinate);
  };
}

/** Exports are noted, and what shows the notes gives no answer twice where an export stands beside it. */
const showsNotes = /^Query\.(exportMyData|auditLog|\w+Position)$/;
const forAdministrators =
  /^Query\.(\w+Records|\w+References|\w+DeadLetters|sourcePeople|suspendedPeople|accessTokens)$/;

function valueFor(coordinate: string, _type: unknown, random: RandomSource): unknown {
  const argument = /\((\w+)\)$/.exec(coordinate)?.[1];
  if (argument === 'handle') return random.pick(['ada', 'zoe', 'nobody-of-this-name']);
  if (argument === 'query') return random.pick(['depots', 'part', 'halve']);
  if (argument === 'source') return 'world';
  if (argument === 'ids') return [anyId(random), anyId(random), anyId(random)];
  if (argument === 'id') return idFor(coordinate, random);
  return argument === 'space' ? idOf('Space', random) : undefined;
}

function idFor(coordinate: string, random: RandomSource): string {
  const field = /\.(\w+)\(/.exec(coordinate)?.[1] ?? '';
  const type = field.charAt(0).toUpperCase() + field.slice(1);
  return world.ids.has(type) ? idOf(type, random) : anyId(random);
}

function anyId(random: RandomSource): string {
  return idOf(random.pick([...world.ids.keys()]), random);
}

function idOf(type: string, random: RandomSource): string {
  return random.pick(world.ids.get(type) ?? []);
}
