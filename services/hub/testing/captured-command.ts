import { Writable } from 'node:stream';
import { runCommand } from '../run-command.js';

/** For tests: runs the command as a shell would, and answers with what it wrote and its exit code. */
export async function runCaptured(
  args: readonly string[],
  env: Readonly<Record<string, string>> = { WEFT_TOKEN: 'secret' },
): Promise<{ code: number; out: string; err: string }> {
  const written = { out: '', err: '' };
  const sink = (name: keyof typeof written) =>
    new Writable({
      write(chunk, _encoding, done) {
        written[name] += String(chunk);
        done();
      },
    });
  const code = await runCommand(args, { out: sink('out'), err: sink('err'), interactive: false, env });
  return { code, ...written };
}
