/**
 * What a token or an API client may be limited to. A closed set: each field of the schema names the one it needs, so that whoever
 * hands out a credential can read what it opens.
 */
export const scopes = {
  'people:read': 'Read people, organisations, teams, memberships and perspectives.',
  'people:write': 'Change people, organisations, teams, memberships and perspectives.',
  'spaces:read': 'Read spaces and who is in them.',
  'spaces:write': 'Open and change spaces, and change who is in them.',
  'ideas:read': 'Read challenges, ideas, contributions and endorsements.',
  'ideas:write': 'Submit and change challenges, ideas and contributions, appeal where they were hidden, and endorse.',
  'conversations:read': 'Read conversations, messages and reactions.',
  'conversations:write': 'Open conversations, post messages, appeal where they were hidden, and react.',
  'moderation:read': 'Read what was reported, hidden and appealed, where you moderate.',
  'moderation:write': 'Report, hide and decide.',
  'audit:read': 'Read the audit log.',
  'privacy:read': 'Export what the hub holds on a person.',
  'privacy:write': 'Erase people.',
  'records:import': 'Import records.',
  'records:export': 'Export records.',
  'events:read': 'See events that consumers could not handle.',
  'events:write': 'Let such events be tried again.',
  'access:admin': 'Read and change access: tokens, API clients, and who may sign in.',
} as const satisfies Record<string, string>;

export type Scope = keyof typeof scopes;

export const scopeNames = Object.keys(scopes) as [Scope, ...Scope[]];

export function isScope(text: string): text is Scope {
  return Object.hasOwn(scopes, text);
}

/** Whoever may write may read: an answer to a change shows what was changed. */
export function holdsScope(held: readonly Scope[], needed: Scope): boolean {
  if (held.includes(needed)) return true;
  const [noun, verb] = needed.split(':');
  return verb === 'read' && held.some((scope) => scope === `${noun}:write`);
}
