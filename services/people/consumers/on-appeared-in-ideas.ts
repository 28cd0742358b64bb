import type { Consumer } from '#kernel/consumers/consumer.js';
import { type HubEvent, isEvent } from '#kernel/events/event.js';
import { type Appearance, appearanceTurn, recordAppearances } from '../appearance/appearance.repository.js';

/** Who brought, changed or supported something in a space is known there to all who see the space. */
export const onAppearedInIdeas: Consumer = {
  name: 'on-appeared-in-ideas',
  source: 'ideas',
  types: [
    'ideas.challenge.opened',
    'ideas.idea.submitted',
    'ideas.idea.revised',
    'ideas.idea.stageMoved',
    'ideas.idea.endorsed',
    'ideas.contribution.added',
  ],
  inTurn: appearanceTurn,
  handle: (events, tx) => recordAppearances(tx, events.flatMap(appearancesIn)),
};

function appearancesIn(event: HubEvent): Appearance[] {
  const { space, actor: by } = event;
  if (space === null) return [];
  const authors =
    isEvent(event, 'ideas.idea.submitted') || isEvent(event, 'ideas.idea.revised') ? event.data.authors : [];
  return [...(by === null ? [] : [by]), ...authors].map((person) => ({ person, space, by }));
}
