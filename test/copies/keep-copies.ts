import { isDeepStrictEqual } from 'node:util';
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { eventually } from '../hub/eventually.js';
import type { TestClient } from '../hub/graphql-client.js';
import type { TestHub } from '../hub/test-hub.js';
import type { CopiedService, Copy } from './copied-service.js';
import { Picks } from './picks.js';

/** What happens in one run. */
export interface Life {
  readonly steps: readonly Step[];
  /** How many people act at the same time. */
  readonly atOnce: number;
  /** The copies are made when so many steps are done. */
  readonly before: number;
  /** Whether they are made in the middle of what goes on, or before it goes on. */
  readonly meanwhile: boolean;
}

export interface Step {
  readonly deed: number;
  readonly numbers: readonly number[];
}

/** On a machine that does ten other things. */
const arrivalMs = 60_000;

/** Lives a life, and holds each follower's copy against what the hub says at the end. Counts the events that were applied, by kind. */
export async function keepCopies<Scene>(
  hub: TestHub,
  service: CopiedService<Scene>,
  life: Life,
  applied: Map<string, number>,
): Promise<readonly { readonly who: string; readonly kept: unknown; readonly fresh: unknown }[]> {
  const scene = await service.prepare(hub);
  const live = liver(service, scene, life);
  await live(life.steps.slice(0, life.before));
  const goOn = () => live(life.steps.slice(life.before));
  const early = life.meanwhile ? goOn() : undefined;
  const following = Object.entries(service.followers(scene)).map(async ([who, client]) => ({
    who,
    client,
    follower: await Follower.start(hub, service, scene, client, applied),
  }));
  const [followers] = await Promise.all([Promise.all(following), early]);
  try {
    if (!early) await goOn();
    const last = await service.lastWord(scene);
    return await Promise.all(
      followers.map(async ({ who, client, follower }) => {
        await follower.reaches(last);
        const fresh = (await service.read(client, scene)).view();
        await follower.shows(fresh);
        return { who, kept: follower.view(), fresh };
      }),
    );
  } finally {
    await Promise.all(followers.map(({ follower }) => follower.stop()));
  }
}

function liver<Scene>({ deeds }: CopiedService<Scene>, scene: Scene, { atOnce }: Life) {
  return async (steps: readonly Step[]) => {
    const left = [...steps];
    const act = async () => {
      for (let step = left.shift(); step; step = left.shift())
        await deeds[step.deed % deeds.length]?.do(scene, new Picks(step.numbers));
    };
    await Promise.all(Array.from({ length: atOnce }, act));
  };
}

/** A client that has read once and listens from then on. */
class Follower {
  private readonly places = new Map<string, string[]>();
  private failure: unknown;

  private constructor(
    private readonly copy: Copy,
    private readonly applied: Map<string, number>,
    private readonly dispose: () => void | Promise<void>,
  ) {}

  /** The place in the log is read before the data: what happens in between is in both, and must not matter. */
  static async start<Scene>(
    hub: TestHub,
    service: CopiedService<Scene>,
    scene: Scene,
    client: TestClient,
    applied: Map<string, number>,
  ): Promise<Follower> {
    const { after } = await client.run<{ after: string }>(`{ after: ${service.position} }`);
    const socket = createClient({
      url: `${hub.url.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      connectionParams: { authorization: `Bearer ${client.token}` },
    });
    const follower = new Follower(await service.read(client, scene), applied, () => socket.dispose());
    for (const { field, args, selection } of service.streams(scene)) {
      const separator = args === '' ? '' : ', ';
      const query = `subscription ($after: Cursor) { ${field}(after: $after${separator}${args}) { ${selection} } }`;
      follower.listen(field, socket.iterate({ query, variables: { after } })).catch((error: unknown) => {
        follower.failure ??= error;
      });
    }
    return follower;
  }

  async reaches(last: Readonly<Record<string, string>>): Promise<void> {
    await eventually(
      () => this.failure ?? Object.entries(last).filter(([field, cursor]) => !this.places.get(field)?.includes(cursor)),
      (missing) => !Array.isArray(missing) || missing.length === 0,
      arrivalMs,
    );
    if (this.failure) throw this.failure;
  }

  /** For what has no last word; what never comes is told better by who compares the two. */
  async shows(wished: unknown): Promise<void> {
    const equal = () => isDeepStrictEqual(this.view(), wished);
    await eventually(equal, (is) => is || this.failure !== undefined, arrivalMs).catch(() => undefined);
    if (this.failure) throw this.failure;
  }

  view(): unknown {
    return this.copy.view();
  }

  async stop(): Promise<void> {
    await this.dispose();
  }

  private async listen(field: string, results: AsyncIterable<unknown>): Promise<void> {
    for await (const result of results) {
      const { data, errors, extensions } = result as Received;
      if (errors) throw new Error(`An event of ${field} came with errors: ${JSON.stringify(errors)}`);
      const event = data[field];
      const kind = event?.kind ? `${field} ${event.kind}` : field;
      this.applied.set(kind, (this.applied.get(kind) ?? 0) + 1);
      this.copy.apply(field, event);
      this.places.set(field, [...(this.places.get(field) ?? []), extensions.weft.cursor]);
    }
  }
}

interface Received {
  readonly data: Readonly<Record<string, { readonly kind?: string } | undefined>>;
  readonly errors?: readonly object[];
  readonly extensions: { readonly weft: { readonly cursor: string } };
}
