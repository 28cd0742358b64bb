import { readFile, symlink } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { z } from 'zod';
import { isErrno } from '#kernel/data-folder/errno.js';

/**
 * Packages cannot hold symbolic links, so PostgreSQL's libraries come without their short names, and an install script
 * makes them. Many people install without scripts, so we make those that are missing. Several hubs may do it at once:
 * whoever is second finds the link there.
 */
export async function makeLibraryLinks(packageFolder: string): Promise<void> {
  const list = join(packageFolder, 'native', 'pg-symlinks.json');
  const text = await readFile(list, 'utf8').catch(() => '[]');
  await Promise.all(Links.parse(JSON.parse(text)).map((link) => makeLink(packageFolder, link)));
}

const Links = z.array(z.object({ source: z.string(), target: z.string() }));

async function makeLink(packageFolder: string, { source, target }: z.infer<typeof Links>[number]): Promise<void> {
  const link = join(packageFolder, target);
  const to = join(relative(dirname(target), dirname(source)), basename(source));
  try {
    await symlink(to, link);
  } catch (cause) {
    if (isErrno(cause, 'EEXIST')) return;
    throw new Error(
      `PostgreSQL needs the link ${link}, which cannot be made here. Run "node scripts/hydrate-symlinks.js" in ${packageFolder} as the user who owns that folder, or make it writable for one start.`,
      { cause },
    );
  }
}
