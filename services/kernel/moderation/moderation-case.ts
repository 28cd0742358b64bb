export const caseStates = ['reported', 'dismissed', 'hidden', 'appealed', 'upheld', 'restored'] as const;
export type CaseState = (typeof caseStates)[number];

export const reportReasons = ['spam', 'offensive', 'confidential', 'unlawful', 'off_topic', 'other'] as const;
export type ReportReason = (typeof reportReasons)[number];

/** What moderation knows of one content. Reports say why people want it gone; `reason` is what its author is told. */
export interface ModerationCase {
  readonly id: string;
  readonly contentId: string;
  readonly spaceId: string;
  readonly authorIds: readonly string[];
  readonly state: CaseState;
  readonly reporterCount: number;
  readonly reason: string | null;
  /** When it was last hidden; stays when it was restored. */
  readonly hiddenAt: Date | null;
  readonly hiddenById: string | null;
  readonly appeal: string | null;
  /** What was said with the last decision: on reports, on the appeal, or on a restoration. */
  readonly decision: string | null;
  readonly decidedById: string | null;
  readonly openedAt: Date;
  /** When its state last changed. */
  readonly movedAt: Date;
}

export interface ModerationReport {
  readonly caseId: string;
  readonly reporterId: string;
  readonly reason: ReportReason;
  readonly note: string;
  readonly createdAt: Date;
}
