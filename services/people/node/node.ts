import { requestError } from '#kernel/errors/request-error.js';
import { type Keyed, refer } from '#kernel/graphql/entity-key.js';
import { kindOfId } from '#kernel/ids/id.js';
import type { PeopleContext } from '../people-context.js';

/** What other services own and `node` can name. */
export const foreignNodeNames = ['Challenge', 'Contribution', 'Conversation', 'Idea', 'Message'] as const;

export type FoundNode = { readonly id: string } | Keyed;

/** The thing of an id: our own is looked up, that of another service is named, so that its owner is asked whether it exists. */
export async function findNode(ctx: PeopleContext, id: string): Promise<FoundNode | null> {
  const kind = kindOfId(id);
  if (foreignNodeNames.some((name) => name === kind)) return refer(id);
  switch (kind) {
    case 'Organization':
      return ctx.organizations.load(id);
    case 'Team':
      return ctx.teams.load(id);
    case 'Membership':
      return ctx.memberships.load(id);
    case 'Person':
      return ctx.people.load(id);
    case 'Space':
      return ctx.spaces.load(id);
    case 'Invitation':
      return ctx.invitations.load(id);
    case 'SharingAgreement':
      return ctx.sharingAgreements.load(id);
    case 'SpaceMembership':
      return ctx.spaceMemberships.load(id);
    case 'TeamTie':
      return ctx.teamTies.load(id);
    default:
      return null;
  }
}

const maxNodes = 100;

export async function findNodes(ctx: PeopleContext, ids: readonly string[]): Promise<(FoundNode | null)[]> {
  if (ids.length > maxNodes) {
    throw requestError('BAD_INPUT', `Ask for at most ${maxNodes} ids at once; these are ${ids.length}.`);
  }
  return Promise.all(ids.map((id) => findNode(ctx, id)));
}
