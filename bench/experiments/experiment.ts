import type { BenchCluster } from '../data/bench-cluster.js';

export interface Options {
  /** How long each turn is measured. */
  readonly seconds: number;
  /** How often each contender has its turn. */
  readonly rounds: number;
  /** Part of a name: only those contenders take part. Empty for all. */
  readonly contender: string;
  /** How many interactions ties are made of. */
  readonly interactions: number;
  readonly say: (line: string) => void;
}

/** Measures something; gives the tables for the report. */
export type Experiment = (cluster: BenchCluster, options: Options) => Promise<string>;
