import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Connection } from '#kernel/connections/connection.js';
import { type Keyed, referTo } from '#kernel/graphql/entity-key.js';
import { PageArgs } from '#kernel/graphql/page.type.js';
import { PersonWithIdeas } from '../foreign/foreign-types.js';
import type { Idea } from '../idea/idea.entity.js';
import { IdeaType } from '../idea/idea.type.js';
import type { IdeasContext } from '../ideas-context.js';
import type { IdeaRevision } from './revision.entity.js';
import { revisionsOfIdea } from './revision.repository.js';
import { IdeaRevisionConnection, IdeaRevisionType } from './revision.type.js';

@Resolver(() => IdeaRevisionType)
export class IdeaRevisionResolver {
  @FieldResolver(() => PersonWithIdeas, { nullable: true, description: 'Who made it; null when imported or erased.' })
  editor(@Root() revision: IdeaRevision): Keyed | null {
    return referTo('Person', revision.editorId);
  }
}

@Resolver(() => IdeaType)
export class IdeaRevisionsResolver {
  @FieldResolver(() => IdeaRevisionConnection, { description: 'Its revisions with the words each had, newest first.' })
  revisions(
    @Root() idea: Idea,
    @Ctx() ctx: IdeasContext,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Connection<IdeaRevision>> {
    return ctx.lists.load(idea.id, revisionsOfIdea, page, () => idea.revision);
  }
}
