import { homedir } from 'node:os';
import type { OsUser } from './os-user.js';

/**
 * How PostgreSQL's programs are started. They get a short environment of our own: PG* variables would change what they
 * do, and messages in the language of the machine could not be recognised. They start in /, because their user may not
 * be able to stand where we stand.
 */
export function runAs(user: OsUser | undefined) {
  return {
    cwd: '/',
    env: { PATH: process.env.PATH ?? '', HOME: user ? '/' : homedir(), LC_ALL: 'C', TZ: 'UTC' },
    ...(user && { uid: user.uid, gid: user.gid }),
  };
}
