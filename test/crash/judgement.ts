/** What every run that hurts the hub is judged by; what a run has nothing to say about is left out. */
export interface Judgement {
  readonly sent: number;
  readonly acknowledged: number;
  /** To all subscribers together. */
  readonly delivered?: number;
  /** Acknowledged, and not there or not delivered. */
  readonly missing: number;
  readonly duplicated: number;
  readonly outOfOrder?: number;
  /** The longest time from the end of a disturbance until things went on. */
  readonly worstRecoveryMs?: number;
}

/** One line, the same columns in every run: a "-" says that a run has no such thing. */
export function tellJudgement(run: string, judgement: Judgement, ...more: readonly string[]): void {
  const { sent, acknowledged, delivered, missing, duplicated, outOfOrder, worstRecoveryMs } = judgement;
  const columns = [
    `sent ${sent}`,
    `acknowledged ${acknowledged}`,
    `delivered ${delivered ?? '-'}`,
    `missing ${missing}`,
    `duplicated ${duplicated}`,
    `out of order ${outOfOrder ?? '-'}`,
    `worst recovery ${worstRecoveryMs === undefined ? '-' : seconds(worstRecoveryMs)}`,
  ];
  process.stdout.write(`${run}: ${[columns.join(', '), ...more].join('; ')}\n`);
}

export function seconds(milliseconds: number): string {
  return `${(milliseconds / 1_000).toFixed(1)} s`;
}
