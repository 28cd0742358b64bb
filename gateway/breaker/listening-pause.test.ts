import { listeningPause } from './listening-pause.js';

const never = new AbortController().signal;

test('lasts as long as was asked for', async () => {
  const since = performance.now();
  await listeningPause(150, never);
  expect(performance.now() - since).toBeGreaterThan(140);
});

test('time in which this process is busy itself hardly counts', async () => {
  const waiting = listeningPause(300, never);
  const busyUntil = performance.now() + 400;
  while (performance.now() < busyUntil);
  await waiting;
  expect(performance.now() - busyUntil).toBeGreaterThan(150);
});

test('is given up with the signal', async () => {
  const ending = new AbortController();
  const waiting = listeningPause(60_000, ending.signal);
  ending.abort();
  await expect(waiting).rejects.toThrow('aborted');
});
