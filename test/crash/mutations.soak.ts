import { testMutations } from './mutation-promises.js';

testMutations({ rounds: 3, deeds: 10_000, frozenMs: 20_000, limitMs: 900_000 });
