import { type RecordKind, recordKinds, serviceOf } from '#kernel/records/record-kind.js';
import { referencesOf } from '#kernel/records/record-references.js';
import type { KnownRecord, RecordKey } from './reference-api.js';

/** Bounds the memory of an import of any length; what falls out is looked up again when it is named again. */
const CAPACITY = 200_000;

/** The ids that the hub gave to records, the least recently used forgotten first. */
export class KnownIds {
  private readonly ids = new Map<string, string>();

  constructor(private readonly capacity: number = CAPACITY) {}

  find({ kind, ref }: RecordKey): string | undefined {
    const key = keyOf(kind, ref);
    const id = this.ids.get(key);
    if (id === undefined) return undefined;
    this.put(key, id);
    return id;
  }

  /** Remembers only kinds that another service can name: nobody asks for the id of the millionth message. */
  remember({ kind, ref, id }: KnownRecord): void {
    if (namedByOthers.has(kind)) this.put(keyOf(kind, ref), id);
  }

  private put(key: string, id: string): void {
    this.ids.delete(key);
    this.ids.set(key, id);
    if (this.ids.size <= this.capacity) return;
    const [oldest] = this.ids.keys();
    if (oldest !== undefined) this.ids.delete(oldest);
  }
}

export function keyOf(kind: RecordKind, ref: string): string {
  return `${kind} ${ref}`;
}

const namedByOthers: ReadonlySet<RecordKind> = new Set(
  recordKinds.flatMap((kind) =>
    referencesOf(kind)
      .map((reference) => reference.kind)
      .filter((named) => serviceOf(named) !== serviceOf(kind)),
  ),
);
