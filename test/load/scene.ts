import type { CrashHub } from '../crash/crash-hub.js';
import { contributing, type DeedKind } from '../crash/deeds.js';
import { prepareScene, type Scene } from '../crash/scene.js';
import { registerPerson, type TestPerson } from '../hub/seed.js';
import type { CrowdTask } from './member.js';

/** Somebody who writes, and the people whose tokens a crowd listens with. */
export interface CrowdScene extends Scene {
  readonly author: TestPerson;
  readonly task: CrowdTask;
}

/** Each has a stream at the gateway for each question. */
const listeners = 10;

export async function prepareCrowdScene(hub: CrashHub, query: string): Promise<CrowdScene> {
  const author = await registerPerson(hub, { name: 'Mira' });
  const scene = await prepareScene(hub.admin, author);
  const tokens: string[] = [];
  while (tokens.length < listeners) tokens.push((await registerPerson(hub, { name: 'Jon' })).token ?? '');
  const task = { url: hub.url, tokens, query, variables: { idea: scene.idea.id }, after: scene.start };
  return { ...scene, author, task };
}

/** Contributions of some ten thousand characters, and when each was sent first. */
export function contributingMuch(scene: Scene): {
  readonly kind: DeedKind;
  readonly sentAt: ReadonlyMap<string, number>;
} {
  const sentAt = new Map<string, number>();
  const plain = contributing(scene);
  const input = (text: string) => {
    if (!sentAt.has(text)) sentAt.set(text, Date.now());
    return { ...plain.input(text), body: `${text} ${'x'.repeat(9_900)}` };
  };
  return { kind: { ...plain, input }, sentAt };
}
