import { testRollingRestart } from './rolling-restart-promise.js';

testRollingRestart({ rounds: 1, deedsBetween: 20, limitMs: 180_000 });
