import { setTimeout as pause } from 'node:timers/promises';

const tickMs = 100;

/**
 * Waits until this process could have heard an answer for so long. While it is busy itself - thousands of clients that come back in
 * one moment - answers lie unread, and time that passes then says nothing about whoever was asked. Rejects when the signal aborts.
 */
export async function listeningPause(milliseconds: number, signal: AbortSignal): Promise<void> {
  let left = milliseconds;
  while (left > 0) {
    const tick = Math.min(tickMs, left);
    await pause(tick, undefined, { signal, ref: false });
    left -= tick;
  }
}
