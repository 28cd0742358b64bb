import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import type { PersonViewer } from '#kernel/auth/viewer.js';
import { answerMutation } from '#kernel/graphql/answer-mutation.js';
import { NeedsScope } from '#kernel/graphql/scope.js';
import type { PeopleContext } from '../people-context.js';
import { ViewerType } from '../viewer/viewer.type.js';
import { setConsent } from './consent.js';
import type { Consent } from './consent.loader.js';
import { ConsentType, SetConsentInput, SetConsentPayload } from './consent.type.js';

@Resolver(() => ViewerType)
export class ConsentResolver {
  @NeedsScope('people:write')
  @Mutation(() => SetConsentPayload, {
    description: 'Says what the hub may keep of you. Nobody else can say it for you.',
  })
  setConsent(
    @Ctx() ctx: PeopleContext,
    @Arg('input', () => SetConsentInput, { description: 'What you let be kept.' }) input: SetConsentInput,
  ): Promise<SetConsentPayload> {
    return answerMutation(input, () => setConsent(ctx, input));
  }

  @FieldResolver(() => ConsentType, { description: 'What you let the hub keep of you.' })
  consent(@Root() viewer: PersonViewer, @Ctx() ctx: PeopleContext): Promise<Consent> {
    return ctx.consents.load(viewer.personId);
  }
}
