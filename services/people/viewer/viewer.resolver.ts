import { Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { scopeNames, scopes } from '#kernel/auth/scopes.js';
import type { ClientViewer, PersonViewer } from '#kernel/auth/viewer.js';
import type { Organization } from '../organization/organization.entity.js';
import { OrganizationType } from '../organization/organization.type.js';
import type { PeopleContext } from '../people-context.js';
import type { Person } from '../person/person.entity.js';
import { PersonType } from '../person/person.type.js';
import { ScopeType, ViewerType } from './viewer.type.js';

type SignedIn = PersonViewer | ClientViewer;

@Resolver(() => ViewerType)
export class ViewerResolver {
  @Query(() => ViewerType, { nullable: true, description: 'You, or null when you are not signed in.' })
  viewer(@Ctx() { viewer }: PeopleContext): SignedIn | null {
    return viewer.kind === 'person' || viewer.kind === 'client' ? viewer : null;
  }

  @Query(() => [ScopeType], { name: 'scopes', description: 'All scopes there are, about a dozen.' })
  allScopes(): ScopeType[] {
    return scopeNames.map((name) => ({ name, description: scopes[name] }));
  }

  @FieldResolver(() => PersonType, {
    nullable: true,
    description: 'You as others see you; null for an API client, and when erased meanwhile.',
  })
  async person(@Root() viewer: SignedIn, @Ctx() ctx: PeopleContext): Promise<Person | null> {
    return viewer.kind === 'person' ? ctx.people.load(viewer.personId) : null;
  }

  @FieldResolver(() => OrganizationType, { nullable: true, description: 'Your organisation, if any.' })
  async organization(@Root() { organizationId }: SignedIn, @Ctx() ctx: PeopleContext): Promise<Organization | null> {
    return organizationId === null ? null : ctx.organizations.load(organizationId);
  }

  @FieldResolver(() => Boolean, {
    description: 'Whether you may do what only administrators may; never for an API client.',
  })
  administrator(@Root() viewer: SignedIn): boolean {
    return viewer.kind === 'person' && viewer.administrator;
  }

  @FieldResolver(() => [String], { description: 'The scopes you have.' })
  scopes(@Root() viewer: SignedIn): readonly string[] {
    return viewer.scopes ?? scopeNames;
  }

  @FieldResolver(() => [ID], {
    nullable: true,
    description: 'Ids of the only spaces an API client may enter, up to 100; null when you are not limited to some.',
  })
  spaces(@Root() viewer: SignedIn): readonly string[] | null {
    return viewer.kind === 'client' ? viewer.spaces : null;
  }
}
