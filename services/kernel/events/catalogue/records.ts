import { z } from 'zod';
import { event } from './fact.js';

/** What comes into whatever service as a whole; the subject is who asked. For the audit log; nobody streams these. */
export const recordsImported = event('Records were imported: so many new things, and so many that changed.', {
  source: z.string(),
  created: z.number().int(),
  updated: z.number().int(),
});
