/** What one subscriber wrote down of one event. */
export interface Entry {
  readonly cursor: string;
  /** The place before it, as the hub says. */
  readonly previous: string | null;
  /** The place before it, as the subscriber knows: where it resumed, or the event it was given last. */
  readonly known: string;
  /** The text of the contribution; null when the event came without it. */
  readonly body: string | null;
  /** Whether everything that was asked for came with it. */
  readonly whole: boolean;
  readonly at: number;
}

/** What one subscriber saw from the first to the last event, over all its connections. */
export interface Ledger {
  readonly name: string;
  readonly entries: readonly Entry[];
  readonly connections: number;
  /** How often it was told to resume because it read too slowly. */
  readonly cutOff: number;
  /** Streams that the hub ended as if there were nothing more to come. */
  readonly completed: number;
  /** Errors that ended a stream, by their codes. */
  readonly refusals: Readonly<Record<string, number>>;
}

/** What a judge is told to do. */
export interface JudgeTask {
  readonly url: string;
  readonly token: string;
  readonly space: string;
  /** The place from which everything counts. */
  readonly start: string;
  readonly transports: readonly ('ws' | 'sse')[];
}

export type ToJudge =
  | { readonly kind: 'listen'; readonly task: JudgeTask }
  | { readonly kind: 'cut'; readonly share: number }
  | { readonly kind: 'count' }
  | { readonly kind: 'report' };

export type FromJudge =
  | { readonly kind: 'count'; readonly least: number }
  | { readonly kind: 'report'; readonly ledgers: readonly Ledger[] };
