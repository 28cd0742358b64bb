import type { EventType } from '../events/catalogue.js';
import type { EventPosition, HubEvent } from '../events/event.js';
import type { RequestContext } from '../runtime/request-context.js';
import { type Followed, followLog } from './follow-log.js';
import { readAhead } from './read-ahead.js';

/** What a subscription field streams, besides its GraphQL shape. */
export interface StreamField<Arguments extends StreamArguments, Context extends RequestContext> {
  readonly types: readonly EventType[];
  /** Whether these arguments ask for the event; by the event alone. */
  matches(event: HubEvent, args: Arguments, ctx: Context): boolean;
  /** Whether the event exists for this viewer now; asked at the time of delivery, with a fresh context. */
  visible(event: HubEvent, ctx: Context): Promise<boolean>;
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
      readonly previous: string;
    }
  | { readonly kind: 'heartbeat'; readonly cursor: string };

/** Events judged at the same time when a stream catches up. Few: between judgement and delivery access may be taken away. */
const ahead = 16;

/**
 * The `subscribe` function of a subscription field. The place to start from is settled before it answers, so a cursor that
 * cannot be honoured refuses the subscription, and "now" is the moment of subscribing.
 */
export function subscribeTo<Arguments extends StreamArguments, Context extends RequestContext>(
  field: StreamField<Arguments, Context>,
) {
  return async ({ args, context }: { args: unknown; context: unknown }) => {
    const ctx = context as Context;
    const { after } = args as Arguments;
    const start = after ? await ctx.cursors.positionOf(after) : ctx.stream().tail.position();
    return streamFrom(field, args as Arguments, ctx, start);
  };
}

async function* streamFrom<Arguments extends StreamArguments, Context extends RequestContext>(
  field: StreamField<Arguments, Context>,
  args: Arguments,
  ctx: Context,
  start: EventPosition,
): AsyncGenerator<StreamItem, void> {
  const { tail, reader, signal, renew } = ctx.stream();
  const wants = (event: HubEvent) => field.types.includes(event.type) && field.matches(event, args, ctx);
  let previous = args.after ?? (await ctx.cursors.cursorOf(start));
  // At once, so that whoever loses this stream before the first event knows where to go on.
  yield { kind: 'heartbeat', cursor: previous };
  const followed = followLog({ tail, reader, after: start, wants, signal });
  for await (const item of readAhead(followed, ahead, (next) => judge(field, ctx, renew, next))) {
    if (item === undefined) continue;
    if (item.kind === 'heartbeat') {
      yield item;
      continue;
    }
    yield { ...item, previous };
    previous = item.cursor;
  }
}

/** What becomes of one item; undefined for an event that does not exist for this viewer. */
async function judge<Context extends RequestContext>(
  field: Pick<StreamField<never, Context>, 'visible'>,
  ctx: Context,
  renew: () => RequestContext,
  item: Followed,
) {
  if (item.kind === 'reached') return { kind: 'heartbeat', cursor: await ctx.cursors.cursorOf(item.position) } as const;
  const context = renew() as Context;
  if (!(await field.visible(item.event, context))) return undefined;
  return {
    kind: 'event',
    event: item.event,
    context,
    cursor: await ctx.cursors.cursorOf(item.event.position),
  } as const;
}
