import { createWake, type Wake } from './wake.js';

/** The wake-ups of the event logs, one for each service, shared by everything in this process. */
export interface Wakes {
  of(service: string): Wake;
}

export function createWakes(): Wakes {
  const wakes = new Map<string, Wake>();
  return {
    of(service) {
      const wake = wakes.get(service) ?? createWake();
      wakes.set(service, wake);
      return wake;
    },
  };
}
