import { GraphQLError } from 'graphql';
import type { Definition, DocumentStructure } from './document-structure.js';

/** A definition with its fragments counted where they are used: what planning and answering it have to go through. */
export type ExpandedSize = Omit<Definition, 'spreads'>;

type Fragments = DocumentStructure['fragments'];

/**
 * Sizes without expanding anything: each fragment is added up once, however often it is used, so that a document that would expand
 * to billions is known as such in no time. Throws for a fragment that contains itself.
 */
export function expandedSizes({ operations, fragments }: DocumentStructure): ExpandedSize[] {
  const known = new Map<Definition, ExpandedSize | 'open'>();
  return [...operations, ...fragments.values()].map((definition) => expand(definition, fragments, known));
}

function expand(definition: Definition, fragments: Fragments, known: Map<Definition, ExpandedSize | 'open'>) {
  const earlier = known.get(definition);
  if (earlier === 'open') throw containsItself(definition, fragments);
  if (earlier) return earlier;
  known.set(definition, 'open');
  const { spreads, ...size } = definition;
  for (const { fragment, depth } of spreads) {
    const used = fragments.get(fragment);
    if (used) add(size, expand(used, fragments, known), depth);
  }
  known.set(definition, size);
  return size;
}

function add(size: ExpandedSize, used: ExpandedSize, depth: number): void {
  size.selections += used.selections;
  size.introspection += used.introspection;
  size.depth = Math.max(size.depth, depth - 1 + used.depth);
  if (depth === 1) size.rootFields += used.rootFields;
}

function containsItself(definition: Definition, fragments: Fragments): GraphQLError {
  const name = [...fragments].find(([, fragment]) => fragment === definition)?.[0] ?? '';
  return new GraphQLError(`The fragment "${name}" contains itself: take it out of what it spreads.`, {
    extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
  });
}
