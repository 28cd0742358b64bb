import { CommandError } from './command.js';

/** What goes wrong with files and servers is for the caller to mend: the message is all there is to say. */
export async function tellProblems<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw new CommandError(error instanceof Error ? error.message : String(error));
  }
}
