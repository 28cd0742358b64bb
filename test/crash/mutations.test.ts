import { testMutations } from './mutation-promises.js';

testMutations({ rounds: 1, deeds: 300, frozenMs: 8_000, limitMs: 150_000 });
