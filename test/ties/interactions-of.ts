import { groupBy } from './group-by.js';
import { dayMs, dayOf, type Interaction } from './interaction.js';
import type { RawEvent } from './raw-events.js';

const weights = { reply: 1, coContribution: 0.5, mention: 0.5, endorsement: 0.25, reaction: 0.1 };
const mostMentions = 8;
const coContributors = 10;
const coContributionMs = 14 * dayMs;

/** Everything that people did towards each other, by the events, each thing once per pair, kind, object and UTC day. */
export function interactionsOf(events: readonly RawEvent[]): Interaction[] {
  const told = [...events.flatMap(toldBy), ...coContributionsIn(events)];
  return countedOnce(told.filter(({ from, to }) => from !== to));
}

function toldBy(event: RawEvent): Interaction[] {
  const { time: at, actor: from } = event;
  if (from === null) return [];
  switch (event.type) {
    case 'people.interaction.recorded': {
      const { to, type, weight } = event.data;
      return [{ from: event.data.from, to, kind: `interaction:${type}`, object: null, at, weight }];
    }
    case 'ideas.contribution.added':
      return each(event.data.repliedTo, (to) => ({
        from,
        to,
        kind: 'reply',
        object: event.data.replyTo,
        at,
        weight: weights.reply,
      }));
    case 'ideas.idea.endorsed':
      return event.data.ideaAuthors.map((to) => ({
        from,
        to,
        kind: 'endorsement',
        object: event.subject,
        at,
        weight: weights.endorsement,
      }));
    case 'conversations.message.posted': {
      const { replyTo: object, repliedTo } = event.data;
      const replies = each(repliedTo, (to) => ({ from, to, kind: 'reply', object, at, weight: weights.reply }));
      return [...replies, ...mentions(event.data.mentions, event.data.mentions)];
    }
    case 'conversations.message.edited':
      return mentions(event.data.newMentions, event.data.mentions);
    case 'conversations.message.reacted': {
      const to = event.data.messageAuthor;
      return [{ from, to, kind: 'reaction', object: event.subject, at, weight: weights.reaction }];
    }
    default:
      return [];
  }

  function mentions(added: readonly string[], all: readonly string[]): Interaction[] {
    if (from === null || all.length > mostMentions || !('conversation' in event.data)) return [];
    const object = event.data.conversation;
    return added.map((to) => ({ from, to, kind: 'mention', object, at, weight: weights.mention }));
  }
}

function each(to: string | null, make: (to: string) => Interaction): Interaction[] {
  return to === null ? [] : [make(to)];
}

interface Contributed {
  readonly idea: string;
  readonly by: string;
  readonly at: Date;
}

/** Each contribution is one towards those who contributed to the idea in the 14 days before, the ten latest of them. */
function coContributionsIn(events: readonly RawEvent[]): Interaction[] {
  const contributions = events.flatMap((event): Contributed[] =>
    event.type === 'ideas.contribution.added' && event.actor !== null
      ? [{ idea: event.data.idea, by: event.actor, at: event.time }]
      : [],
  );
  const byIdea = groupBy(contributions, ({ idea }) => idea);
  return [...byIdea.values()].flatMap((ofIdea) => ofIdea.flatMap((one) => towardsEarlier(one, ofIdea)));
}

function towardsEarlier({ idea, by, at }: Contributed, all: readonly Contributed[]): Interaction[] {
  const age = (other: Contributed) => at.getTime() - other.at.getTime();
  const earlier = all
    .filter((other) => other.by !== by && age(other) >= 0 && age(other) <= coContributionMs)
    .sort((a, b) => age(a) - age(b) || (a.by < b.by ? -1 : 1));
  const latest = [...new Set(earlier.map((other) => other.by))].slice(0, coContributors);
  return latest.map((to) => ({
    from: by,
    to,
    kind: 'coContribution',
    object: idea,
    at,
    weight: weights.coContribution,
  }));
}

/** Of several on one day the first counts, of two at the same moment the weightier: no order of arrival can make a difference. */
function countedOnce(told: readonly Interaction[]): Interaction[] {
  const same = groupBy(told, ({ from, to, kind, object, at }) => JSON.stringify([from, to, kind, object, dayOf(at)]));
  return [...same.values()].flatMap((group) => group.toSorted(earliestFirst).slice(0, 1));
}

function earliestFirst(one: Interaction, other: Interaction): number {
  return one.at.getTime() - other.at.getTime() || other.weight - one.weight;
}
