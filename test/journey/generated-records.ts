/**
 * Hub records of every kind, the same at every call: `ideas` ideas in two spaces, with what people add to them, say about them and do
 * with each other. They come in runs of one kind, as exports of other systems do.
 */
export function generatedRecords(ideas: number): object[] {
  const people = Math.ceil(ideas / 4) + 4;
  return [...world(people), ...runsOf(ideas, 40).flatMap((run) => lifeOf(run, people))];
}

/** Records per idea, and those that stand in front of all ideas, besides the people. */
export const recordsPerIdea = 16;
export const otherRecords = 8;

export const spaces = ['lab', 'club'] as const;

function world(people: number): object[] {
  return [
    { kind: 'organization', ref: 'acme', name: 'Acme', relation: 'host', domains: ['acme.example'] },
    { kind: 'organization', ref: 'bolt', name: 'Bolt', relation: 'customer' },
    { kind: 'team', ref: 'works', name: 'Works', organization: 'acme', purpose: 'Makes things' },
    { kind: 'team', ref: 'press', name: 'Press', organization: 'acme', parent: 'works' },
    { kind: 'team', ref: 'users', name: 'Users', organization: 'bolt' },
    ...range(people).map(person),
    { kind: 'space', ref: 'lab', name: 'Lab', visibility: 'open', purpose: 'For everybody' },
    {
      kind: 'space',
      ref: 'club',
      name: 'Club',
      visibility: 'private',
      owners: ['acme'],
      members: range(people)
        .filter((n) => n % 2 === 0)
        .map(refOf.person),
    },
    {
      kind: 'challenge',
      ref: 'waste',
      space: 'lab',
      title: 'Less waste',
      body: 'Half of it',
      author: 'p0',
      at: time(1),
    },
  ];
}

function person(n: number): object {
  const outside = n % 3 === 0;
  return {
    kind: 'person',
    ref: refOf.person(n),
    name: `Person ${n}`,
    handle: `person-${n}`,
    organization: outside ? 'bolt' : 'acme',
    teams: [outside ? 'users' : n % 2 === 0 ? 'works' : 'press'],
    perspectives: { region: n % 2 === 0 ? 'north' : 'south' },
    skills: ['listening'],
    at: time(0),
  };
}

function lifeOf(run: readonly number[], people: number): object[] {
  const who = (n: number) => refOf.person(n % people);
  const each = (make: (n: number) => object[]) => run.flatMap(make);
  return [
    ...each((n) => [idea(n, who)]),
    ...each((n) => [
      {
        kind: 'contribution',
        ref: `c${n}`,
        idea: refOf.idea(n),
        author: who(n + 1),
        type: 'question',
        body: `Why ${n}?`,
        at: time(n, 1),
      },
      {
        kind: 'contribution',
        ref: `d${n}`,
        idea: refOf.idea(n),
        author: who(n),
        type: 'evidence',
        body: `Because ${n}.`,
        replyTo: `c${n}`,
        at: time(n, 2),
      },
    ]),
    ...each((n) =>
      range(4).map((k) => ({ kind: 'endorsement', idea: refOf.idea(n), person: who(n + k), at: time(n, 3 + k) })),
    ),
    ...each((n) => [{ kind: 'endorsement', idea: refOf.idea(n), person: who(n), at: time(n, 8), value: 0 }]),
    ...each((n) => [
      {
        kind: 'conversation',
        ref: `t${n}`,
        space: spaceOf(n),
        title: `About ${n}`,
        idea: refOf.idea(n),
        channel: 'customer',
        at: time(n, 9),
      },
    ]),
    ...each((n) => [
      {
        kind: 'message',
        ref: `m${n}`,
        conversation: `t${n}`,
        author: who(n),
        body: `What of ${n}?`,
        mentions: [who(n + 1)],
        at: time(n, 10),
      },
      {
        kind: 'message',
        ref: `n${n}`,
        conversation: `t${n}`,
        author: who(n + 1),
        body: 'Fine — déjà vu 🧵',
        replyTo: `m${n}`,
        at: time(n, 11),
      },
      { kind: 'message', ref: `o${n}`, conversation: `t${n}`, author: who(n + 2), body: '', at: time(n, 12) },
    ]),
    ...each((n) => [
      { kind: 'reaction', message: `m${n}`, person: who(n + 3), emoji: '👍', at: time(n, 13) },
      { kind: 'reaction', message: `m${n}`, person: who(n + 2), emoji: '🎉', at: time(n, 14) },
    ]),
    ...each((n) => [
      { kind: 'interaction', from: who(n), to: who(n + 1), at: time(n, 15), type: 'meeting', weight: 2 },
    ]),
  ];
}

function idea(n: number, who: (n: number) => string): object {
  return {
    kind: 'idea',
    ref: refOf.idea(n),
    space: spaceOf(n),
    title: `Idea ${n}`,
    body: `What if ${n}?`,
    authors: [who(n), who(n + 5)],
    team: 'works',
    participatingTeams: ['users'],
    ...(spaceOf(n) === 'lab' ? { challenge: 'waste' } : {}),
    stage: 'trial',
    tags: ['reuse', `t${n % 7}`],
    ...(n >= 2 ? { buildsOn: [refOf.idea(n - 2)] } : {}),
    at: time(n),
  };
}

const refOf = { person: (n: number) => `p${n}`, idea: (n: number) => `i${n}` };

function spaceOf(n: number): (typeof spaces)[number] {
  return n % 2 === 0 ? 'lab' : 'club';
}

function time(hour: number, minute = 0): string {
  return new Date(Date.UTC(2024, 0, 1, hour, minute)).toISOString();
}

function range(count: number): number[] {
  return Array.from({ length: count }, (_, n) => n);
}

function runsOf(count: number, size: number): number[][] {
  return range(Math.ceil(count / size)).map((run) =>
    range(Math.min(size, count - run * size)).map((n) => run * size + n),
  );
}
