import { testCrowds } from './crowd-promises.js';

testCrowds({
  idle: { subscribers: 10_000, idleMs: 30_000, mostMebibytes: 333, mostCpu: 0.1 },
  back: { clients: 5_000, events: 100, mostStatements: 0.05 },
  stalled: { stalled: 50, eventsBefore: 100, patienceMs: 30_000, mostMebibytes: 2, factor: 2, freeMs: 0 },
  limitMs: 600_000,
});
