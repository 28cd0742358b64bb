import { z } from 'zod';
import type { WireHub } from './wire-hub.js';

/** The subscription that most tests of the wire use. */
export const contributionAdded = `subscription ContributionAdded($idea: ID, $after: Cursor) {
  contributionAdded(idea: $idea, after: $after) { cursor contribution { id body } }
}`;

/** The same with frames of 400 KB, so that what the system keeps for a client that does not read is soon full. */
export const wide = widened(40);

/** With the text so many times more in each frame. */
export function widened(times: number): string {
  const more = Array.from({ length: times }, (_, place) => `b${place}: body`);
  return contributionAdded.replace('body }', `body ${more.join(' ')} }`);
}

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

/** Has long texts contributed until something has happened; returns what tells them apart. */
export async function sayUntil(wire: WireHub, done: () => boolean): Promise<string[]> {
  const said: string[] = [];
  while (!done()) {
    if (said.length > 200) throw new Error('It has not happened, and enough was said.');
    const mark = `word ${said.length}`;
    await wire.say(`${mark} ${'x'.repeat(9_900)}`);
    said.push(mark);
  }
  return said;
}

/** What {@link sayUntil} put in front of the text. */
export function markOf(payload: unknown): string | undefined {
  return delivered(payload).body?.split(' x')[0];
}
