import { createHmac } from 'node:crypto';
import { statement } from '#kernel/database/statement.js';
import type { Write } from '#kernel/write/write.js';
import type { Subject } from './identity.repository.js';

/**
 * What is kept of the sign-in of somebody who was erased. Without it the rule of a provider would make a new person of them the
 * next time a program of theirs asks; with the plain subject the hub would still hold who they were.
 */
export function signInMark(secret: string, { issuer, subject }: Subject): string {
  const key = createHmac('sha256', secret).update('erased-sign-in').digest();
  return createHmac('sha256', key)
    .update(JSON.stringify([issuer, subject]))
    .digest('hex');
}

const signInsOf = statement('SELECT issuer, subject FROM identity WHERE person_id = $1 AND subject IS NOT NULL');
const keep = statement(
  'INSERT INTO erased_sign_in (mark, erased_at) SELECT unnest($1::text[]), $2 ON CONFLICT DO NOTHING',
);

/** To be called while the sign-ins are still there. */
export async function markSignIns(tx: Write, person: string, mark: (of: Subject) => string, at: Date): Promise<void> {
  const found = await tx.run<Subject>(signInsOf, [person]);
  if (found.length > 0) await tx.run(keep, [found.map(mark), at]);
}
