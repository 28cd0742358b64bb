import { Field, InputType, ObjectType } from 'type-graphql';
import { CreatingInput, MutationPayload } from '#kernel/graphql/mutation.type.js';
import { InstantScalar } from '#kernel/graphql/scalars.js';
import type { SetConsent } from './consent.js';
import type { Consent } from './consent.loader.js';

@ObjectType('Consent', { description: 'What you let the hub keep of you.' })
export class ConsentType implements Consent {
  @Field(() => Boolean, { description: 'Whether ties of yours are kept. They are until you say otherwise.' })
  ties: boolean;

  @Field(() => InstantScalar, { nullable: true, description: 'When you last changed it; null when you never did.' })
  changedAt: Date | null;
}

@InputType({ description: 'What you let the hub keep of you.' })
export class SetConsentInput extends CreatingInput implements SetConsent {
  @Field(() => Boolean, {
    description:
      'False: no ties of yours are kept or shown from now on, and those there are get deleted. True: they are kept again, ' +
      'beginning with what happens from now on.',
  })
  ties: boolean;
}

@ObjectType({ description: 'What setConsent did.' })
export class SetConsentPayload extends MutationPayload {
  @Field(() => ConsentType, { nullable: true, description: 'What holds now; null when there are errors.' })
  consent: Consent | null;
}
