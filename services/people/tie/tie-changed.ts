import type { EventType } from '#kernel/events/catalogue.js';
import type { HubEvent } from '#kernel/events/event.js';
import type { StreamField } from '#kernel/streams/stream-field.js';
import type { PeopleContext } from '../people-context.js';
import { isSelf } from './tie.policy.js';
import type { Tie } from './tie-standing.js';

export const tieChangeKinds = {
  'people.tie.formed': 'FORMED',
  'people.tie.reciprocated': 'RECIPROCATED',
  'people.tie.wentDormant': 'WENT_DORMANT',
  'people.tie.lost': 'LOST',
  'people.tie.revived': 'REVIVED',
} as const satisfies Partial<Record<EventType, string>>;

type TieEventType = keyof typeof tieChangeKinds;
export type TieChangeKind = (typeof tieChangeKinds)[TieEventType];

/** Something happened to a tie of the viewer. */
export interface TieChanged {
  readonly event: HubEvent<TieEventType>;
  readonly kind: TieChangeKind;
}

export function toTieChanged(event: HubEvent): TieChanged | undefined {
  return isTieEvent(event) ? { event, kind: tieChangeKinds[event.type] } : undefined;
}

/** The tie as it is now, from the side of the viewer; null when it is not kept any more. */
export async function changedTie({ event }: TieChanged, ctx: PeopleContext): Promise<Tie | null> {
  const [one = '', other = ''] = event.data.people;
  return isSelf(ctx.viewer, one) ? ctx.ties.load({ a: one, b: other }) : ctx.ties.load({ a: other, b: one });
}

/** What happens to one's own ties. Of those that are not kept any more nothing is told. */
export const tieChanged: StreamField<{ readonly after?: string | null }, PeopleContext> = {
  types: Object.keys(tieChangeKinds) as TieEventType[],
  matches: (event, _, { viewer }) => isTieEvent(event) && event.data.people.some((person) => isSelf(viewer, person)),
  async visible(event, ctx) {
    const changed = toTieChanged(event);
    return changed !== undefined && (await changedTie(changed, ctx)) !== null;
  },
};

function isTieEvent(event: HubEvent): event is HubEvent<TieEventType> {
  return Object.hasOwn(tieChangeKinds, event.type);
}
