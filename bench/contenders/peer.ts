import { freePorts } from '#test/hub/free-port.js';
import type { BenchHub } from '../data/bench-hub.js';
import { spawnNode } from '../measure/spawn-node.js';
import { type Contender, running } from './contender.js';
import { hubEnvironment, type Subgraphs, startSubgraphs } from './hub-processes.js';

/** A contender that is a program of this folder, in front of our subgraph processes or alone. */
export function peer(name: string, script: string, over: 'subgraphs' | 'database'): Contender {
  return {
    name,
    async start(hub: BenchHub) {
      const [port = 0] = await freePorts(1);
      const { processes, urls }: Subgraphs =
        over === 'subgraphs' ? await startSubgraphs(hub) : { processes: [], urls: {} };
      const env = { ...hubEnvironment(hub), ...urls, PORT: String(port) };
      return running(`http://127.0.0.1:${port}`, processes, () =>
        spawnNode({ script: `bench/contenders/servers/${script}.js`, env }),
      );
    },
  };
}

export const stockInProcess = peer('@apollo/gateway, one process', 'stock-in-process', 'database');
export const stockOverHttp = peer('@apollo/gateway, four processes', 'stock-over-http', 'subgraphs');
export const hiveGateway = peer('Hive Gateway, four processes', 'hive-gateway', 'subgraphs');
export const handWritten = peer('limit: one statement, bare node:http', 'hand-written', 'database');
export const bareBroadcast = peer('limit: bare ws broadcast of the same bytes', 'bare-broadcast', 'database');
