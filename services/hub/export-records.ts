import { type RecordKind, serviceOf } from '#kernel/records/record-kind.js';
import { referencesIn } from '#kernel/records/record-references.js';
import { CollectedPeople } from './collected-people.js';
import { CommandError } from './command.js';
import { type DraftRecord, lineOf, mapReferences } from './draft-record.js';
import { conversationRecords, type ExportedPage, ideaRecords, interactionRecords, sourcePeople } from './export-api.js';
import type { ExportFile } from './export-file.js';
import type { HubClient } from './hub-client.js';
import type { RecordKey } from './reference-api.js';
import { WritingOrder } from './writing-order.js';

export interface ExportJob {
  readonly client: HubClient;
  readonly source: string | undefined;
  /** The id of the one space to export; absent: everything of the source. */
  readonly space: string | undefined;
  readonly file: ExportFile;
}

export interface ExportSummary {
  readonly counts: ReadonlyMap<RecordKind, number>;
  readonly standIns: number;
  readonly droppedReferences: number;
  readonly droppedRecords: number;
}

/** Streams ideas and conversations into the file and gathers whom they name; these are written last, to stand first. */
export async function exportRecords(job: ExportJob): Promise<ExportSummary> {
  const run = new ExportRun(job);
  const spaces = await run.collectSpaces();
  await run.write(spaces.map((space) => ideaRecords(job.client, space, job.source)));
  await run.write(spaces.map((space) => conversationRecords(job.client, space, job.source)));
  if (job.space === undefined && job.source !== undefined) await run.writeInteractions(job.source);
  await job.file.finish(await run.peopleLines());
  return run.summary();
}

class ExportRun {
  private readonly people: CollectedPeople;
  private readonly order = new WritingOrder();
  private readonly ideaRefs = new Map<string, string>();
  private readonly counts = new Map<RecordKind, number>();
  private droppedReferences = 0;
  private droppedRecords = 0;

  constructor(private readonly job: ExportJob) {
    this.people = new CollectedPeople(job.client, job.source);
  }

  async collectSpaces(): Promise<string[]> {
    if (this.job.space !== undefined) return [await this.collectSpace(this.job.space)];
    const spaces: string[] = [];
    for await (const page of sourcePeople(this.job.client, this.job.source ?? '')) {
      for (const exported of page) {
        this.people.add(exported);
        if (exported.record.kind === 'space') spaces.push(exported.id);
      }
    }
    return spaces;
  }

  /** Writes the records of some streams of one service; they may name each other across streams. */
  async write(streams: readonly AsyncIterable<ExportedPage>[]): Promise<void> {
    for (const pages of streams) {
      for await (const page of pages) await this.writePage(page);
    }
    await this.put(this.order.settle());
  }

  async writeInteractions(source: string): Promise<void> {
    for await (const page of interactionRecords(this.job.client, source)) {
      for (const { record } of page) this.people.want(record);
      await this.people.complete();
      await this.put(page.flatMap(({ record }) => this.mapped(record, (person) => this.presentPerson(person))));
    }
  }

  async peopleLines(): Promise<string[]> {
    await this.people.complete();
    const ordered = (['organization', 'team', 'person', 'space'] as const).flatMap((kind) => [
      ...this.people.ofKind(kind).flatMap((record) => this.order.accept(record)),
      ...this.order.settle(),
    ]);
    return ordered.map((record) => this.lineOf(record));
  }

  summary(): ExportSummary {
    const droppedReferences = this.droppedReferences + this.order.droppedReferences;
    const droppedRecords = this.droppedRecords + this.order.droppedRecords;
    return { counts: this.counts, standIns: this.people.standIns, droppedReferences, droppedRecords };
  }

  private async collectSpace(id: string): Promise<string> {
    await this.people.fetch([id]);
    if (this.people.refOf(id) !== undefined) return id;
    throw new CommandError(`there is no space "${id}" that this token may see`);
  }

  private async writePage(page: ExportedPage): Promise<void> {
    const named = page.flatMap(({ record }) => referencesIn(record).filter(({ kind }) => isOf('people', kind)));
    await this.people.fetch(named.map(({ ref }) => ref));
    const ready: DraftRecord[] = [];
    for (const { id, record } of page) {
      if (record.kind === 'idea') this.ideaRefs.set(id, record.ref);
      const own = serviceOf(record.kind);
      const refs = this.mapped(record, (name) => (isOf(own, name.kind) ? name.ref : this.refOfForeign(name)));
      ready.push(...refs.flatMap((draft) => this.order.accept(draft)));
    }
    await this.put(ready);
  }

  /** The record with its references replaced, or nothing where it cannot be without one; both losses are counted. */
  private mapped(record: DraftRecord, replace: (named: RecordKey) => string | undefined): DraftRecord[] {
    const mapped = mapReferences(record, (named) => {
      const ref = replace(named);
      if (ref === undefined) this.droppedReferences += 1;
      return ref;
    });
    if (mapped === undefined) this.droppedRecords += 1;
    return mapped === undefined ? [] : [mapped];
  }

  /** Records of other services are named by id over the wire and by ref in the file. */
  private refOfForeign({ kind, ref: id }: RecordKey): string | undefined {
    if (kind === 'idea') return this.ideaRefs.get(id);
    return this.people.refOf(id) ?? (kind === 'person' ? this.people.standInFor(id) : undefined);
  }

  private presentPerson(person: RecordKey): string {
    return this.people.has(person) ? person.ref : this.people.standInFor(person.ref);
  }

  private async put(records: readonly DraftRecord[]): Promise<void> {
    if (records.length > 0) await this.job.file.add(records.map((record) => this.lineOf(record)).join(''));
  }

  private lineOf(record: DraftRecord): string {
    this.counts.set(record.kind, (this.counts.get(record.kind) ?? 0) + 1);
    return lineOf(record);
  }
}

function isOf(service: ReturnType<typeof serviceOf>, kind: RecordKind): boolean {
  return serviceOf(kind) === service;
}
