/** Lets many wait for the next change, or for a while, whichever comes first. */
export interface Wake {
  notify(): void;
  wait(milliseconds: number, signal: AbortSignal): Promise<void>;
}

export function createWake(): Wake {
  const waiting = new Set<() => void>();
  return {
    notify() {
      for (const resume of [...waiting]) resume();
    },
    wait(milliseconds, signal) {
      return new Promise((resolve) => {
        const resume = () => {
          clearTimeout(timer);
          signal.removeEventListener('abort', resume);
          waiting.delete(resume);
          resolve();
        };
        const timer = setTimeout(resume, milliseconds);
        waiting.add(resume);
        if (signal.aborted) resume();
        else signal.addEventListener('abort', resume);
      });
    },
  };
}
