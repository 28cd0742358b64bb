import { cpus } from 'node:os';

/** One line that says where the figures come from. */
export function machineLine(postgresVersion: string, seconds: number, rounds: number): string {
  const [cpu] = cpus();
  const versions = `Node.js ${process.versions.node}, PostgreSQL ${postgresVersion.split(' ')[0]}`;
  return `Measured with ${versions} on ${cpus().length} cores (${cpu?.model.trim() ?? 'unknown'}); ${rounds} round(s) of ${seconds} s for each contender.`;
}
