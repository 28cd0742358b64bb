import { freePorts } from '../hub/free-port.js';

export const roles = ['people', 'ideas', 'conversations', 'gateway'] as const;
export type Role = (typeof roles)[number];

export type Environment = Readonly<Record<string, string>>;

/** Where the processes of a hub listen, and find each other. */
export interface Addresses {
  /** What each process is told of the others. */
  readonly everybody: Environment;
  /** What a process of the role is told of itself; a place is the first or second of the role. */
  own(role: Role, place: number): Environment;
  urlOf(role: Role, place: number): string;
}

/** One place for each role, or two: then one process of it can take over from another. */
export async function findAddresses(places: 1 | 2): Promise<Addresses> {
  const ports = await freePorts(roles.length * places);
  const portOf = (role: Role, place: number) => String(ports[roles.indexOf(role) * places + (place % places)]);
  const urlOf = (role: Role, place: number) => `http://127.0.0.1:${portOf(role, place)}`;
  const listOf = (role: Role) =>
    Array.from({ length: places }, (_, place) => `${urlOf(role, place)}/graphql`).join(',');
  return {
    everybody: {
      PEOPLE_URL: listOf('people'),
      IDEAS_URL: listOf('ideas'),
      CONVERSATIONS_URL: listOf('conversations'),
    },
    own: (role, place) => ({ [role === 'gateway' ? 'PORT' : `${role.toUpperCase()}_PORT`]: portOf(role, place) }),
    urlOf,
  };
}
