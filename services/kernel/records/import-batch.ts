import { invalid } from '../errors/user-error.js';
import { type IdKind, isIdOf, type MintId } from '../ids/id.js';
import type { Write } from '../write/write.js';
import { type HubRecord, parseRecord } from './record-format.js';
import type { RecordKind } from './record-kind.js';
import { referencesIn } from './record-references.js';
import type {
  ImportRequest,
  ImportResult,
  ReadyRecord,
  RecordOutcome,
  RecordProblemFound,
  RecordWriter,
} from './record-writer.js';
import { findReferences, keepReferences, lockSource, type RecordId } from './reference-store.js';

interface Entry {
  readonly record: HubRecord | undefined;
  problem: RecordProblemFound | undefined;
  id: string | undefined;
  isNew: boolean;
  result: ImportResult | undefined;
}

/** The state of one import: each record with what is known of it, from reading to outcome. */
export class ImportBatch {
  private entries: Entry[] = [];
  /** Ids of what was there before this batch, or belongs to another service. */
  private readonly known = new Map<string, string>();
  /** Ids of what this batch brings. */
  private readonly minted = new Map<string, string>();

  constructor(
    private readonly writers: readonly RecordWriter[],
    private readonly request: ImportRequest,
    private readonly newId: MintId,
  ) {
    for (const { kind, ref, id } of request.references) this.known.set(keyOf(kind, ref), checkedId(kind, id));
  }

  read(): void {
    this.entries = this.request.records.map((value) => toEntry(value, this.writers));
  }

  /** Finds the ids of everything the batch names or brings, and refuses what names something unknown. */
  async resolve(tx: Write): Promise<void> {
    await this.lookUp(tx);
    this.refuseMissing();
  }

  async refuseWhatWritersRefuse(tx: Write): Promise<void> {
    for (const writer of this.writers) {
      if (!writer.refuse) continue;
      const entries = this.accepted(writer.kind);
      const problems = await writer.refuse(
        tx,
        entries.map((entry) => this.ready(entry)),
      );
      for (const [place, problem] of problems) {
        const entry = entries[place];
        if (entry) entry.problem = problem;
      }
      if (problems.size > 0) this.refuseMissing();
    }
  }

  async write(tx: Write): Promise<void> {
    for (const round of this.rounds()) {
      for (const writer of this.writers) {
        const entries = round.filter((entry) => entry.record?.kind === writer.kind);
        if (entries.length > 0) await this.writeKind(tx, writer, entries);
      }
    }
  }

  outcomes(): RecordOutcome[] {
    const end = this.end();
    return this.entries.map(({ problem, result, id, record }, place) => {
      if (place > end) return { result: 'NOT_REACHED', id: null, field: null, reason: null };
      if (problem) return { result: 'REFUSED', id: null, field: problem.field, reason: problem.reason };
      return {
        result: result ?? 'UNCHANGED',
        id: record && 'ref' in record ? (id ?? null) : null,
        field: null,
        reason: null,
      };
    });
  }

  private async lookUp(tx: Write): Promise<void> {
    await lockSource(tx, this.request.source);
    const wanted = new Map<string, { kind: RecordKind; ref: string }>();
    for (const { record } of this.entries) {
      if (!record) continue;
      if ('ref' in record) wanted.set(keyOf(record.kind, record.ref), record);
      for (const { kind, ref } of referencesIn(record)) {
        if (this.writers.some((writer) => writer.kind === kind)) wanted.set(keyOf(kind, ref), { kind, ref });
      }
    }
    for (const { kind, ref, id } of await findReferences(tx, this.request.source, [...wanted.values()]))
      this.known.set(keyOf(kind, ref), id);
  }

  /** Goes through the batch from the front, since a record may only name what stands before it. */
  private refuseMissing(): void {
    const seen = new Set(this.known.keys());
    for (const entry of this.entries) {
      const { record } = entry;
      if (!record || entry.problem) continue;
      const missing = referencesIn(record).find(({ kind, ref }) => !seen.has(keyOf(kind, ref)));
      if (missing) {
        entry.problem = {
          field: missing.field,
          reason: `no ${missing.kind} "${missing.ref}" in source "${this.request.source}"; import it first`,
        };
        continue;
      }
      this.identify(entry, record);
      if ('ref' in record) seen.add(keyOf(record.kind, record.ref));
    }
  }

  private identify(entry: Entry, record: HubRecord): void {
    if (entry.id !== undefined) return;
    const writer = this.writers.find(({ kind }) => kind === record.kind);
    if (!writer) return;
    const key = 'ref' in record ? keyOf(record.kind, record.ref) : undefined;
    const existing = key === undefined ? undefined : (this.known.get(key) ?? this.minted.get(key));
    entry.isNew = existing === undefined;
    entry.id = existing ?? this.newId(writer.idKind);
    if (key !== undefined) this.minted.set(key, entry.id);
  }

  private ready(entry: Entry): ReadyRecord {
    const { record, id, isNew } = entry;
    if (!record || id === undefined) throw new Error('Only accepted records can be written.');
    return { record, id, isNew, idOf: (kind, ref) => this.idOf(kind, ref) };
  }

  private idOf(kind: RecordKind, ref: string): string {
    const key = keyOf(kind, ref);
    const id = this.known.get(key) ?? this.minted.get(key);
    if (id === undefined) throw new Error(`The ${kind} "${ref}" was not resolved.`);
    return id;
  }

  private accepted(kind: RecordKind): Entry[] {
    return this.entries.slice(0, this.end()).filter((entry) => entry.record?.kind === kind && !entry.problem);
  }

  /** The place of the refused record that ends the batch; behind the last place when none does. */
  private end(): number {
    if (this.request.onError === 'SKIP') return this.entries.length;
    const place = this.entries.findIndex(({ problem }) => problem !== undefined);
    return place === -1 ? this.entries.length : place;
  }

  /**
   * The accepted records in rounds in which nothing comes twice, since one statement cannot write the same row two times. Whatever
   * a record names comes for the first time in front of it, so it is in the first round; the last word on a row is written last.
   */
  private rounds(): Entry[][] {
    const rounds: Entry[][] = [];
    const times = new Map<string, number>();
    for (const entry of this.entries.slice(0, this.end())) {
      if (!entry.record || entry.problem) continue;
      const key = this.identityOf(entry.record);
      const time = times.get(key) ?? 0;
      times.set(key, time + 1);
      const round = rounds[time];
      if (round) round.push(entry);
      else rounds.push([entry]);
    }
    return rounds;
  }

  private identityOf(record: HubRecord): string {
    if ('ref' in record) return keyOf(record.kind, record.ref);
    const writer = this.writers.find(({ kind }) => kind === record.kind);
    return `${record.kind}\n${writer?.identity?.(this.withIds(record)) ?? ''}`;
  }

  /** The record with ids in place of refs: two refs may name the same person. */
  private withIds(record: HubRecord): HubRecord {
    const named = referencesIn(record).filter(({ field }) => Object.hasOwn(record, field));
    return { ...record, ...Object.fromEntries(named.map(({ field, kind, ref }) => [field, this.idOf(kind, ref)])) };
  }

  private async writeKind(tx: Write, writer: RecordWriter, entries: readonly Entry[]): Promise<void> {
    const results = await writer.write(
      tx,
      entries.map((entry) => this.ready(entry)),
      this.request.source,
    );
    entries.forEach((entry, place) => {
      entry.result = results[place];
    });
    await keepReferences(tx, this.request.source, entries.flatMap(newReference));
  }
}

function newReference({ record, id, isNew }: Entry): RecordId[] {
  return isNew && record && 'ref' in record && id !== undefined ? [{ kind: record.kind, ref: record.ref, id }] : [];
}

function toEntry(value: object, writers: readonly RecordWriter[]): Entry {
  const reading = parseRecord(value);
  const blank = { id: undefined, isNew: false, result: undefined };
  if (!reading.ok) return { ...blank, record: undefined, problem: { field: reading.field, reason: reading.reason } };
  const { record } = reading;
  if (writers.some(({ kind }) => kind === record.kind)) return { ...blank, record, problem: undefined };
  return {
    ...blank,
    record: undefined,
    problem: { field: 'kind', reason: `records of kind "${record.kind}" belong to another import mutation` },
  };
}

const idKinds: Partial<Record<RecordKind, IdKind>> = {
  organization: 'Organization',
  team: 'Team',
  person: 'Person',
  space: 'Space',
  challenge: 'Challenge',
  idea: 'Idea',
  contribution: 'Contribution',
  conversation: 'Conversation',
  message: 'Message',
};

function checkedId(kind: RecordKind, id: string): string {
  const idKind = idKinds[kind];
  if (idKind && isIdOf(idKind, id)) return id;
  throw invalid(`"${id}" is not the id of a ${kind}.`, 'references');
}

function keyOf(kind: RecordKind, ref: string): string {
  return `${kind}\n${ref}`;
}
