/** One thing a person did towards another, read straight off an event: nothing is merged, weighed up or left out yet. */
export interface Interaction {
  readonly from: string;
  readonly to: string;
  readonly kind: InteractionKind;
  /** What was answered or reacted to, the idea, or the conversation of a mention; null for a bare trace. */
  readonly object: string | null;
  readonly at: Date;
  readonly weight: number;
}

export type InteractionKind =
  | 'reply'
  | 'coContribution'
  | 'mention'
  | 'endorsement'
  | 'reaction'
  | `interaction:${string}`;

export const dayMs = 24 * 3600 * 1000;

export function dayOf(at: Date): number {
  return Math.floor(at.getTime() / dayMs);
}
