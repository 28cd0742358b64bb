import { z } from 'zod';

/** The subscription that most tests of the wire use. */
export const contributionAdded = `subscription ContributionAdded($idea: ID, $after: Cursor) {
  contributionAdded(idea: $idea, after: $after) { cursor contribution { id body } }
}`;

const frame = z.object({
  data: z.object({
    contributionAdded: z.object({
      cursor: z.string(),
      contribution: z.object({ id: z.string(), body: z.string() }).nullable(),
    }),
  }),
  extensions: z.object({ weft: z.object({ cursor: z.string(), previous: z.string() }) }),
});

export interface Delivered {
  readonly body: string | undefined;
  readonly cursor: string;
  readonly previous: string;
}

/** What a frame of {@link contributionAdded} says; throws when it says something else. */
export function delivered(payload: unknown): Delivered {
  const { data, extensions } = frame.parse(payload);
  const { contribution, cursor } = data.contributionAdded;
  if (cursor !== extensions.weft.cursor) throw new Error('The cursor of the event is not that of its frame.');
  return { body: contribution?.body, cursor, previous: extensions.weft.previous };
}

const errors = z.array(
  z.object({ message: z.string(), extensions: z.looseObject({ code: z.string(), cursor: z.string().nullish() }) }),
);

/** The code of the first error, and the cursor that comes with it. */
export function firstError(payload: unknown): { code: string; cursor?: string | null | undefined; message: string } {
  const [error] = errors.parse(payload);
  if (!error) throw new Error('There is no error.');
  return { code: error.extensions.code, cursor: error.extensions.cursor, message: error.message };
}
