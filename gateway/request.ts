import type { Viewer } from '#kernel/auth/viewer.js';
import type { ViewerSigner } from '#kernel/auth/viewer-header.js';
import type { RateLimit } from '#kernel/runtime/rate-limit.js';
import type { OpenSpan } from '#kernel/tracing/open-span.js';

/** What every part of the gateway knows of a request, once it is known who asks. */
export interface GatewayRequest {
  readonly viewer: Viewer;
  readonly requestId: string;
  /** The viewer, signed for subgraphs of other processes; empty when all run in this one. */
  readonly signedViewer: string;
  /** Aborts when whoever asked has gone away. */
  readonly signal?: AbortSignal;
  /** From where; none for calls of the hub itself. */
  readonly address?: string | undefined;
  /** What is left of the viewer's budget, once the operation was admitted. */
  rate?: RateLimit | undefined;
  /** The span under which the gateway works for this request, where it is traced. */
  trace?: OpenSpan | undefined;
}

/** With the address of who asks, which is signed with them. */
export type MakeRequest = (viewer: Viewer, requestId: string, address?: string) => Promise<GatewayRequest>;

/** Half of a signature's life: what is sent always has as much left. */
const reuseMs = 30_000;
const maxKept = 10_000;

/** Signs each viewer once in a while and not once a request. */
export function requestsSignedBy(signer: ViewerSigner): MakeRequest {
  const kept = new Map<string, { readonly text: Promise<string>; readonly until: number }>();
  return async (viewer, requestId, address) => {
    const key = JSON.stringify([viewer, address]);
    const known = kept.get(key);
    if (known && known.until > Date.now()) return { viewer, requestId, address, signedViewer: await known.text };
    if (kept.size >= maxKept) kept.clear();
    const text = signer.sign(viewer, address ?? null);
    kept.set(key, { text, until: Date.now() + reuseMs });
    return { viewer, requestId, address, signedViewer: await text };
  };
}

export const requestsUnsigned: MakeRequest = async (viewer, requestId, address) => ({
  viewer,
  requestId,
  address,
  signedViewer: '',
});
