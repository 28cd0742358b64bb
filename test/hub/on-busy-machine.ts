/**
 * What a promised time may take where many tests share a few processors. Whatever breaks such a promise - a check that comes
 * once a minute, a wait for the end of a timeout - takes longer still.
 */
export function onBusyMachine(promisedMs: number): number {
  return 3 * promisedMs;
}
