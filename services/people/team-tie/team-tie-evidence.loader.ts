import DataLoader from 'dataloader';
import { statement } from '#kernel/database/statement.js';
import type { RequestContext } from '#kernel/runtime/request-context.js';

/** The ideas and conversations from which the tie of two teams came of late. */
export interface TeamTieOrigins {
  readonly ideas: readonly string[];
  readonly conversations: readonly string[];
}

/** By the number of the team tie; those of all that are asked about in one statement. */
export type TeamTieOriginsLoader = Pick<DataLoader<string, TeamTieOrigins>, 'load'>;

export const maxOrigins = 10;
/** So many days of pairs are looked through at most, the latest first: what a busy tie came from years ago is not looked for. */
const latestDays = 300;

const origins = statement(`
  SELECT asked.number::text AS number, found.* FROM unnest($1::bigint[]) asked(number)
  CROSS JOIN LATERAL (
    WITH latest AS (
      SELECT c.idea, c.conversation, max(c.at) AS at
      FROM (SELECT pair, day FROM tie_day WHERE team_tie = asked.number ORDER BY day DESC LIMIT ${latestDays}) d
      JOIN counted_interaction c ON c.pair = d.pair AND c.day = d.day
      WHERE c.idea IS NOT NULL OR c.conversation IS NOT NULL GROUP BY c.idea, c.conversation
    )
    SELECT ARRAY(SELECT idea FROM latest WHERE idea IS NOT NULL GROUP BY idea ORDER BY max(at) DESC, idea LIMIT ${maxOrigins}) AS ideas,
      ARRAY(SELECT conversation FROM latest WHERE conversation IS NOT NULL ORDER BY at DESC, conversation LIMIT ${maxOrigins}) AS conversations
  ) found`);

export function teamTieOriginsLoader(ctx: RequestContext): TeamTieOriginsLoader {
  return new DataLoader<string, TeamTieOrigins>(async (numbers) => {
    const rows = await ctx.db.read<TeamTieOrigins & { number: string }>(origins, [numbers]);
    const found = new Map(rows.map((row) => [row.number, row]));
    return numbers.map((number) => found.get(number) ?? { ideas: [], conversations: [] });
  });
}
