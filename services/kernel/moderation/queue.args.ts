import { ArgsType, Field, ID } from 'type-graphql';
import { PageArgs } from '../graphql/page.type.js';
import type { CaseFilter } from './moderation.repository.js';
import { CaseStateEnum } from './moderation.type.js';
import type { CaseState } from './moderation-case.js';

@ArgsType()
export class QueueArgs extends PageArgs implements CaseFilter {
  @Field(() => ID, { nullable: true, description: 'Only cases of this space; of all you moderate when left out.' })
  space?: string | null;

  @Field(() => [CaseStateEnum], {
    nullable: true,
    description: 'Only cases in one of these states; REPORTED and APPEALED, which wait for a decision, when left out.',
  })
  states?: CaseState[] | null;
}
