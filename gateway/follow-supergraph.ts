import { unwatchFile, watchFile } from 'node:fs';
import { readFile } from 'node:fs/promises';

export interface FollowedSupergraph {
  readonly path: string;
  /** Throws when it cannot be served; what was served before stays. */
  reload(supergraphSdl: string): void;
  /** Whether a change of the file is enough; SIGHUP always is. */
  readonly onChange: boolean;
  said(result: 'reloaded' | Error): void;
}

/** Looked at so often, and by its name: what replaces a file by renaming another one is noticed too. */
const lookMs = 500;

/** Reads a supergraph anew on SIGHUP, and when its file changes; returns how to end that. */
export function followSupergraph({ path, reload, onChange, said }: FollowedSupergraph): () => void {
  const read = async () => {
    try {
      reload(await readFile(path, 'utf8'));
      said('reloaded');
    } catch (error) {
      said(error instanceof Error ? error : new Error(String(error)));
    }
  };
  const begin = () => void read();
  const changed = (now: { readonly mtimeMs: number }) => {
    if (now.mtimeMs > 0) begin(); // 0: it is gone, for as long as somebody takes to write it again
  };
  process.on('SIGHUP', begin);
  if (onChange) watchFile(path, { interval: lookMs, persistent: false }, changed);
  return () => {
    process.off('SIGHUP', begin);
    if (onChange) unwatchFile(path, changed);
  };
}
