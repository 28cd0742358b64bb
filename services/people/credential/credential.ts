import { holdsScope, isScope, type Scope, scopeNames } from '#kernel/auth/scopes.js';
import { limitingScopes, type Viewer } from '#kernel/auth/viewer.js';
import { notAllowed } from '#kernel/errors/request-error.js';
import { invalid } from '#kernel/errors/user-error.js';

/** What holds for everything that is shown to be let in, whether it speaks for a person or for an organisation. */
export function checkExpiry(expiresAt: Date | null | undefined, now: Date): void {
  if (!expiresAt || expiresAt > now) return;
  throw invalid('It expires in the future; leave expiresAt out for one that does not.', 'expiresAt');
}

/** The scopes named, each once; refuses names of none. */
export function readScopes(named: readonly string[]): Scope[] {
  const unknown = named.find((name) => !isScope(name));
  if (unknown !== undefined)
    throw invalid(`There is no scope "${unknown}"; there are ${scopeNames.join(', ')}.`, 'scopes');
  if (named.length === 0) throw invalid('Name at least one scope; one without any opens nothing.', 'scopes');
  return scopeNames.filter((name) => named.includes(name));
}

/** Nobody gives away more than they hold: a limited token could otherwise make itself an unlimited one. Null: all scopes. */
export function checkHolds(viewer: Viewer, scopes: readonly Scope[] | null): void {
  const held = limitingScopes(viewer);
  if (!held) return;
  if (scopes?.every((scope) => holdsScope(held, scope))) return;
  throw notAllowed('hand out more scopes than your token has', 'a token with these scopes');
}

const mostOverlapMinutes = 7 * 24 * 60;

/** Until when the text before a rotation stays good. */
export function readOverlap(minutes: number, now: Date): Date {
  if (minutes >= 0 && minutes <= mostOverlapMinutes) return new Date(now.getTime() + minutes * 60_000);
  throw invalid(`"overlapMinutes" is 0 to ${mostOverlapMinutes} (a week); this is ${minutes}.`, 'overlapMinutes');
}
