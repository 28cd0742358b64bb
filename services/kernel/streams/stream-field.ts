import { notSignedIn } from '../errors/request-error.js';
import type { EventType } from '../events/catalogue.js';
import type { EventPosition, HubEvent } from '../events/event.js';
import type { RequestContext } from '../runtime/request-context.js';
import { followLog } from './follow-log.js';

/** What a subscription field streams, besides its GraphQL shape. */
export interface StreamField<Arguments extends StreamArguments, Context extends RequestContext> {
  readonly types: readonly EventType[];
  /** Whether these arguments ask for the event; by the event alone. */
  matches(event: HubEvent, args: Arguments, ctx: Context): boolean;
  /** Whether the event exists for this viewer now; asked at the time of delivery, with a fresh context. */
  visible(event: HubEvent, ctx: Context, args: Arguments): Promise<boolean>;
}

export interface StreamArguments {
  readonly after?: string | null;
}

/** One item of a source stream, with the context in which its event is to be resolved. */
export type StreamItem =
  | {
      readonly kind: 'event';
      readonly event: HubEvent;
      readonly context: RequestContext;
      readonly cursor: string;
      /** The cursor of the event before it on this subscription, or that from which the subscription began. */
      readonly previous: string;
    }
  | { readonly kind: 'heartbeat'; readonly cursor: string };

/**
 * The `subscribe` function of a subscription field. The place to start from is settled before it answers, so a cursor that
 * cannot be honoured refuses the subscription, and "now" is the moment of subscribing.
 */
export function subscribeTo<Arguments extends StreamArguments, Context extends RequestContext>(
  field: StreamField<Arguments, Context>,
) {
  return async ({ args, context }: { args: unknown; context: unknown }) => {
    const ctx = context as Context;
    if (ctx.viewer.kind === 'anonymous') throw notSignedIn();
    return streamFrom(field, args as Arguments, ctx, await startOf(args as Arguments, ctx));
  };
}

async function startOf({ after }: StreamArguments, ctx: RequestContext): Promise<EventPosition> {
  const { tail } = ctx.stream();
  return after == null ? tail.position() : ctx.cursors.positionOf(after, tail.holds);
}

/** Begins with a heartbeat, so that whoever loses the connection before the first event has a cursor to come back with. */
async function* streamFrom<Arguments extends StreamArguments, Context extends RequestContext>(
  field: StreamField<Arguments, Context>,
  args: Arguments,
  ctx: Context,
  start: EventPosition,
): AsyncGenerator<StreamItem, void> {
  const { renew, ...following } = ctx.stream();
  const take = (event: HubEvent) => {
    if (!field.types.includes(event.type) || !field.matches(event, args, ctx)) return undefined;
    return shownTo(renew(event.id) as Context, event, field, args);
  };
  let previous = args.after ?? (await ctx.cursors.cursorOf(start));
  yield { kind: 'heartbeat', cursor: previous };
  for await (const followed of followLog({ ...following, after: start, take })) {
    if (followed.kind === 'reached') {
      yield { kind: 'heartbeat', cursor: await ctx.cursors.cursorOf(followed.position) };
      continue;
    }
    const cursor = await ctx.cursors.cursorOf(followed.item.event.position);
    yield { kind: 'event', ...followed.item, cursor, previous };
    previous = cursor;
  }
}

async function shownTo<Arguments extends StreamArguments, Context extends RequestContext>(
  context: Context,
  event: HubEvent,
  field: StreamField<Arguments, Context>,
  args: Arguments,
): Promise<{ event: HubEvent; context: Context } | undefined> {
  return (await field.visible(event, context, args)) ? { event, context } : undefined;
}
