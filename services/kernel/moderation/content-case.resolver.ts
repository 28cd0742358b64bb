import { type ClassType, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { NeedsScope } from '../graphql/scope.js';
import type { ModerationContext } from './moderation.loader.js';
import type { ModerationCase } from './moderation-case.js';

/** Adds to a type of content what moderation knows of it. */
export function contentCaseResolver(content: ClassType, caseType: ClassType<ModerationCase>): ClassType {
  @Resolver(() => content)
  class ContentCaseResolver {
    @NeedsScope('moderation:read')
    @FieldResolver(() => caseType, {
      nullable: true,
      description:
        'What moderators decided or have to decide about it; for them, and for its author once it was hidden. Null for others.',
    })
    moderation(@Root() { id }: { readonly id: string }, @Ctx() ctx: ModerationContext): Promise<ModerationCase | null> {
      return ctx.moderation.of(id);
    }
  }
  return ContentCaseResolver;
}
