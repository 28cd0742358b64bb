import type { TestClient } from '../hub/graphql-client.js';
import type { Doing } from './do-deeds.js';

/** What the hub says it has, against what was sent and acknowledged. */
export interface Audit {
  readonly sent: number;
  readonly acknowledged: number;
  readonly found: number;
  /** Acknowledged, and not there. */
  readonly missing: number;
  /** There more than once. */
  readonly duplicated: number;
}

/** Of the deeds whose texts are given, or of all that were acknowledged. */
export async function audit(
  client: TestClient,
  { sent, acknowledged }: Doing,
  due: Iterable<string> = acknowledged.keys(),
): Promise<Audit> {
  const kinds = new Set([...acknowledged.values()].map(({ kind }) => kind));
  const there = (await Promise.all([...kinds].map((kind) => kind.read(client))))
    .flat()
    .filter((text) => sent.has(text));
  const found = new Set(there);
  return {
    sent: sent.size,
    acknowledged: acknowledged.size,
    found: found.size,
    missing: [...due].filter((text) => !found.has(text)).length,
    duplicated: there.length - found.size,
  };
}
