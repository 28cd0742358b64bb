import type { Consumer } from '#kernel/consumers/consumer.js';
import { type HubEvent, isEvent } from '#kernel/events/event.js';
import { coContributions } from '../interaction/co-contribution.js';
import type { IdeaContribution } from '../interaction/co-contribution.repository.js';
import { interactionWeights, type NewInteraction } from '../interaction/interaction-kind.js';
import { eventsAtOnce, isProgram, recordInteractions, tieTurn } from '../interaction/record-interactions.js';

/**
 * Ties grow where people join in with the ideas of others: by answering, contributing to the same idea, or endorsing. That an
 * endorsement is withdrawn takes nothing back: it was given.
 */
export const onIdeaJoined: Consumer = {
  name: 'on-idea-joined',
  source: 'ideas',
  types: ['ideas.contribution.added', 'ideas.idea.endorsed'],
  inTurn: tieTurn,
  atOnce: eventsAtOnce,
  async handle(events, tx, given) {
    const { happened, retracted } = await coContributions(tx, given, events.flatMap(contributionIn));
    await recordInteractions(tx, given, [...events.flatMap(interactionsIn), ...happened], retracted);
  },
};

function contributionIn(event: HubEvent): IdeaContribution[] {
  if (!isEvent(event, 'ideas.contribution.added') || event.actor === null || isProgram(event.actor)) return [];
  return [{ idea: event.data.idea, person: event.actor, at: event.time, space: event.space }];
}

function interactionsIn(event: HubEvent): NewInteraction[] {
  const { actor, time: at, space, subject } = event;
  if (actor === null) return [];
  if (isEvent(event, 'ideas.contribution.added')) {
    const { idea, replyTo, repliedTo } = event.data;
    if (replyTo === null || repliedTo === null) return [];
    const reply = { kind: 'reply', object: replyTo, weight: interactionWeights.reply } as const;
    return [{ ...reply, from: actor, to: repliedTo, at, space, idea, conversation: null }];
  }
  if (isEvent(event, 'ideas.idea.endorsed')) {
    const endorsement = { kind: 'endorsement', object: subject, weight: interactionWeights.endorsement } as const;
    const where = { at, space, idea: subject, conversation: null };
    return event.data.ideaAuthors.map((to) => ({ ...endorsement, ...where, from: event.data.person, to }));
  }
  return [];
}
