import { invalid } from '#kernel/errors/user-error.js';
import { checkText } from '#kernel/write/check-text.js';
import type { PeopleContext } from '../people-context.js';
import { type ChangedPerson, requirePerson } from '../person/person.js';
import { personToDescribe } from './perspective.policy.js';
import { changePerspectives, type PerspectiveChange } from './perspective.repository.js';

export interface DeclarePerspectives {
  /** Oneself when left out. */
  readonly person?: string | null;
  readonly perspectives: readonly DeclarePerspective[];
  readonly idempotencyKey?: string | null;
}

export interface DeclarePerspective {
  readonly dimension: string;
  readonly value?: string | null;
}

const maxDimensions = 50;

/** Says from where somebody looks at things. Dimensions that are not named stay as they are. */
export async function declarePerspectives(ctx: PeopleContext, input: DeclarePerspectives): Promise<ChangedPerson> {
  const personId = personToDescribe(ctx.viewer, input.person);
  const changes = readChanges(input.perspectives);
  const { id } = await requirePerson(ctx, personId, 'person');
  const { cursor } = await ctx.write({ name: 'declarePerspectives', input }, async (tx) => {
    const { changed, total } = await changePerspectives(tx, id, changes, ctx.now());
    if (total > maxDimensions) throw tooMany(total);
    if (changed > 0) tx.append({ type: 'people.person.perspectivesDeclared', subject: id, data: {} });
    return id;
  });
  ctx.perspectives.clear(id);
  return { person: await ctx.people.load(id), cursor };
}

function readChanges(given: readonly DeclarePerspective[]): PerspectiveChange[] {
  if (given.length === 0) throw invalid('Name at least one dimension.', 'perspectives');
  if (given.length > maxDimensions) throw tooMany(given.length);
  const changes = given.map(({ dimension, value }) => ({ dimension: dimension.trim(), value: value?.trim() ?? null }));
  for (const { dimension, value } of changes) {
    checkText(dimension, 'perspectives', 1, 200);
    if (value !== null) checkText(value, 'perspectives', 1, 200);
  }
  if (new Set(changes.map((change) => change.dimension)).size < changes.length) {
    throw invalid('Each dimension stands once.', 'perspectives');
  }
  return changes;
}

function tooMany(count: number) {
  const message = `A person has at most ${maxDimensions} dimensions; these would be ${count}. Withdraw one first.`;
  return invalid(message, 'perspectives');
}
