import { freePorts } from '#test/hub/free-port.js';
import { spawnNode } from '../measure/spawn-node.js';
import { type Contender, running } from './contender.js';
import { hubEnvironment, main, startSubgraphs } from './hub-processes.js';

export const oursInOneProcess: Contender = {
  name: 'Weft, one process',
  async start(hub) {
    const [port = 0] = await freePorts(1);
    const env = { ...hubEnvironment(hub), PORT: String(port) };
    return running(`http://127.0.0.1:${port}`, [], () => spawnNode({ script: main, env }));
  },
};

export const oursOverHttp: Contender = {
  name: 'Weft, four processes',
  async start(hub) {
    const [port = 0] = await freePorts(1);
    const { processes, urls } = await startSubgraphs(hub);
    const env = { ...hubEnvironment(hub), ...urls, PORT: String(port) };
    return running(`http://127.0.0.1:${port}`, processes, () =>
      spawnNode({ script: main, args: ['--roles', 'gateway'], env }),
    );
  },
};
