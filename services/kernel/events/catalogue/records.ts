import { z } from 'zod';
import { event } from './fact.js';

/** What comes into whatever service as a whole, and leaves it so; the subject is who asked. For the audit log; nobody streams these. */
export const recordsImported = event('Records were imported: so many new things, and so many that changed.', {
  source: z.string(),
  created: z.number().int(),
  updated: z.number().int(),
});

/** That records left, and that somebody took along what is held on them; told once, when it begins. */
export const recordsExported = event('Records of these kinds began to be exported, of a source where one is named.', {
  kinds: z.array(z.string()),
  source: z.string().nullable(),
});
export const personalDataExported = event('A person began to export what this service holds on them.', {});
