import { hashToken } from '#kernel/auth/token-text.js';
import { system } from '#kernel/auth/viewer.js';
import type { RunningService } from '#kernel/runtime/service.js';
import { insertAccessToken } from '../access-token/access-token.repository.js';
import { administrator, administratorTurn } from './administrator.js';

/** Lets a token speak for the administrator; whoever calls keeps its text. One that is known, even revoked, stays as it is. */
export async function ensureAdministratorToken(service: RunningService, token: string): Promise<void> {
  const ctx = service.createContext({ viewer: system, requestId: 'start' });
  const operation = { name: 'ensureAdministratorToken', input: {}, inTurn: administratorTurn };
  await ctx.write(operation, async (tx) => {
    const personId = await administrator(ctx, tx);
    const id = ctx.newId('AccessToken');
    const facts = { name: 'Made at the first start', scopes: null, createdAt: ctx.now(), expiresAt: null };
    if (!(await insertAccessToken(tx, { id, personId, hash: hashToken(token), ...facts }))) return;
    tx.append({ type: 'people.accessToken.issued', subject: id, data: { person: personId } });
  });
}
