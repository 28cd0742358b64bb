/** Whether a failed system call failed for one of these reasons. */
export function isErrno(error: unknown, ...codes: string[]): boolean {
  // Not `instanceof Error`: an error made by Node is of another realm than code that runs inside a test runner.
  return typeof error === 'object' && error !== null && 'code' in error && codes.some((code) => code === error.code);
}
