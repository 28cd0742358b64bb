import { readFile } from 'node:fs/promises';

/** Linux counts the time of processes in hundredths of a second, whatever the kernel's own tick is. */
const msPerTick = 10;

/** CPU time of these processes so far, user and system, all their threads. */
export async function cpuMsOf(pids: readonly number[]): Promise<number> {
  const times = await Promise.all(pids.map(async (pid) => (await timesOf(pid)).own));
  return sum(times);
}

/** CPU time of a process, of its children, and of the children that have ended: a PostgreSQL server with its backends. */
export async function cpuMsOfTree(root: number): Promise<number> {
  const { own, ended } = await timesOf(root);
  const children = await Promise.all((await childrenOf(root)).map(async (pid) => (await timesOf(pid)).own));
  return own + ended + sum(children);
}

/** Fields 14 to 17 of `/proc/<pid>/stat`; the name in field 2 may hold blanks, so counting starts behind it. */
async function timesOf(pid: number): Promise<{ own: number; ended: number }> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const ticks = (field: number) => Number(fields[field - 3] ?? 0);
  return { own: (ticks(14) + ticks(15)) * msPerTick, ended: (ticks(16) + ticks(17)) * msPerTick };
}

async function childrenOf(pid: number): Promise<number[]> {
  const text = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '');
  return text.split(' ').filter(Boolean).map(Number);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
