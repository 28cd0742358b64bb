import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { InstantScalar } from '../graphql/scalars.js';

@Directive('@shareable')
@ObjectType('DeadLetter', {
  description: 'An event that a consumer could not handle and has set aside, so that the events behind it go on.',
})
export class DeadLetterType {
  @Field(() => ID, { description: 'Id of the event.' })
  event: string;

  @Field(() => String, { description: 'Type of the event, for example people.space.opened.' })
  type: string;

  @Field(() => String, { description: 'Who could not handle it.' })
  consumer: string;

  @Field(() => String, { description: 'What went wrong at the last attempt; at most 2,000 characters.' })
  error: string;

  @Field(() => Int, { description: 'How often it was tried since it was set aside or asked for again; at most 8.' })
  attempts: number;

  @Field(() => InstantScalar, { description: 'When it was set aside.' })
  firstFailedAt: Date;

  @Field(() => InstantScalar, {
    nullable: true,
    description: 'When it is tried again; null when it was given up and waits for somebody to mend the cause.',
  })
  nextAttemptAt: Date | null;
}
