import type { Writable } from 'node:stream';

/** One subcommand of `hub`. Add one by writing its file and naming it in `run-command.ts`. */
export interface Command {
  readonly name: string;
  readonly summary: string;
  readonly help: string;
  /** Answers with the exit code: 0 done, 1 not all done. Throws a CommandError for what the caller can mend. */
  run(args: string[], terminal: Terminal): Promise<number>;
}

export interface Terminal {
  /** For what was asked for. */
  readonly out: Writable;
  /** For progress and problems, so that `out` can be piped. */
  readonly err: Writable;
  /** Whether somebody is watching `err`. */
  readonly interactive: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** A failure whose message is all the reader needs; printed without a stack. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  constructor(
    message: string,
    readonly exitCode: 1 | 2 = 1,
  ) {
    super(message);
  }
}

/** The command line itself is wrong. */
export function usageError(message: string): CommandError {
  return new CommandError(message, 2);
}
