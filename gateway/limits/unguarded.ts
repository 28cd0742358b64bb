import type { Admission } from './admission.js';
import type { Guard } from './guard.js';

/** No limits at all, to measure what they cost. */
export const unguarded: { readonly guard: Guard; readonly admission: Admission } = {
  guard: {
    maxBytes: Number.MAX_SAFE_INTEGER,
    checkJson: () => undefined,
    parseJson: (text) => JSON.parse(text),
    checkDocument: () => 0,
  },
  admission: {
    read: async () => undefined,
    run: async () => undefined,
  },
};
