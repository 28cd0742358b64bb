import { readFile } from 'node:fs/promises';
import { parse } from 'graphql';
import { z } from 'zod';
import { ConfigError } from '#kernel/config/config.js';
import { type DocumentPolicy, onlyTrusted, sha256 } from './document-policy.js';

const manifest = z.record(z.string(), z.string());

/** Reads the registered documents: a JSON object from the SHA-256 of each text, in hex, to the text. Tells every problem at once. */
export async function readManifest(path: string): Promise<DocumentPolicy> {
  const texts = new Map(Object.entries(await readObject(path)));
  const problems = [...texts].flatMap(([hash, text]) => problemOf(hash, text) ?? []);
  if (problems.length > 0) throw wrong(path, problems);
  return onlyTrusted(texts);
}

async function readObject(path: string): Promise<z.output<typeof manifest>> {
  try {
    return manifest.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    const reason = error instanceof z.ZodError ? 'it must be one JSON object of texts' : String(error);
    throw wrong(path, [reason]);
  }
}

function problemOf(hash: string, text: string): string | undefined {
  if (sha256(text) !== hash) return `${hash}: the SHA-256 of its text is ${sha256(text)}`;
  try {
    parse(text);
    return undefined;
  } catch (error) {
    return `${hash}: ${error instanceof Error ? error.message : error}`;
  }
}

function wrong(path: string, problems: readonly string[]): ConfigError {
  return new ConfigError(
    `TRUSTED_DOCUMENTS: "${path}" cannot be used; mend it or unset the variable:\n${problems.map((problem) => `  ${problem}`).join('\n')}`,
  );
}
