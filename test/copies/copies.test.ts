import { testCopies } from './copies-promise.js';

testCopies({ lives: 2, steps: 60, seed: 20_261_122, limitMs: 180_000 });
