import { testCrowds } from './crowd-promises.js';

/** The full size is soaked; here the bounds have room for a machine that does other things. */
testCrowds({
  idle: { subscribers: 300, idleMs: 3_000, mostMebibytes: 333, mostCpu: 0.1 },
  back: { clients: 200, events: 10, mostStatements: 1 },
  stalled: { stalled: 10, eventsBefore: 10, patienceMs: 60_000, mostMebibytes: 12, factor: 4, freeMs: 2_000 },
  limitMs: 180_000,
});
