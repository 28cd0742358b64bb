import { testRollingRestart } from './rolling-restart-promise.js';

testRollingRestart({ rounds: 5, deedsBetween: 500, limitMs: 900_000 });
