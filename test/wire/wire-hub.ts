import type { GatewayTimes } from '#gateway/times.js';
import { eventually } from '#test/hub/eventually.js';
import { contribute, type Story, seed, submitIdea } from '#test/hub/seed.js';
import { startTestHub, type TestHub } from '#test/hub/test-hub.js';

/** A hub with an idea that people contribute to, whose gateway lets go of streams soon. */
export interface WireHub extends Story {
  readonly hub: TestHub;
  readonly url: string;
  readonly idea: string;
  /** Contributes texts to the idea, one after the other. */
  say(...bodies: string[]): Promise<void>;
  /** Waits until the gateway holds no stream at any subgraph. */
  quiet(): Promise<void>;
  /** Stops the hub, and fails when it leaves a connection or a server behind. */
  stop(): Promise<void>;
}

export async function startWireHub(gatewayTimes: Partial<GatewayTimes> = {}): Promise<WireHub> {
  const before = openConnections();
  const hub = await startTestHub({ gatewayTimes: { lingerMs: 0, slowClientMs: 200, ...gatewayTimes } });
  const story = await seed(hub);
  const idea = await submitIdea(story.mira, story.space);
  return {
    ...story,
    hub,
    url: hub.url,
    idea,
    async say(...bodies) {
      for (const body of bodies) await contribute(story.jon, idea, { body });
    },
    async quiet() {
      await eventually(
        () => hub.upstreams(),
        (upstreams) => upstreams === 0,
      );
    },
    async stop() {
      await hub.stop();
      await eventually(openConnections, (now) => now.length <= before.length);
    },
  };
}

function openConnections(): string[] {
  return process.getActiveResourcesInfo().filter((name) => /^(TCP|Pipe)(Socket|Server)?Wrap$/.test(name));
}
