import { randomUUID } from 'node:crypto';
import type { HubRecord } from '#kernel/records/record-format.js';
import { referencesIn } from '#kernel/records/record-references.js';
import type { DraftRecord } from './draft-record.js';
import { type ExportedRecord, peopleRecords } from './export-api.js';
import type { HubClient } from './hub-client.js';
import { keyOf } from './known-ids.js';
import { lookUp, type RecordKey } from './reference-api.js';

/** The organizations, teams, persons and spaces that an export needs: those asked for and those its records name. */
export class CollectedPeople {
  /** Persons that records name but the token may not see. */
  standIns = 0;
  private readonly exportKey = randomUUID();
  private readonly refs = new Map<string, string | undefined>();
  private readonly records = new Map<string, DraftRecord>();
  private readonly wanted = new Map<string, RecordKey>();

  constructor(
    private readonly client: HubClient,
    private readonly source: string | undefined,
  ) {}

  add({ id, record }: ExportedRecord): void {
    if (!('ref' in record)) return;
    this.refs.set(id, record.ref);
    this.records.set(keyOf(record.kind, record.ref), record);
    this.want(record);
  }

  /** Notes what a record names by ref, so that `complete` fetches it. */
  want(record: HubRecord): void {
    for (const { kind, ref } of referencesIn(record)) this.wanted.set(keyOf(kind, ref), { kind, ref });
  }

  async fetch(ids: Iterable<string>): Promise<void> {
    const unknown = [...new Set(ids)].filter((id) => !this.refs.has(id));
    const found = await peopleRecords(this.client, this.source, this.exportKey, unknown);
    unknown.forEach((id, index) => {
      const record = found[index];
      if (record === undefined) this.refs.set(id, undefined);
      else this.add({ id, record: record.record });
    });
  }

  has({ kind, ref }: RecordKey): boolean {
    return this.records.has(keyOf(kind, ref));
  }

  refOf(id: string): string | undefined {
    return this.refs.get(id);
  }

  /**
   * Someone the token may not see, perhaps erased. What they wrote is part of the export, and it cannot be imported
   * without an author; dropping it would break the threads of all others.
   */
  standInFor(id: string): string {
    this.standIns += 1;
    this.refs.set(id, id);
    this.records.set(keyOf('person', id), { kind: 'person', ref: id, name: 'Someone not visible' });
    return id;
  }

  /** Fetches what the collected records name, and what that names, until all of it is here. */
  async complete(): Promise<void> {
    for (let missing = this.takeMissing(); missing.length > 0; missing = this.takeMissing()) {
      const known = this.source === undefined ? [] : await lookUp(this.client, 'people', this.source, missing);
      const found = new Set(known.map(({ kind, ref }) => keyOf(kind, ref)));
      // Rows made by hand have no ref in this source: records name them by their id.
      const byId = missing.filter(({ kind, ref }) => !found.has(keyOf(kind, ref)) && ID.test(ref));
      await this.fetch([...known.map(({ id }) => id), ...byId.map(({ ref }) => ref)]);
    }
  }

  /** All of one kind, by ref: an order that does not depend on when a hub got to know them. */
  ofKind(kind: DraftRecord['kind']): DraftRecord[] {
    const chosen = [...this.records].filter(([, record]) => record.kind === kind);
    return chosen.sort(([left], [right]) => (left < right ? -1 : 1)).map(([, record]) => record);
  }

  private takeMissing(): RecordKey[] {
    const missing = [...this.wanted].filter(([key]) => !this.records.has(key)).map(([, named]) => named);
    this.wanted.clear();
    return missing;
  }
}

/** The shape of a global id: the prefix of its type and a compact UUID. */
const ID = /^[a-z_]+_[0-9a-z]{20,}$/;
