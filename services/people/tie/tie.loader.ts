import DataLoader from 'dataloader';
import { condition, toStatement } from '#kernel/connections/condition.js';
import type { RequestContext } from '#kernel/runtime/request-context.js';
import { visibleTie } from './tie.policy.js';
import { tieColumns } from './tie-list.js';
import type { Tie } from './tie-standing.js';

/** Two people, from the side of `a`. */
export interface TieKey {
  readonly a: string;
  readonly b: string;
}

/** Ties of pairs, many in one statement; null where there is none that the viewer may see. */
export type TieLoader = Pick<DataLoader<TieKey, Tie | null, string>, 'load'>;

export function tieLoader(ctx: RequestContext): TieLoader {
  return new DataLoader<TieKey, Tie | null, string>(
    async (keys) => {
      const { statement, values } = toStatement(
        (place) => `
          SELECT ${tieColumns} FROM unnest(${place(
            condition(
              '?::text[], ?::text[]',
              keys.map(({ a }) => a),
              keys.map(({ b }) => b),
            ),
          )}) k(a, b)
          JOIN tie t ON t.a = k.a AND t.b = k.b WHERE ${place(visibleTie(ctx.viewer))}`,
      );
      const rows = new Map((await ctx.db.read<Tie>(statement, values)).map((tie) => [keyOf(tie), tie]));
      return keys.map((key) => rows.get(keyOf(key)) ?? null);
    },
    { cacheKeyFn: keyOf },
  );
}

function keyOf({ a, b }: TieKey): string {
  return `${a} ${b}`;
}
