import { registerEnumType } from 'type-graphql';
import type { PartyKind } from '../auth/viewer.js';

export const PartyType = {
  INTERNAL: 'internal',
  CUSTOMER: 'customer',
  PARTNER: 'partner',
  SUPPLIER: 'supplier',
  PUBLIC: 'public',
} as const satisfies Record<string, PartyKind>;

registerEnumType(PartyType, {
  name: 'Party',
  description: 'On whose side a person stands, seen from the host of the hub.',
  valuesConfig: {
    INTERNAL: { description: 'Of the host itself.' },
    CUSTOMER: { description: 'Of a customer.' },
    PARTNER: { description: 'Of a partner.' },
    SUPPLIER: { description: 'Of a supplier.' },
    PUBLIC: { description: 'Of none of these.' },
  },
});
