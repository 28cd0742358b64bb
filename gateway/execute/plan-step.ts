/** A compiled node of a plan. It never rejects: whatever goes wrong is recorded in the run. */
import type { OperationRun } from './operation-run.js';

export type PlanStep = (run: OperationRun) => Promise<void>;
