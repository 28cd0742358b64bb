import { signedInPerson } from '#kernel/auth/require-viewer.js';
import type { ChangedIdea } from '../idea/idea.js';
import { requireIdea } from '../idea/idea.js';
import type { IdeasContext } from '../ideas-context.js';
import { setEndorsement } from './endorsement.repository.js';

export interface EndorseIdea {
  readonly idea: string;
  readonly idempotencyKey?: string | null;
}

/** Gives an idea the viewer's support. Doing it twice changes nothing. */
export function endorseIdea(ctx: IdeasContext, input: EndorseIdea): Promise<ChangedIdea> {
  return change(ctx, input, true);
}

/** Takes the viewer's support back. Without one it changes nothing. */
export function withdrawEndorsement(ctx: IdeasContext, input: EndorseIdea): Promise<ChangedIdea> {
  return change(ctx, input, false);
}

async function change(ctx: IdeasContext, input: EndorseIdea, active: boolean): Promise<ChangedIdea> {
  const viewer = signedInPerson(ctx.viewer);
  const idea = await requireIdea(ctx, input.idea, 'idea');
  // Taking support back is open to whoever once gave it.
  if (active) await ctx.spaces.require(viewer, 'contribute', idea.spaceId, 'idea');
  const name = active ? 'endorseIdea' : 'withdrawEndorsement';
  const { cursor } = await ctx.write({ name, input }, async (tx) => {
    const endorsement = {
      id: ctx.newId('Endorsement'),
      ideaId: idea.id,
      personId: viewer.personId,
      active,
      changedAt: ctx.now(),
    };
    if (!(await setEndorsement(tx, endorsement))) return idea.id;
    const subject = { subject: idea.id, space: idea.spaceId };
    if (active)
      tx.append({
        ...subject,
        type: 'ideas.idea.endorsed',
        data: { person: viewer.personId, ideaAuthors: idea.authorIds },
      });
    else tx.append({ ...subject, type: 'ideas.idea.endorsementWithdrawn', data: { person: viewer.personId } });
    return idea.id;
  });
  ctx.ideas.clear(idea.id);
  ctx.endorsed.clear(idea.id);
  return { idea: await ctx.ideas.load(idea.id), cursor };
}
