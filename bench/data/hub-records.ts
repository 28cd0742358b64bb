/** Records of a hub as the import reads them, the same ones in every run. */
export function* hubRecords(): Generator<object> {
  yield* directory();
  yield { kind: 'space', ref: 'space', name: 'Spare parts', visibility: 'organization', owners: ['organization-0'] };
  for (let idea = 0; idea < ideas; idea += 1) yield* ideaWithAll(idea);
}

export const hostRef = 'organization-0';
export const spaceRef = 'space';
export const viewerRef = 'person-0';

const ideas = 200;
const people = 60;
const teams = 12;
const organizations = 5;

function* directory(): Generator<object> {
  for (let index = 0; index < organizations; index += 1) {
    const relation = index === 0 ? 'host' : 'partner';
    yield { kind: 'organization', ref: `organization-${index}`, name: `Organisation ${index}`, relation };
  }
  for (let index = 0; index < teams; index += 1) {
    const organization = `organization-${index % organizations}`;
    yield { kind: 'team', ref: `team-${index}`, name: `Team ${index}`, organization };
  }
  for (let index = 0; index < people; index += 1) {
    yield {
      kind: 'person',
      ref: person(index),
      name: `Person Number ${index}`,
      organization: `organization-${index % organizations}`,
      teams: distinct(1 + (index % 3), teams, index).map((team) => `team-${team}`),
      party: index % organizations === 0 ? 'internal' : 'partner',
      at: at(0),
    };
  }
}

function* ideaWithAll(index: number): Generator<object> {
  const ref = `idea-${index}`;
  yield {
    kind: 'idea',
    ref,
    space: spaceRef,
    title: `Idea ${index}: ${words(6, index)}`,
    body: words(60, index),
    authors: distinct(3, people, index * 7).map(person),
    stage: index % 4 === 0 ? 'trial' : 'submitted',
    at: at(index * 60),
  };
  for (let place = 0; place < 5 + ((index * 7) % 26); place += 1) {
    yield {
      kind: 'contribution',
      ref: `${ref}-${place}`,
      idea: ref,
      author: person(index * 3 + place * 5),
      type: contributionTypes[place % contributionTypes.length],
      body: words(20 + (place % 20), index + place),
      at: at(index * 60 + place),
    };
  }
  for (const endorser of distinct(index % 25, people, index))
    yield { kind: 'endorsement', idea: ref, person: person(endorser), at: at(index * 60 + 40) };
  yield* conversationOf(index, ref);
}

function* conversationOf(index: number, idea: string): Generator<object> {
  const ref = `conversation-${index}`;
  yield { kind: 'conversation', ref, space: spaceRef, title: words(5, index), idea, at: at(index * 60 + 1) };
  for (let place = 0; place < 10 + ((index * 11) % 31); place += 1) {
    yield {
      kind: 'message',
      ref: `message-${index}-${place}`,
      conversation: ref,
      author: person(index + place * 11),
      body: words(10 + (place % 30), index * place),
      at: at(index * 60 + 2 + place),
    };
  }
}

const contributionTypes = ['build', 'question', 'evidence', 'concern'];
const vocabulary =
  'depot pump seal customer river winter route spare order crew shift signal valve label crate meter north visit repair trial price promise store truck bolt'.split(
    ' ',
  );

function words(count: number, from: number): string {
  return Array.from({ length: count }, (_, place) => vocabulary[(from * 7 + place * (1 + (from % 5))) % 25]).join(' ');
}

function person(index: number): string {
  return `person-${index % people}`;
}

/** Numbers below a limit, none of them twice. */
function distinct(count: number, limit: number, from: number): number[] {
  return Array.from({ length: count }, (_, place) => (from + place * 7) % limit);
}

function at(minutes: number): string {
  return new Date(Date.UTC(2025, 0, 6, 8) + minutes * 60_000).toISOString();
}
