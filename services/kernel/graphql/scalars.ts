import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';

/** Opaque position in a stream of events. Its form may change; keep it as it came. */
export const CursorScalar = new GraphQLScalarType<string, string>({
  name: 'Cursor',
  description:
    'Opaque position in a stream of events, as given by a mutation payload or an event. Hand it back unchanged in "after".',
  serialize: String,
  parseValue: text,
  parseLiteral: (node) => text(node.kind === Kind.STRING ? node.value : undefined),
});

/** An instant with zone. Written as ISO 8601 in UTC with milliseconds. */
export const InstantScalar = new GraphQLScalarType<Date, string>({
  name: 'DateTime',
  description:
    'An instant in ISO 8601 with a zone, for example "2026-03-01T09:30:00Z". Answers are in UTC with milliseconds.',
  specifiedByURL: 'https://scalars.graphql.org/andimarek/date-time.html',
  serialize: (value) => (value instanceof Date ? value : new Date(String(value))).toISOString(),
  parseValue: instant,
  parseLiteral: (node) => instant(node.kind === Kind.STRING ? node.value : undefined),
});

const instantForm = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/i;

function instant(value: unknown): Date {
  const date = typeof value === 'string' && instantForm.test(value) ? new Date(value) : undefined;
  if (date && !Number.isNaN(date.getTime())) return date;
  throw new GraphQLError(
    `A DateTime is ISO 8601 with a zone, such as "2026-03-01T09:30:00Z"; this is not: ${JSON.stringify(value)}.`,
  );
}

function text(value: unknown): string {
  if (typeof value === 'string' && value.length <= 500) return value;
  throw new GraphQLError('A Cursor is a text that the hub gave you; hand it back unchanged.');
}

/** One record of the import format. Its fields are checked by the import itself, which reports them record by record. */
export const HubRecordScalar = new GraphQLScalarType<object, unknown>({
  name: 'HubRecord',
  description: 'One record of the import and export format (docs/api/records.md) as a JSON object with a "kind".',
  serialize: (value) => value,
  parseValue: (value) => {
    if (value !== null && typeof value === 'object' && !Array.isArray(value)) return value;
    throw new GraphQLError('A HubRecord is a JSON object with a "kind".');
  },
  parseLiteral: () => {
    throw new GraphQLError('Give hub records as a variable, not in the text of the query.');
  },
});
