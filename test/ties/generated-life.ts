import { seeded } from '../crash/random.js';

const people = 30;
const teams = 5;
const days = 300;
const start = Date.UTC(2024, 0, 1);

/**
 * Hub records of a small company and its partners: what they did with each other in 300 days, in bursts, as people do. Some change
 * their team. The same for the same seed.
 */
export function generatedLife(seed: number): object[] {
  const random = seeded(seed);
  const below = (end: number) => Math.floor(random() * end);
  const at = (day: number) => new Date(start + day * 24 * 3600 * 1000 + below(24 * 60) * 60_000).toISOString();
  const someone = () => `p${below(people)}`;
  const near = (ref: string) => `p${(Number(ref.slice(1)) + 1 + below(4)) % people}`;
  const ideas = new Map<string, number>();
  const messages: { ref: string; talk: string; day: number }[] = [];

  function lifeOf(day: number): object[] {
    const quiet = day % 97 > 60;
    return Array.from({ length: quiet ? below(2) : 2 + below(8) }, () => deed(day)).flat();
  }

  function deed(day: number): object[] {
    const from = someone();
    switch (below(6)) {
      case 0:
        return [
          {
            kind: 'interaction',
            from,
            to: near(from),
            at: at(day),
            type: pick('meeting', 'work'),
            weight: 0.25 * (1 + below(6)),
          },
        ];
      case 1:
        return begin(from, day);
      case 2:
        return [{ kind: 'endorsement', idea: idea(), person: from, at: at(day) }];
      case 3:
        return say(from, day);
      case 4: {
        const said = messages.filter((message) => message.day < day).at(-1 - below(5));
        return said ? [{ kind: 'reaction', message: said.ref, person: from, emoji: '👍', at: at(day) }] : [];
      }
      default:
        return [
          {
            kind: 'contribution',
            ref: `c${day}-${below(1e9)}`,
            idea: idea(),
            author: from,
            type: 'build',
            at: at(day),
          },
        ];
    }
  }

  function begin(author: string, day: number): object[] {
    if (ideas.size > 12) return [];
    const ref = `i${ideas.size}`;
    ideas.set(ref, day);
    const time = new Date(start + day * 24 * 3600 * 1000).toISOString();
    return [
      { kind: 'idea', ref, space: 'lab', title: ref, authors: [author, near(author)], at: time },
      { kind: 'conversation', ref: `t-${ref}`, space: 'lab', title: ref, idea: ref, at: time },
    ];
  }

  function idea(): string {
    return [...ideas.keys()].at(-1 - below(4)) ?? 'i-first';
  }

  function say(author: string, day: number): object[] {
    const talk = `t-${idea()}`;
    const answered = messages.filter((message) => message.talk === talk && message.day < day).at(-1 - below(3));
    const message = { ref: `m${day}-${below(1e9)}`, talk, day };
    messages.push(message);
    const mentions = below(3) === 0 ? [near(author)] : [];
    const replyTo = answered ? { replyTo: answered.ref } : {};
    return [
      {
        kind: 'message',
        ref: message.ref,
        conversation: talk,
        author,
        body: 'Well.',
        mentions,
        ...replyTo,
        at: at(day),
      },
    ];
  }

  function pick(...choices: string[]): string {
    return choices[below(choices.length)] ?? '';
  }

  const first = new Date(start).toISOString();
  return [
    ...company(below),
    { kind: 'idea', ref: 'i-first', space: 'lab', title: 'First', authors: ['p0'], at: first },
    { kind: 'conversation', ref: 't-i-first', space: 'lab', title: 'First', idea: 'i-first', at: first },
    ...Array.from({ length: days }, (_, day) => lifeOf(day)).flat(),
  ];
}

function company(below: (end: number) => number): object[] {
  const outside = (n: number) => n % 7 === 3;
  const person = (n: number, team: number, month: number) => ({
    kind: 'person',
    ref: `p${n}`,
    name: `Person ${n}`,
    organization: outside(n) ? 'bolt' : 'acme',
    party: outside(n) ? 'partner' : 'internal',
    teams: n % 11 === 10 ? [] : [`t${team}`],
    at: new Date(Date.UTC(2023, 11 + month, 1)).toISOString(),
  });
  const everybody = Array.from({ length: people }, (_, n) => n);
  return [
    { kind: 'organization', ref: 'acme', name: 'Acme', relation: 'host' },
    { kind: 'organization', ref: 'bolt', name: 'Bolt', relation: 'partner' },
    ...Array.from({ length: teams }, (_, n) => ({
      kind: 'team',
      ref: `t${n}`,
      name: `Team ${n}`,
      organization: 'acme',
    })),
    ...everybody.map((n) => person(n, n % teams, 0)),
    // Who moves is known before anything happens: a home is looked up when a day is told.
    ...everybody.filter((n) => n % 4 === 1).map((n) => person(n, below(teams), 4 + below(4))),
    { kind: 'space', ref: 'lab', name: 'Lab', visibility: 'open' },
  ];
}
