import { Field, Int, ObjectType } from 'type-graphql';
import { NeedsScope } from '#kernel/graphql/scope.js';
import type { Distance } from './distance.js';

@NeedsScope('people:read')
@ObjectType('PersonDistance', { description: 'How far you are from somebody, by ties that are not lost.' })
export class PersonDistanceType {
  @Field(() => Int, {
    nullable: true,
    description: 'Ties on the shortest way, 0 to yourself, at most 3; null when there is no such way.',
  })
  hops: Distance['hops'];

  @Field(() => Int, { description: 'How many people both of you have a tie with.' })
  sharedContactCount: number;

  @Field(() => String, { description: 'All of this in words: one or several sentences in English.' })
  explanation: string;
}
