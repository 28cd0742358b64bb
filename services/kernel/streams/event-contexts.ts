import type { Viewer } from '../auth/viewer.js';
import type { RequestContext } from '../runtime/request-context.js';

/** Long enough for all streams that deliver an event to come by; nobody sees anything that is older. */
const keptMs = 100;

/**
 * The contexts in which events are looked at and resolved: one for each event and viewer, whatever each of the viewer's streams
 * asks for, so that a thousand of them read it from the database once. Nothing is remembered from one event to the next, nor
 * beyond a change that this process made: whoever lost access by it is not shown what was read before.
 */
export class EventContexts {
  private readonly kept = new Map<string, RequestContext>();

  of(eventId: string, viewer: Viewer, make: () => RequestContext): RequestContext {
    const key = `${eventId} ${JSON.stringify(viewer)}`;
    const known = this.kept.get(key);
    if (known) return known;
    const made = make();
    this.kept.set(key, made);
    setTimeout(() => this.kept.delete(key), keptMs).unref();
    return made;
  }

  forget(): void {
    this.kept.clear();
  }
}
