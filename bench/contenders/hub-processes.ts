import { freePorts } from '#test/hub/free-port.js';
import type { BenchHub } from '../data/bench-hub.js';
import { type NodeProcess, spawnNode } from '../measure/spawn-node.js';

export const main = 'services/main.js';
export const rolePrefix = 'weft_bench';

export function hubEnvironment(hub: BenchHub): Record<string, string> {
  return {
    DATABASE_URL: hub.databaseUrl,
    HUB_SECRET: hub.secret,
    HUB_ROLE_PREFIX: rolePrefix,
    HUB_DATA_DIR: hub.folder,
    ...manyRequests,
  };
}

/** A few viewers at one address ask for more than any one of them would: it is counted, and nobody is refused. */
const manyRequests = {
  RATE_LIMIT_PERSON: '2000000000',
  CONNECTIONS_PER_ADDRESS: '1000000',
  SUBSCRIPTIONS_PER_VIEWER: '1000000',
};

export interface Subgraphs {
  readonly processes: readonly NodeProcess[];
  /** PEOPLE_URL, IDEAS_URL and CONVERSATIONS_URL, as the gateway reads them. */
  readonly urls: Readonly<Record<string, string>>;
}

/** Our three services, each in a process of its own: what every gateway over HTTP stands in front of. */
export async function startSubgraphs(hub: BenchHub): Promise<Subgraphs> {
  const [people = 0, ideas = 0, conversations = 0] = await freePorts(3);
  const ports = { people, ideas, conversations };
  const processes: NodeProcess[] = [];
  const urls: Record<string, string> = {};
  for (const [role, port] of Object.entries(ports)) {
    const env = { ...hubEnvironment(hub), [`${role.toUpperCase()}_PORT`]: String(port) };
    processes.push(await spawnNode({ script: main, args: ['--roles', role], env }));
    urls[`${role.toUpperCase()}_URL`] = `http://127.0.0.1:${port}/graphql`;
  }
  return { processes, urls };
}
