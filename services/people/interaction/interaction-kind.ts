/** What a person can do towards another, and what one of it weighs. An imported interaction brings its own weight. */
export const interactionWeights = {
  /** Object: the message or the contribution that is answered. */
  reply: 1,
  /** Object: the idea. */
  coContribution: 0.5,
  /** Object: the conversation. */
  mention: 0.5,
  /** Object: the idea. */
  endorsement: 0.25,
  /** Object: the message. */
  reaction: 0.1,
} as const;

/** `recorded`: imported; its object is its type. */
export type InteractionKind = keyof typeof interactionWeights | 'recorded';

/** One thing a person did towards another. The same one counts once a UTC day. */
export interface NewInteraction {
  readonly from: string;
  readonly to: string;
  readonly kind: InteractionKind;
  /** What it was about, as far as it makes one interaction another one. */
  readonly object: string;
  readonly at: Date;
  readonly weight: number;
  readonly space: string | null;
  readonly idea: string | null;
  readonly conversation: string | null;
}
