import type { EventData, EventType } from '#kernel/events/catalogue.js';
import { interactionsOf } from './interactions-of.js';
import type { RawEvent } from './raw-events.js';

const minute = (number: number) => new Date(Date.UTC(2024, 0, 1, 10, number));
const day = (number: number) => new Date(Date.UTC(2024, 0, 1 + number, 10));

let count = 0;
/** An event of `actor`; what a test does not say has no part in it. */
function event<Type extends EventType>(type: Type, actor: string | null, data: EventData<Type>, time = minute(0)) {
  count += 1;
  return { id: `event_${count}`, type, subject: 'a subject', time, actor, data } as RawEvent;
}

function contributed(actor: string, time: Date, repliedTo: string | null = null): RawEvent {
  const data = { type: 'build', challenge: null, replyTo: null, party: null } as const;
  return event('ideas.contribution.added', actor, { ...data, idea: 'idea', ideaAuthors: ['author'], repliedTo }, time);
}

function posted(actor: string, facts: { repliedTo?: string; mentions?: string[] }, time = minute(0)): RawEvent {
  const data = { conversation: 'talk', idea: null, channel: 'internal', replyTo: null, party: null } as const;
  const { repliedTo = null, mentions = [] } = facts;
  return event('conversations.message.posted', actor, { ...data, repliedTo, mentions }, time);
}

function met(from: string, to: string, weight: number, time: Date, type = 'meeting'): RawEvent {
  return event('people.interaction.recorded', from, { from, to, type, weight }, time);
}

const seen = (...events: RawEvent[]) =>
  interactionsOf(events).map(({ from, to, kind, weight }) => `${from} ${kind} ${to} ${weight}`);

test('a reply, a mention, an endorsement, a reaction and a bare trace count as much as they are worth', () => {
  expect(seen(posted('ann', { repliedTo: 'bob', mentions: ['cy'] }))).toEqual([
    'ann reply bob 1',
    'ann mention cy 0.5',
  ]);
  expect(seen(event('ideas.idea.endorsed', 'ann', { person: 'ann', ideaAuthors: ['bob', 'cy'] }))).toEqual([
    'ann endorsement bob 0.25',
    'ann endorsement cy 0.25',
  ]);
  const reacted = { conversation: 'talk', emoji: '👍', messageAuthor: 'bob' };
  expect(seen(event('conversations.message.reacted', 'ann', reacted))).toEqual(['ann reaction bob 0.1']);
  expect(seen(met('ann', 'bob', 7, minute(0)))).toEqual(['ann interaction:meeting bob 7']);
});

test('what people do towards themselves, and what the hub does, is nothing', () => {
  expect(seen(posted('ann', { repliedTo: 'ann' }), met('ann', 'ann', 1, minute(0)))).toEqual([]);
  expect(seen(event('ideas.idea.endorsed', null, { person: 'ann', ideaAuthors: ['bob'] }))).toEqual([]);
});

test('a mention of more than eight people is a mention of nobody', () => {
  const people = (number: number) => Array.from({ length: number }, (_, n) => `p${n}`);
  expect(seen(posted('ann', { mentions: people(8) }))).toHaveLength(8);
  expect(seen(posted('ann', { mentions: people(9) }))).toEqual([]);
});

test('people whom an edit adds are mentioned by it', () => {
  const data = { conversation: 'talk', idea: null, mentions: ['bob', 'cy'], newMentions: ['cy'] };
  expect(seen(event('conversations.message.edited', 'ann', data))).toEqual(['ann mention cy 0.5']);
});

test('the same towards the same on the same day counts once, by the first, and again on the next day', () => {
  const reply = (time: Date) => posted('ann', { repliedTo: 'bob' }, time);
  expect(seen(reply(minute(0)), reply(minute(9)))).toEqual(['ann reply bob 1']);
  expect(seen(reply(day(0)), reply(day(1)))).toHaveLength(2);
  expect(
    seen(met('ann', 'bob', 5, minute(1)), met('ann', 'bob', 1, minute(0)), met('ann', 'bob', 2, minute(0))),
  ).toEqual(['ann interaction:meeting bob 2']);
  expect(seen(met('ann', 'bob', 1, minute(0)), met('ann', 'bob', 1, minute(0), 'work'))).toHaveLength(2);
});

test('a contribution is one towards those who contributed within 14 days before, not towards the authors', () => {
  expect(seen(contributed('ann', day(0)), contributed('bob', day(14)))).toEqual(['bob coContribution ann 0.5']);
  expect(seen(contributed('ann', day(0)), contributed('bob', day(15)))).toEqual([]);
  expect(seen(contributed('ann', day(1)), contributed('bob', day(0)))).toEqual(['ann coContribution bob 0.5']);
});

test('of more than ten other contributors the ten latest are met', () => {
  const others = Array.from({ length: 12 }, (_, n) => contributed(`p${n}`, minute(n)));
  const towards = seen(...others, contributed('ann', minute(30))).filter((line) => line.startsWith('ann '));
  expect(towards).toHaveLength(10);
  expect(towards).toContain('ann coContribution p11 0.5');
  expect(towards).not.toContain('ann coContribution p1 0.5');
});

test('an answer to a contribution is a reply to its author as well', () => {
  expect(seen(contributed('ann', day(0)), contributed('bob', day(0), 'ann'))).toContain('bob reply ann 1');
});
