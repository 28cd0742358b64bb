import { parseArgs } from 'node:util';
import { runStatement, startBenchCluster } from './data/bench-cluster.js';
import { access } from './experiments/access.js';
import { cache } from './experiments/cache.js';
import type { Experiment, Options } from './experiments/experiment.js';
import { fanout } from './experiments/fanout.js';
import { growth } from './experiments/growth.js';
import { page } from './experiments/page.js';
import { ties } from './experiments/ties.js';
import { machineLine } from './report/machine.js';
import { writeIntoReadme } from './report/readme.js';

const experiments: Readonly<Record<string, Experiment>> = { page, access, fanout, cache, growth, ties };
/** They write a million messages or interactions first, which takes minutes. */
const onlyWhenAsked = new Set(['growth', 'ties']);

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    seconds: { type: 'string', default: '10' },
    rounds: { type: 'string', default: '3' },
    contender: { type: 'string', default: '' },
    interactions: { type: 'string', default: '1000000' },
  },
});
const say = (line: string) => void process.stdout.write(`${line}\n`);
const options: Options = {
  seconds: Number(values.seconds),
  rounds: Number(values.rounds),
  contender: values.contender,
  interactions: Number(values.interactions),
  say,
};

const interrupted = new Promise<never>((_, reject) => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => reject(new Error(`Ended by ${signal}.`)));
});
interrupted.catch(() => undefined);

try {
  for (const name of chosen()) await run(name, experimentOf(name));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exit(1);
}
process.exit(0);

function experimentOf(name: string): Experiment {
  const experiment = experiments[name];
  if (experiment) return experiment;
  throw new Error(`There is no experiment "${name}": choose of ${Object.keys(experiments).join(', ')}.`);
}

function chosen(): string[] {
  if (values.only !== undefined) return values.only.split(',');
  return Object.keys(experiments).filter((name) => !onlyWhenAsked.has(name));
}

/** Each on a server of its own, so that none measures what another left behind. */
async function run(name: string, experiment: Experiment): Promise<void> {
  say(`${name}: filling a hub …`);
  const cluster = await startBenchCluster();
  try {
    const [version] = await runStatement(await cluster.createDatabase('version'), 'SHOW server_version');
    // Whatever ends it, the server of the run is stopped and its files are removed; processes that are left end with this one.
    const tables = await Promise.race([experiment(cluster, options), interrupted]);
    const machine = machineLine(String(Object.values(version ?? {})[0]), options.seconds, options.rounds);
    say(`\n${tables}\n\n${machine}\n`);
    // A part of the contenders, or of the interactions, is for looking into something, not for the record.
    if (options.contender === '' && options.interactions === 1_000_000) await writeIntoReadme(name, machine, tables);
  } finally {
    await cluster.stop();
  }
}
