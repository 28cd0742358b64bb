import type { BenchHub } from '../data/bench-hub.js';
import type { NodeProcess } from '../measure/spawn-node.js';

/** One way to answer for the hub's data. */
export interface Contender {
  readonly name: string;
  start(hub: BenchHub): Promise<RunningContender>;
}

export interface RunningContender {
  /** Without the path: GraphQL is at /graphql. */
  readonly url: string;
  /** What the clients talk to. */
  readonly front: NodeProcess;
  /** Processes behind it; none when it does all by itself. */
  readonly subgraphs: readonly NodeProcess[];
  stop(): Promise<void>;
}

export function pidsOf({ front, subgraphs }: RunningContender): number[] {
  return [front, ...subgraphs].map(({ pid }) => pid);
}

/** Starts one process after the other; when one fails, those before it are ended. */
export async function running(
  url: string,
  subgraphs: readonly NodeProcess[],
  startFront: () => Promise<NodeProcess>,
): Promise<RunningContender> {
  const stopAll = (processes: readonly NodeProcess[]) => Promise.all(processes.map((process) => process.stop()));
  try {
    const front = await startFront();
    return {
      url,
      front,
      subgraphs,
      async stop() {
        await front.stop();
        await stopAll(subgraphs);
      },
    };
  } catch (error) {
    await stopAll(subgraphs);
    throw error;
  }
}
