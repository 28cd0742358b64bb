import type { Chore } from '#kernel/runtime/service.js';
import { forgetInteractions, tellSilence } from './tell-silence.js';

const hourMs = 3600 * 1000;

/** That a tie is dormant shows at once wherever it is read; that it is told of may take an hour. */
export const tieChores: readonly Chore[] = [
  { name: 'tell of ties that fell asleep', everyMs: hourMs, work: tellSilence },
  { name: 'forget old interactions', everyMs: hourMs, work: forgetInteractions },
];
