/** Does something again and again, never twice at once, without keeping the process alive for it. */
export function every(
  milliseconds: number,
  work: () => Promise<void>,
  failed: (error: unknown) => void,
): { stop(): void } {
  let running = false;
  const timer = setInterval(() => {
    if (running) return;
    running = true;
    work()
      .catch(failed)
      .finally(() => {
        running = false;
      });
  }, milliseconds);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}
