import type { ModerationReport } from '#kernel/moderation/moderation-case.js';

export const personCaseStates = ['reported', 'dismissed', 'suspended'] as const;
export type PersonCaseState = (typeof personCaseStates)[number];

/**
 * What was reported of one person until administrators decided. Unlike words, people do something new: what is reported of them
 * afterwards is another case, and everybody's word counts again.
 */
export interface PersonCase {
  readonly id: string;
  readonly personId: string;
  readonly state: PersonCaseState;
  readonly reporterCount: number;
  /** What was said when the reports were dismissed. */
  readonly decision: string | null;
  readonly decidedById: string | null;
  readonly openedAt: Date;
  readonly decidedAt: Date | null;
}

/** Somebody's word on a person; as on any content. */
export type PersonReport = ModerationReport;
