import type { JudgeTask } from './ledger.js';

/** What a client of the public endpoint gets on a stream. */
export interface Received {
  readonly data?: {
    readonly contributionAdded?: {
      readonly contribution: { readonly body: string } | null;
      readonly actor: { readonly name: string } | null;
    } | null;
  } | null;
  readonly errors?: readonly { readonly extensions?: Record<string, unknown> }[];
  readonly extensions?: { readonly weft?: { readonly cursor: string; readonly previous: string | null } };
}

/** One connection and what happens on it. */
export interface Connection {
  /** Resolves when it is over, for whatever reason. */
  readonly over: Promise<void>;
  /** Breaks it without a word. */
  cut(): void;
}

export interface Hears {
  event(received: Received): void;
  /** The place moved without an event. */
  moved(cursor: string): void;
  /** The hub ended the stream with these errors. */
  refused(errors: Received['errors']): void;
  /** The hub said that there is nothing more. */
  completed(): void;
}

export type Listen = (task: JudgeTask, after: string, hears: Hears) => Connection;

export const query = `subscription Listen($space: ID, $after: Cursor) {
  contributionAdded(space: $space, after: $after) { contribution { body } actor { name } }
}`;
