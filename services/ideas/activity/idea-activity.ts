import type { EventType } from '#kernel/events/catalogue.js';
import type { HubEvent } from '#kernel/events/event.js';
import type { StreamField } from '#kernel/streams/stream-field.js';
import type { IdeasContext } from '../ideas-context.js';

export interface IdeaActivityFilter {
  readonly after?: string | null;
  readonly space?: string | null;
  readonly idea?: string | null;
}

export const ideaActivityKinds = {
  'ideas.idea.submitted': 'SUBMITTED',
  'ideas.idea.revised': 'REVISED',
  'ideas.idea.stageMoved': 'STAGE_MOVED',
  'ideas.contribution.added': 'CONTRIBUTED',
  'ideas.contribution.revised': 'CONTRIBUTION_REVISED',
  'ideas.idea.endorsed': 'ENDORSED',
  'ideas.idea.endorsementWithdrawn': 'ENDORSEMENT_WITHDRAWN',
  'ideas.idea.hidden': 'HIDDEN',
  'ideas.idea.restored': 'RESTORED',
  'ideas.contribution.hidden': 'CONTRIBUTION_HIDDEN',
  'ideas.contribution.restored': 'CONTRIBUTION_RESTORED',
} as const satisfies Partial<Record<EventType, string>>;

export type IdeaActivityKind = (typeof ideaActivityKinds)[IdeaActivityEventType];
type IdeaActivityEventType = keyof typeof ideaActivityKinds;

/** Whatever happens to an idea: what it is, to which idea, and the facts of the change. */
export interface IdeaActivity {
  readonly event: HubEvent;
  readonly kind: IdeaActivityKind;
  readonly ideaId: string;
  readonly contributionId: string | null;
  readonly stageFrom: string | null;
  readonly stageTo: string | null;
  readonly revision: number | null;
  readonly changed: readonly string[];
}

const nothing = { contributionId: null, stageFrom: null, stageTo: null, revision: null, changed: [] };

/** Reads an event of the log as activity; undefined for events that are none. */
export function toIdeaActivity(event: HubEvent): IdeaActivity | undefined {
  const { subject } = event;
  if (is(event, 'ideas.idea.submitted'))
    return { ...nothing, event, kind: 'SUBMITTED', ideaId: subject, stageTo: event.data.stage, revision: 1 };
  if (is(event, 'ideas.idea.revised')) {
    const { revision, changed } = event.data;
    return { ...nothing, event, kind: 'REVISED', ideaId: subject, revision, changed };
  }
  if (is(event, 'ideas.idea.stageMoved')) {
    const { from, to } = event.data;
    return { ...nothing, event, kind: 'STAGE_MOVED', ideaId: subject, stageFrom: from, stageTo: to };
  }
  if (is(event, 'ideas.contribution.added'))
    return { ...nothing, event, kind: 'CONTRIBUTED', ideaId: event.data.idea, contributionId: subject };
  if (is(event, 'ideas.contribution.revised')) {
    return { ...nothing, event, kind: 'CONTRIBUTION_REVISED', ideaId: event.data.idea, contributionId: subject };
  }
  if (is(event, 'ideas.idea.endorsed')) return { ...nothing, event, kind: 'ENDORSED', ideaId: subject };
  if (is(event, 'ideas.idea.endorsementWithdrawn'))
    return { ...nothing, event, kind: 'ENDORSEMENT_WITHDRAWN', ideaId: subject };
  return toModeration(event);
}

function toModeration(event: HubEvent): IdeaActivity | undefined {
  const { subject } = event;
  if (is(event, 'ideas.idea.hidden')) return { ...nothing, event, kind: 'HIDDEN', ideaId: subject };
  if (is(event, 'ideas.idea.restored')) return { ...nothing, event, kind: 'RESTORED', ideaId: subject };
  if (is(event, 'ideas.contribution.hidden'))
    return { ...nothing, event, kind: 'CONTRIBUTION_HIDDEN', ideaId: event.data.idea, contributionId: subject };
  if (is(event, 'ideas.contribution.restored'))
    return { ...nothing, event, kind: 'CONTRIBUTION_RESTORED', ideaId: event.data.idea, contributionId: subject };
  return undefined;
}

function is<Type extends IdeaActivityEventType>(event: HubEvent, type: Type): event is HubEvent<Type> {
  return event.type === type;
}

/** Everything that happens to the ideas of a space, or to one idea. */
export const ideaActivity: StreamField<IdeaActivityFilter, IdeasContext> = {
  types: Object.keys(ideaActivityKinds) as IdeaActivityEventType[],
  matches: (event, { space, idea }) =>
    (!space || space === event.space) && (!idea || idea === toIdeaActivity(event)?.ideaId),
  async visible(event, ctx) {
    const activity = toIdeaActivity(event);
    if (!activity) return false;
    const { kind, ideaId, contributionId } = activity;
    // Whoever shows it has to hear that it is hidden now; of who did not know it, nothing but an id is told.
    if (kind === 'HIDDEN') return (await ctx.spaces.known(ctx.viewer, [event.space ?? ''])).size > 0;
    if ((await ctx.ideas.load(ideaId)) === null) return false;
    if (kind === 'CONTRIBUTION_HIDDEN' || contributionId === null) return true;
    return (await ctx.contributions.load(contributionId)) !== null;
  },
};

/** Who moderated is for moderators; see the case. */
export function actorOf({ kind, event }: IdeaActivity): string | null {
  return moderationKinds.includes(kind) ? null : event.actor;
}

const moderationKinds: readonly IdeaActivityKind[] = [
  'HIDDEN',
  'RESTORED',
  'CONTRIBUTION_HIDDEN',
  'CONTRIBUTION_RESTORED',
];
