import type { TestClient } from '../hub/graphql-client.js';
import type { TestHub } from '../hub/test-hub.js';
import type { Picks } from './picks.js';

/** What a dashboard shows of a service: read once, and kept true by nothing but events from then on. */
export interface Copy {
  /** Takes an event of the stream of this name. */
  apply(stream: string, event: unknown): void;
  /** Everything that is shown, in an order of its own: equal views show the same. */
  view(): unknown;
}

/** A stream of the public API that keeps a copy true. */
export interface CopiedStream {
  readonly field: string;
  /** What is selected of each event. */
  readonly selection: string;
  /** Arguments besides "after", as they stand in the document. */
  readonly args: string;
}

/** Something people do; that it may be refused is part of it. */
export interface Deed<Scene> {
  readonly name: string;
  do(scene: Scene, picks: Picks): Promise<unknown>;
}

/** A service as the clients of its streams see it, and what people do there. */
export interface CopiedService<Scene> {
  /** The query field with the place in its log. */
  readonly position: string;
  /** Those who keep copies, by what they are. */
  followers(scene: Scene): Readonly<Record<string, TestClient>>;
  prepare(hub: TestHub): Promise<Scene>;
  /** How many may act at the same time. */
  readonly atOnce: number;
  /** In an order in which each of them changes something when they are done one after the other. */
  readonly deeds: readonly Deed<Scene>[];
  streams(scene: Scene): readonly CopiedStream[];
  /** Reads all that is shown. */
  read(client: TestClient, scene: Scene): Promise<Copy>;
  /** Does something behind everything else; the cursor of its event on the streams that tell of it. */
  lastWord(scene: Scene): Promise<Readonly<Record<string, string>>>;
}
