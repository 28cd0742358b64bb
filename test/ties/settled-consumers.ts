import { request } from 'undici';
import { eventually } from '../hub/eventually.js';

/** Waits until the consumers of a hub have handled everything, by what its metrics say, and have set nothing aside. */
export async function consumersSettle(url: string, milliseconds = 60_000): Promise<void> {
  await eventually(
    () => unfinishedConsumers(url),
    (figures) => figures.length === 0,
    milliseconds,
  );
}

/** The figures of those who still have something to do or have set something aside. */
export async function unfinishedConsumers(url: string): Promise<string[]> {
  const { body } = await request(`${url}/metrics`);
  const lines = (await body.text()).split('\n');
  const figures = lines.filter((line) => /^weft_(consumer_lag_seconds|dead_letters)\{/.test(line));
  if (figures.length === 0) return ['the metrics tell of no consumer'];
  return figures.filter((line) => !line.endsWith(' 0'));
}
