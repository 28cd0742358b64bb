/**
 * The field names that plans fetch on their own account: keys, required and provided fields, contextual selections. A
 * client's alias of the same name would meet them in the same object, and the planner does not keep the two apart.
 */
import { type DirectiveNode, type DocumentNode, Kind, type StringValueNode, type ValueNode, visit } from 'graphql';

const FIELD_SETS = new Set(['key', 'requires', 'provides', 'selection']);

export function reservedNames(supergraph: DocumentNode): ReadonlySet<string> {
  const names = new Set<string>();
  const addNames = ({ value }: StringValueNode) => {
    for (const [name] of value.matchAll(/[_A-Za-z][_0-9A-Za-z]*/g)) names.add(name);
  };
  visit(supergraph, {
    Directive(directive) {
      visitFieldSets(directive, addNames);
    },
  });
  return names;
}

function visitFieldSets(directive: DirectiveNode, found: (fieldSet: StringValueNode) => void): void {
  if (!directive.name.value.startsWith('join__')) return;
  const read = (name: string, value: ValueNode) => {
    if (FIELD_SETS.has(name) && value.kind === Kind.STRING) found(value);
  };
  visit(directive, {
    Argument({ name, value }) {
      read(name.value, value);
    },
    ObjectField({ name, value }) {
      read(name.value, value);
    },
  });
}
