import { ArgsType, Field, ID, ObjectType } from 'type-graphql';
import type { PartyKind } from '#kernel/auth/viewer.js';
import { PartyType } from '#kernel/graphql/party.type.js';
import { StreamArgs, StreamEvent } from '#kernel/graphql/stream.type.js';
import type { ContributionType } from './contribution.entity.js';
import { ContributionTypeEnum } from './contribution.type.js';
import type { ContributionAddedFilter } from './contribution-added.js';

@ArgsType()
export class ContributionAddedArgs extends StreamArgs implements ContributionAddedFilter {
  @Field(() => ID, { nullable: true, description: 'Only contributions in this space.' })
  space?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only contributions to this idea.' })
  idea?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only contributions to ideas that answer this challenge.' })
  challenge?: string | null;

  @Field(() => PartyType, {
    nullable: true,
    description: 'Only contributions by people of this party; imported history carries none and is left out.',
  })
  party?: PartyKind | null;

  @Field(() => [ContributionTypeEnum], { nullable: true, description: 'Only contributions of these types.' })
  types?: ContributionType[] | null;
}

@ObjectType('ContributionAdded', { description: 'Somebody contributed to an idea.' })
export class ContributionAddedType extends StreamEvent {}
