import type { z } from 'zod';
import { conversationsEvents } from './catalogue/conversations.js';
import { ideasEvents } from './catalogue/ideas.js';
import { peopleEvents } from './catalogue/people.js';

/** Every event of the hub: `service.noun.pastVerb`, what it tells, and the facts it carries. Printed as schema/events.json. */
export const eventCatalogue = { ...peopleEvents, ...ideasEvents, ...conversationsEvents };

export type EventType = keyof typeof eventCatalogue;
export type EventData<Type extends EventType> = z.output<(typeof eventCatalogue)[Type]['data']>;
