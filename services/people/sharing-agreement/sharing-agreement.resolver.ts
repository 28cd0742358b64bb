import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { type Connection, connect } from '#kernel/connections/connection.js';
import { answerMutation } from '#kernel/graphql/answer-mutation.js';
import { PageArgs } from '#kernel/graphql/page.type.js';
import { NeedsScope } from '#kernel/graphql/scope.js';
import type { Organization } from '../organization/organization.entity.js';
import { OrganizationType } from '../organization/organization.type.js';
import type { PeopleContext } from '../people-context.js';
import type { Person } from '../person/person.entity.js';
import { PersonType } from '../person/person.type.js';
import type { Space } from '../space/space.entity.js';
import { SpaceType } from '../space/space.type.js';
import { type SharingAgreement, type SharingState, stateOf } from './sharing-agreement.entity.js';
import {
  ProposeSharingAgreementInput,
  ProposeSharingAgreementPayload,
  RevokeSharingAgreementInput,
  RevokeSharingAgreementPayload,
  SharingAgreementFilterInput,
  SignSharingAgreementInput,
  SignSharingAgreementPayload,
} from './sharing-agreement.input.js';
import {
  maxParties,
  maxSharedSpaces,
  proposeSharingAgreement,
  revokeSharingAgreement,
  signSharingAgreement,
} from './sharing-agreement.js';
import { type Signature, selectAgreements } from './sharing-agreement.repository.js';
import {
  OfferedSpaceType,
  SharingAgreementConnection,
  SharingAgreementType,
  SharingSignatureType,
  SharingStateType,
} from './sharing-agreement.type.js';

const forParties = 'for the administrators of an organisation (of the host also those of the hub)';

@Resolver(() => SharingAgreementType)
export class SharingAgreementResolver {
  @NeedsScope('access:admin')
  @Query(() => SharingAgreementType, {
    nullable: true,
    description: 'One agreement, or null when there is none with this id that you may see.',
  })
  sharingAgreement(
    @Ctx() ctx: PeopleContext,
    @Arg('id', () => ID, { description: 'Id of an agreement.' }) id: string,
  ): Promise<SharingAgreement | null> {
    return ctx.sharingAgreements.load(id);
  }

  @NeedsScope('access:admin')
  @Query(() => SharingAgreementConnection, {
    description: 'The agreements of organisations you speak for, the newest first; all for administrators.',
  })
  sharingAgreements(
    @Ctx() ctx: PeopleContext,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => SharingAgreementFilterInput, {
      nullable: true,
      description: 'Which agreements; all when left out.',
    })
    filter?: SharingAgreementFilterInput | null,
  ): Promise<Connection<SharingAgreement>> {
    return connect<SharingAgreement>(ctx, selectAgreements(ctx.viewer, filter ?? {}), page);
  }

  @NeedsScope('access:admin')
  @Mutation(() => ProposeSharingAgreementPayload, {
    description: `Proposes to share spaces with the people of other organisations; ${forParties}.`,
  })
  proposeSharingAgreement(
    @Ctx() ctx: PeopleContext,
    @Arg('input', () => ProposeSharingAgreementInput, { description: 'The agreement.' })
    input: ProposeSharingAgreementInput,
  ): Promise<ProposeSharingAgreementPayload> {
    return answerMutation(input, () => proposeSharingAgreement(ctx, input));
  }

  @NeedsScope('access:admin')
  @Mutation(() => SignSharingAgreementPayload, {
    description: `Signs for an organisation; the last signature puts the agreement in force. It is ${forParties}.`,
  })
  signSharingAgreement(
    @Ctx() ctx: PeopleContext,
    @Arg('input', () => SignSharingAgreementInput, { description: 'Agreement and organisation.' })
    input: SignSharingAgreementInput,
  ): Promise<SignSharingAgreementPayload> {
    return answerMutation(input, () => signSharingAgreement(ctx, input));
  }

  @NeedsScope('access:admin')
  @Mutation(() => RevokeSharingAgreementPayload, {
    description: `Ends an agreement at once and for all its parties; for administrators of any of them and those of the hub.`,
  })
  revokeSharingAgreement(
    @Ctx() ctx: PeopleContext,
    @Arg('input', () => RevokeSharingAgreementInput, { description: 'Agreement and organisation.' })
    input: RevokeSharingAgreementInput,
  ): Promise<RevokeSharingAgreementPayload> {
    return answerMutation(input, () => revokeSharingAgreement(ctx, input));
  }

  @FieldResolver(() => SharingStateType, { description: 'Where it stands.' })
  state(@Root() agreement: SharingAgreement): SharingState {
    return stateOf(agreement);
  }

  @FieldResolver(() => OrganizationType, { nullable: true, description: 'Who proposed it.' })
  proposer(@Root() agreement: SharingAgreement, @Ctx() ctx: PeopleContext): Promise<Organization | null> {
    return ctx.organizations.load(agreement.proposerId);
  }

  @FieldResolver(() => [OrganizationType], {
    nullable: 'items',
    description: `All who have to sign, 2 to ${maxParties}, the proposer first.`,
  })
  organizations(@Root() agreement: SharingAgreement, @Ctx() ctx: PeopleContext): Promise<(Organization | null)[]> {
    return Promise.all(agreement.organizationIds.map((id) => ctx.organizations.load(id)));
  }

  @FieldResolver(() => [OfferedSpaceType], { description: `What it shares, 1 to ${maxSharedSpaces}.` })
  spaces(@Root() agreement: SharingAgreement): OfferedSpace[] {
    return agreement.spaceIds.map((spaceId, place) => ({ spaceId, name: agreement.spaceNames[place] ?? '' }));
  }

  @FieldResolver(() => [SharingSignatureType], {
    description: `Who has signed so far, in that order; at most ${maxParties}.`,
  })
  signatures(@Root() agreement: SharingAgreement, @Ctx() ctx: PeopleContext): Promise<readonly Signature[]> {
    return ctx.signatures.load(agreement.id);
  }

  @FieldResolver(() => OrganizationType, { nullable: true, description: 'Who revoked it; null while it is not.' })
  async revokedBy(@Root() agreement: SharingAgreement, @Ctx() ctx: PeopleContext): Promise<Organization | null> {
    return agreement.revokedById === null ? null : ctx.organizations.load(agreement.revokedById);
  }
}

interface OfferedSpace {
  readonly spaceId: string;
  readonly name: string;
}

@Resolver(() => OfferedSpaceType)
export class OfferedSpaceResolver {
  @FieldResolver(() => SpaceType, { nullable: true, description: 'The space; null while you may not see it.' })
  space(@Root() offered: OfferedSpace, @Ctx() ctx: PeopleContext): Promise<Space | null> {
    return ctx.spaces.load(offered.spaceId);
  }
}

@Resolver(() => SharingSignatureType)
export class SharingSignatureResolver {
  @FieldResolver(() => OrganizationType, { nullable: true, description: 'For whom.' })
  organization(@Root() signature: Signature, @Ctx() ctx: PeopleContext): Promise<Organization | null> {
    return ctx.organizations.load(signature.organizationId);
  }

  @FieldResolver(() => PersonType, { nullable: true, description: 'By whom; null for somebody you may not see.' })
  person(@Root() signature: Signature, @Ctx() ctx: PeopleContext): Promise<Person | null> {
    return ctx.people.load(signature.personId);
  }
}

@Resolver(() => SpaceType)
export class SharedSpaceResolver {
  @FieldResolver(() => [OrganizationType], {
    nullable: 'items',
    description: 'The organisations, beside its owners, whose people see it by an agreement in force; may be empty.',
  })
  async sharedWith(@Root() space: Space, @Ctx() ctx: PeopleContext): Promise<(Organization | null)[]> {
    if (space.visibility !== 'organization') return [];
    return Promise.all(space.sharedRead.map((id) => ctx.organizations.load(id)));
  }
}
