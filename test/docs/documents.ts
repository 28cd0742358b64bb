import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Folder of the checkout, seen from the compiled tests. */
export const root = fileURLToPath(new URL('../../../', import.meta.url));

export interface MarkdownDocument {
  /** From the root of the checkout, for example `docs/glossary.md`. */
  readonly path: string;
  readonly text: string;
}

const foldersWithoutDocuments = new Set(['node_modules', 'dist', '.git', '.data']);

export function readText(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

/** Every markdown file of the checkout. */
export function markdownDocuments(): MarkdownDocument[] {
  return pathsBelow('.', '.md').map((path) => ({ path, text: readText(path) }));
}

export function pathsBelow(folder: string, suffix: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return foldersWithoutDocuments.has(entry.name) ? [] : pathsBelow(path, suffix);
    return entry.name.endsWith(suffix) ? [path] : [];
  });
}

/** The contents of the fenced blocks of one language. */
export function codeBlocks({ text }: MarkdownDocument, language: string): string[] {
  return [...text.matchAll(/^```(\S*)\n([\s\S]*?)^```$/gm)]
    .filter((match) => match[1] === language)
    .map((match) => match[2] ?? '');
}

/** The cells of every row of every table in a text, as written; headings and rules included. */
export function tableRows(text: string): string[][] {
  return text
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

/** What a cell names in code letters, or undefined when it holds something else. */
export function nameIn(cell: string | undefined): string | undefined {
  return /^`([^`]+)`$/.exec(cell ?? '')?.[1];
}

/** Where the links lead that stay in this checkout, from its root, with the anchor if there is one. */
export function relativeLinks(document: MarkdownDocument): { readonly path: string; readonly anchor: string }[] {
  const prose = document.text.replace(/^```[\s\S]*?^```$/gm, '').replace(/`[^`\n]*`/g, '');
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)]
    .map((match) => match[1] ?? '')
    .filter((target) => !/^[a-z]+:/i.test(target))
    .map((target) => {
      const [path = '', anchor = ''] = target.split('#');
      return { path: path === '' ? document.path : join(dirname(document.path), path), anchor };
    });
}

/** The anchors of the headings, made as code hosts make them. */
export function anchors(text: string): Set<string> {
  return new Set(
    [...text.matchAll(/^#+ (.+)$/gm)].map((match) =>
      (match[1] ?? '')
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );
}
