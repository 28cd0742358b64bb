import { isNativeError } from 'node:util/types';
import { backupCommand } from './backup-command.js';
import { type Command, CommandError, type Terminal } from './command.js';
import { eventsCommand } from './events-command.js';
import { exportCommand } from './export-command.js';
import { exportPersonCommand } from './export-person-command.js';
import { importCommand } from './import-command.js';
import { restoreCommand } from './restore-command.js';
import { tokenCommand } from './token-command.js';

const commands: readonly Command[] = [
  importCommand,
  exportCommand,
  exportPersonCommand,
  tokenCommand,
  eventsCommand,
  backupCommand,
  restoreCommand,
];

/** Runs the subcommand named first and answers with the exit code: 0 done, 1 not all done, 2 wrongly called. */
export async function runCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined) return refuse(terminal, overview());
  if (name === 'help' || name === '--help' || name === '-h') return answer(terminal, helpFor(rest[0]));
  const command = commands.find((candidate) => candidate.name === name);
  if (command === undefined) return refuse(terminal, `There is no subcommand "${name}".\n\n${overview()}`);
  if (rest.includes('--help') || rest.includes('-h')) return answer(terminal, command.help);
  return runOne(command, rest, terminal);
}

async function runOne(command: Command, args: string[], terminal: Terminal): Promise<number> {
  try {
    return await command.run(args, terminal);
  } catch (error) {
    const failure = asCommandError(error);
    const hint = failure.exitCode === 2 ? `\nSee "hub ${command.name} --help".` : '';
    terminal.err.write(`hub ${command.name}: ${failure.message}${hint}\n`);
    return failure.exitCode;
  }
}

/** A disk that is full or a folder that is closed is told as it is; anything else unforeseen is our bug and keeps its stack. */
function asCommandError(error: unknown): CommandError {
  if (error instanceof CommandError) return error;
  if (isNativeError(error) && 'syscall' in error) return new CommandError(error.message);
  throw error;
}

function helpFor(name: string | undefined): string {
  return commands.find((command) => command.name === name)?.help ?? overview();
}

function overview(): string {
  const lines = commands.map((command) => `  ${command.name.padEnd(15)}${command.summary}`);
  return `hub: work with a Weft hub from the command line\n\n${lines.join('\n')}\n\n"hub SUBCOMMAND --help" tells more.`;
}

function answer(terminal: Terminal, text: string): number {
  terminal.out.write(`${text}\n`);
  return 0;
}

function refuse(terminal: Terminal, text: string): number {
  terminal.err.write(`${text}\n`);
  return 2;
}
