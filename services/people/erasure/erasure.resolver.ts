import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { type Connection, connect } from '#kernel/connections/connection.js';
import { answerMutation } from '#kernel/graphql/answer-mutation.js';
import { PageArgs } from '#kernel/graphql/page.type.js';
import { InstantScalar } from '#kernel/graphql/scalars.js';
import { NeedsScope } from '#kernel/graphql/scope.js';
import type { PeopleContext } from '../people-context.js';
import { type ErasingService, type Erasure, type ErasureReceipt, erasingServices } from './erasure.entity.js';
import { ErasePersonInput, ErasePersonPayload } from './erasure.input.js';
import { erasePerson } from './erasure.js';
import { selectErasures } from './erasure.repository.js';
import { ErasingServiceEnum, ErasureConnection, ErasureReceiptType, ErasureType } from './erasure.type.js';

@Resolver(() => ErasureType)
export class ErasureResolver {
  @NeedsScope('privacy:write')
  @Mutation(() => ErasePersonPayload, {
    description:
      'Takes a person out of the hub, for good: name, handle, perspectives, memberships, ties and tokens go; what they wrote ' +
      'stays without them. For the person, and for administrators. It cannot be taken back.',
  })
  erasePerson(
    @Ctx() ctx: PeopleContext,
    @Arg('input', () => ErasePersonInput, { description: 'Who.' }) input: ErasePersonInput,
  ): Promise<ErasePersonPayload> {
    return answerMutation(input, () => erasePerson(ctx, input));
  }

  @NeedsScope('privacy:write')
  @Query(() => ErasureType, {
    nullable: true,
    description: 'One erasure; null when there is none with this id, and for all but administrators.',
  })
  erasure(
    @Ctx() ctx: PeopleContext,
    @Arg('id', () => ID, { description: 'Id of an erasure.' }) id: string,
  ): Promise<Erasure | null> {
    return ctx.erasures.load(id);
  }

  @NeedsScope('privacy:write')
  @Query(() => ErasureConnection, {
    description: 'All erasures, latest first; for administrators, and empty for others.',
  })
  erasures(
    @Ctx() ctx: PeopleContext,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('pendingOnly', () => Boolean, {
      defaultValue: false,
      description: 'True: only those that not every service has done yet.',
    })
    pendingOnly: boolean,
  ): Promise<Connection<Erasure>> {
    return connect<Erasure>(ctx, selectErasures(ctx.viewer, pendingOnly), page);
  }

  @FieldResolver(() => [ErasureReceiptType], { description: 'The services that have done it, in the order they did.' })
  receipts(@Root() { id }: Erasure, @Ctx() ctx: PeopleContext): Promise<readonly ErasureReceipt[]> {
    return ctx.erasureReceipts.load(id);
  }

  @FieldResolver(() => [ErasingServiceEnum], {
    description: 'The services that have not done it yet; empty when it is complete.',
  })
  async pending(@Root() { id }: Erasure, @Ctx() ctx: PeopleContext): Promise<ErasingService[]> {
    const done = (await ctx.erasureReceipts.load(id)).map(({ service }) => service);
    return erasingServices.filter((service) => !done.includes(service));
  }

  @FieldResolver(() => InstantScalar, {
    nullable: true,
    description: 'When the last service had done it; null before.',
  })
  async completedAt(@Root() { id }: Erasure, @Ctx() ctx: PeopleContext): Promise<Date | null> {
    const receipts = await ctx.erasureReceipts.load(id);
    return receipts.length === erasingServices.length ? (receipts.at(-1)?.completedAt ?? null) : null;
  }
}
