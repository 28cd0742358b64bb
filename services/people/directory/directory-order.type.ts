import { registerEnumType } from 'type-graphql';
import { directoryOrderNames } from './directory-order.js';

/** An order enum of its own for each type, so that one list can get another order without the others. */
export function directoryOrderType(name: string, plural: string): typeof directoryOrderNames {
  const values = { ...directoryOrderNames };
  registerEnumType(values, {
    name,
    description: `The order of a list of ${plural}.`,
    valuesConfig: {
      NAME: { description: 'By name, upper and lower case alike.' },
      LATEST: { description: 'Those the hub got to know last come first.' },
    },
  });
  return values;
}
