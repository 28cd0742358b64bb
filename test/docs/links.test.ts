import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { anchors, markdownDocuments, readText, relativeLinks, root } from './documents.js';

describe('links between the documents', () => {
  const documents = markdownDocuments();

  test('there are documents to look at', () => {
    expect(documents.map(({ path }) => path)).toEqual(expect.arrayContaining(['README.md', 'docs/architecture.md']));
  });

  test.each(documents.map((document) => [document.path, document] as const))('of %s lead somewhere', (_, document) => {
    const broken = relativeLinks(document).filter(({ path, anchor }) => {
      if (!existsSync(join(root, path))) return true;
      return anchor !== '' && path.endsWith('.md') && !anchors(readText(path)).has(anchor);
    });
    expect(broken).toEqual([]);
  });
});
