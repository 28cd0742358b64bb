import { addMember, openSpace, registerPerson, type TestPerson } from '../hub/seed.js';
import type { TestHub } from '../hub/test-hub.js';

/** A private space with the people who live in it. */
export interface PrivateSpace {
  readonly space: string;
  /** Moderates: what is one's own nobody can hide. */
  readonly mira: TestPerson;
  readonly jon: TestPerson;
  readonly ida: TestPerson;
  /** Only looks on. */
  readonly lea: TestPerson;
}

export async function openPrivateSpace(hub: TestHub): Promise<PrivateSpace> {
  const [mira, jon, ida, lea] = await Promise.all([
    registerPerson(hub, { name: 'Mira' }),
    registerPerson(hub, { name: 'Jon' }),
    registerPerson(hub, { name: 'Ida' }),
    registerPerson(hub, { name: 'Lea' }),
  ]);
  const space = await openSpace(hub, mira, { visibility: 'PRIVATE' });
  for (const { id } of [jon, ida, lea]) await addMember(hub, mira, space, id);
  return { space, mira, jon, ida, lea };
}
