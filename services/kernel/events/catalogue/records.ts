import { z } from 'zod';
import { event } from './fact.js';

/** What goes in and out of whatever service as a whole; the subject is who asked. For the audit log; nobody streams these. */
export const recordsImported = event('Records were imported: so many new things, and so many that changed.', {
  source: z.string(),
  created: z.number().int(),
  updated: z.number().int(),
});
export const recordsExported = event(
  'Somebody began to export records by this query; the pages after its first go with it.',
  {
    query: z.string(),
    source: z.string().nullable(),
  },
);
export const personalDataExported = event('Somebody began to read all that the service holds on them.', {});
