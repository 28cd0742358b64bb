import type { Consumer } from '#kernel/consumers/consumer.js';
import { type HubEvent, isEvent } from '#kernel/events/event.js';
import type { NewInteraction } from '../interaction/interaction-kind.js';
import { eventsAtOnce, recordInteractions, tieTurn } from '../interaction/record-interactions.js';

/** Ties grow from what people did with each other outside the hub, as far as it was imported. */
export const onInteractionRecorded: Consumer = {
  name: 'on-interaction-recorded',
  source: 'people',
  types: ['people.interaction.recorded'],
  inTurn: tieTurn,
  atOnce: eventsAtOnce,
  handle: (events, tx, given) => recordInteractions(tx, given, events.flatMap(interactionIn)),
};

function interactionIn(event: HubEvent): NewInteraction[] {
  if (!isEvent(event, 'people.interaction.recorded')) return [];
  const { from, to, type, weight } = event.data;
  return [
    {
      ...{ from, to, kind: 'recorded', object: type, at: event.time, weight },
      ...{ space: null, idea: null, conversation: null },
    },
  ];
}
