import type { Audience } from './access-table.js';
import type { Outcome } from './outcome.js';
import { type Column, columns, type World } from './world.js';

export interface MutationRule {
  /** Made anew for each viewer, so that the mutation can succeed for each of them. */
  input(world: World, column: Column): object | Promise<object>;
  readonly may: Audience;
  /** The code for those who may not. */
  readonly otherwise: Readonly<Partial<Record<Column, Outcome>> & { rest: Outcome }>;
}

const unsigned = { anonymous: 'UNAUTHENTICATED' } as const;
export const forbidden = { rest: 'FORBIDDEN', ...unsigned } as const;
export const hidden = { rest: 'NOT_FOUND', ...unsigned } as const;
/** Of a space one sees it is said that one may not; of others nothing. */
export const seesButMayNot = {
  ...hidden,
  member: 'FORBIDDEN',
  guest: 'FORBIDDEN',
  partner: 'FORBIDDEN',
  moderator: 'FORBIDDEN',
} as const;

const signedIn = columns.filter((column) => column !== 'anonymous');
const inSpace: Audience = ['member', 'guest', 'partner', 'moderator', 'administrator'];
export const moderators: Audience = ['moderator', 'administrator'];
export const seeOwner: Audience = ['member', 'outsider', 'guest', 'partner', 'moderator', 'administrator'];

type Input = MutationRule['input'];
export const contributing = (input: Input): MutationRule => ({ input, may: inSpace, otherwise: hidden });
export const tending = (input: Input): MutationRule => ({ input, may: moderators, otherwise: seesButMayNot });
export const byAuthorOrAdministrator = (input: Input): MutationRule => ({
  input,
  may: ['administrator'],
  otherwise: seesButMayNot,
});
export const administering = (input: Input): MutationRule => ({ input, may: ['administrator'], otherwise: forbidden });
export const forEverybody = (input: Input): MutationRule => ({ input, may: signedIn, otherwise: forbidden });
