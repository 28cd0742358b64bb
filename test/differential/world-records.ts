import { type RandomSource, seededRandom } from '#gateway/execute/testing/seeded-random.js';

type WorldRecord = { readonly kind: string } & Readonly<Record<string, unknown>>;

/**
 * The same records on every machine: three organisations, nested teams, twelve people, a space of each visibility, and
 * ideas with everything in them. Ada belongs to the host and is in all spaces; zoe is of a partner and in none.
 */
export function worldRecords(): WorldRecord[] {
  const random = seededRandom(7);
  return [...directory, ...people(random), ...spaces, ...spaceRefs.flatMap((space) => life(space, random))];
}

const directory: WorldRecord[] = [
  { kind: 'organization', ref: 'host', name: 'Acme Pumps', relation: 'host', domains: ['acme.example'] },
  { kind: 'organization', ref: 'river', name: 'River Works', relation: 'customer' },
  { kind: 'organization', ref: 'far', name: 'Far Away', relation: 'partner' },
  { kind: 'team', ref: 'service', name: 'Service', organization: 'host', purpose: 'Keeps pumps running.' },
  { kind: 'team', ref: 'north', name: 'Service north', organization: 'host', parent: 'service' },
  { kind: 'team', ref: 'buyers', name: 'Buyers', organization: 'river' },
];

const staff = ['ada', 'ben', 'cleo', 'dan', 'eva', 'finn'];
const customers = ['gil', 'hana', 'ivo'];
const partners = ['yan', 'zoe'];
const writers = [...staff, ...customers];

function people(random: RandomSource): WorldRecord[] {
  const of = (names: string[], organization: string, party: string, teams: string[]) =>
    names.map((name) => ({
      kind: 'person',
      ref: name,
      name: `${name} ${random.pick(['Okafor', 'Lind', 'Moreau'])}`,
      handle: name,
      organization,
      party,
      teams: teams.filter(() => random.next() < 0.6),
      perspectives: { craft: random.pick(['mechanic', 'planner']) },
      skills: [random.pick(['seals', 'logistics'])],
      at: day(1),
    }));
  return [
    ...of(staff, 'host', 'internal', ['service', 'north']),
    ...of(customers, 'river', 'customer', ['buyers']),
    ...of(partners, 'far', 'partner', []),
  ];
}

const spaceRefs = ['open', 'shared', 'secret'];
const spaces: WorldRecord[] = [
  { kind: 'space', ref: 'open', name: 'Spare parts', visibility: 'open', owners: ['host'], members: ['ada', 'ben'] },
  { kind: 'space', ref: 'shared', name: 'Depots', visibility: 'organization', owners: ['host', 'river'] },
  { kind: 'space', ref: 'secret', name: 'Next year', visibility: 'private', owners: ['host'], members: ['ada', 'eva'] },
];

function life(space: string, random: RandomSource): WorldRecord[] {
  const challenge = `${space}-challenge`;
  const ideas = Array.from({ length: 5 }, (_, index) => `${space}-idea-${index}`);
  return [
    { kind: 'challenge', ref: challenge, space, title: `How do we halve ${space} waits?`, author: 'ada', at: day(10) },
    ...ideas.flatMap((idea, index) => ideaWithAll(space, idea, ideas.slice(0, index), random)),
    ...conversation(space, undefined, random),
  ];
}

function ideaWithAll(space: string, idea: string, earlier: string[], random: RandomSource): WorldRecord[] {
  const authors = several(writers, random);
  return [
    {
      kind: 'idea',
      ref: idea,
      space,
      title: `Lend parts between depots (${idea})`,
      body: 'Two depots a day apart hold the same part.',
      authors,
      team: random.pick(['service', 'buyers']),
      participatingTeams: ['north'],
      ...(random.next() < 0.5 ? { challenge: `${space}-challenge` } : {}),
      stage: random.pick(['draft', 'trial']),
      tags: several(['logistics', 'depots', 'seals'], random),
      buildsOn: earlier.slice(-2),
      at: day(20),
    },
    ...contributions(idea, random),
    ...several(writers, random).map((person) => ({ kind: 'endorsement', idea, person, at: day(25) })),
    ...conversation(space, idea, random),
    { kind: 'interaction', from: 'ada', to: random.pick(customers), at: day(26), type: 'meeting', weight: 2 },
  ];
}

function contributions(idea: string, random: RandomSource): WorldRecord[] {
  const types = ['build', 'question', 'evidence', 'concern'];
  return types.map((type, index) => ({
    kind: 'contribution',
    ref: `${idea}-${type}`,
    idea,
    author: random.pick(writers),
    type,
    body: `A ${type} about depots.`,
    ...(index > 0 ? { replyTo: `${idea}-${types[index - 1]}` } : {}),
    at: day(21 + index),
  }));
}

function conversation(space: string, idea: string | undefined, random: RandomSource): WorldRecord[] {
  const ref = `${idea ?? space}-talk`;
  const messages = Array.from({ length: 3 }, (_, index) => ({
    kind: 'message',
    ref: `${ref}-${index}`,
    conversation: ref,
    author: random.pick(writers),
    body: `Message ${index}: the part is in the depot.`,
    ...(index > 0 ? { replyTo: `${ref}-${index - 1}` } : {}),
    mentions: several(writers, random),
    at: day(22 + index),
  }));
  const channel = random.pick(['internal', 'customer']);
  return [
    { kind: 'conversation', ref, space, title: `About ${ref}`, ...(idea ? { idea } : {}), channel, at: day(22) },
    ...messages,
    { kind: 'reaction', message: `${ref}-1`, person: random.pick(staff), emoji: '🎉', at: day(27) },
  ];
}

/** One or two of them, each once. */
function several(items: readonly string[], random: RandomSource): string[] {
  return [...new Set([random.pick(items), random.pick(items)])];
}

function day(number: number): string {
  return `2025-03-${String(number).padStart(2, '0')}T08:00:00Z`;
}
