import { GraphQLError } from 'graphql';
import { type ExceededLimit, limitExceeded } from '#gateway/limits/limit-error.js';
import type { DocumentLimits } from '#gateway/limits/limits.js';
import { expandedSizes } from './expanded-size.js';
import { type CountStep, readStructure } from './read-structure.js';

/**
 * Throws a GraphQLError for a document that must not be parsed. One that is no GraphQL is left to the parser to tell. The number of
 * tokens that were read.
 */
export function checkDocument(text: string, limits: DocumentLimits): number {
  refuseAbove('characters', text.length, limits.characters);
  let tokens = 0;
  const structure = structureOf(text, (count, value) => {
    if (count === 'tokens') tokens = value;
    refuseAbove(count, value, limits[count]);
  });
  for (const size of structure ? expandedSizes(structure) : []) {
    refuseAbove('depth', size.depth, limits.depth);
    refuseAbove('selections', size.selections, limits.selections);
    refuseAbove('rootFields', size.rootFields, limits.rootFields);
    if (size.introspection > 0 && limits.introspection === 0) throw introspectionClosed();
    refuseAbove('introspection', size.introspection, limits.introspection);
  }
  return tokens;
}

function structureOf(text: string, step: CountStep) {
  try {
    return readStructure(text, step);
  } catch (error) {
    // Up to here it is within the limits, and no parser reads on.
    if (error instanceof GraphQLError && error.extensions.code === undefined) return undefined;
    throw error;
  }
}

const texts: Record<keyof DocumentLimits, Pick<ExceededLimit, 'what' | 'instead'>> = {
  characters: {
    what: 'The document has too many characters',
    instead: 'Send long values as variables.',
  },
  tokens: {
    what: 'The document has too many tokens',
    instead: 'Send values as variables, and split the operation.',
  },
  nesting: {
    what: 'The brackets of the document are nested too deep',
    instead: 'Send nested values as variables, and nest fewer inline fragments.',
  },
  depth: {
    what: 'The fields of the document are nested too deep',
    instead: 'Ask for the lower levels in an operation of their own, by id.',
  },
  selections: {
    what: 'The document selects too many fields, each counted as often as fragments repeat it',
    instead: 'Select fewer fields, or split the operation.',
  },
  aliases: {
    what: 'The document has too many aliases',
    instead: 'Ask for many things at once by a list, such as "nodes(ids:)", and not by a field for each.',
  },
  rootFields: {
    what: 'An operation of the document has too many root fields',
    instead: 'Split it into several operations.',
  },
  directives: {
    what: 'The document has too many directives',
    instead: 'Put one on a fragment in the place of one on each field.',
  },
  fragments: {
    what: 'The document has too many fragments',
    instead: 'Split the operation.',
  },
  introspection: {
    what: 'The document asks too often for "__schema" or "__type"',
    instead: 'Ask for the whole schema once, or for the types one after the other.',
  },
};

function refuseAbove(limit: keyof DocumentLimits, value: number, maximum: number): void {
  if (value > maximum) throw limitExceeded({ limit, value, maximum, ...texts[limit] });
}

/** The code Apollo Server has for it. */
function introspectionClosed(): GraphQLError {
  return new GraphQLError(
    'This hub does not tell its schema: leave out "__schema" and "__type", and ask its operator for the schema.',
    { extensions: { code: 'INTROSPECTION_DISABLED' } },
  );
}
