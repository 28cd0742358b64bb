import { readFileSync } from 'node:fs';
import {
  buildSchema,
  type GraphQLField,
  type GraphQLNamedType,
  GraphQLObjectType,
  getNamedType,
  isAbstractType,
  isObjectType,
} from 'graphql';

const schema = buildSchema(readFileSync(new URL('../../../schema/api.graphql', import.meta.url), 'utf8'));

/** Whoever looks from here sees what belongs to many, and must not find a figure of one. */
const shared = ['Team', 'Space', 'Organization', 'TeamTie', 'TeamNetwork', 'CrossTeamConnection'];

/** Fields of a person that only this person gets an answer from: their tests stand next to them. */
const oneselfOnly = new Set(['Person.ties', 'Person.tieTo', 'Person.distanceTo']);

/**
 * Every number that can be reached from there, and why it is no figure of the ties of one person. A number that is new fails the
 * test until somebody has thought about where it belongs.
 */
const harmless: readonly RegExp[] = [
  /** How long a list is. */
  /Connection\.totalCount$/,
  /** Of what was written. */
  /^(Idea|IdeaRevision)\.(revision|number)$/,
  /^Conversation\.messageCount$/,
  /^ReactionCount\.count$/,
  /** Of reports. */
  /^(Idea|Conversation)Case\.reportCount$/,
  /** Of two teams together; strength is null while a single pair of people carries it. */
  /^TeamTie\.(pairs|strength)$/,
  /^TeamTieEvidence\./,
  /^TeamNetwork(Edge|Node)\.(weight|connections)$/,
];

interface Step {
  readonly coordinate: string;
  readonly field: GraphQLField<unknown, unknown>;
}

/** All fields that can be reached from a type, with a way to each. */
function reachable(start: string, leaveOut: ReadonlySet<string> = new Set()): Map<string, Step & { way: string }> {
  const found = new Map<string, Step & { way: string }>();
  const seen = new Set<string>();
  const open = [{ type: schema.getType(start), way: start }];
  for (let next = open.shift(); next; next = open.shift()) {
    for (const type of objectsOf(next.type)) {
      if (seen.has(type.name)) continue;
      seen.add(type.name);
      for (const field of Object.values(type.getFields())) {
        const coordinate = `${type.name}.${field.name}`;
        if (leaveOut.has(coordinate)) continue;
        const way = `${next.way} > ${coordinate}`;
        found.set(coordinate, { coordinate, field, way });
        open.push({ type: getNamedType(field.type), way });
      }
    }
  }
  return found;
}

function objectsOf(type: GraphQLNamedType | undefined): readonly GraphQLObjectType[] {
  if (isAbstractType(type)) return schema.getPossibleTypes(type);
  return isObjectType(type) ? [type] : [];
}

const isNumber = ({ field }: Step) => ['Int', 'Float'].includes(getNamedType(field.type).name);

test('the fields that only oneself gets an answer from are there, and lead to figures', () => {
  for (const coordinate of ['Person.ties', 'Person.tieTo']) {
    const [type, field] = coordinate.split('.') as [string, string];
    const parent = schema.getType(type);
    expect(parent instanceof GraphQLObjectType && parent.getFields()[field]).toBeTruthy();
  }
  expect([...reachable('Person').keys()]).toContain('Tie.strength');
});

test.each(shared)(
  'from %s no way leads to a tie between two people, but by what only oneself gets an answer from',
  (start) => {
    const fields = reachable(start, oneselfOnly);
    const ways = [...fields.values()].filter(({ coordinate }) => coordinate.startsWith('Tie.')).map(({ way }) => way);
    expect(ways).toEqual([]);
  },
);

test.each(shared)(
  'from %s every number that can be reached is known to be no figure of the ties of one person',
  (start) => {
    const numbers = [...reachable(start, oneselfOnly).values()].filter(isNumber);
    const unknown = numbers.filter(({ coordinate }) => !harmless.some((pattern) => pattern.test(coordinate)));
    expect(unknown.map(({ way }) => way)).toEqual([]);
  },
);
