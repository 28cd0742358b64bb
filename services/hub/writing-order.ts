import { serviceOf } from '#kernel/records/record-kind.js';
import { referencesOf } from '#kernel/records/record-references.js';
import { type DraftRecord, keyOfDraft, mapReferences } from './draft-record.js';
import { keyOf } from './known-ids.js';

/**
 * Brings records into an order in which each names only records that stand before it, as an import needs it. A record
 * that comes too early is held back until what it names has come; nearly none are, since the hub answers oldest first.
 * Only names within one service are looked at. It keeps the names of what was written, about a hundred bytes each.
 */
export class WritingOrder {
  /** References that had to be left out, because what they name is not part of the export. */
  droppedReferences = 0;
  /** Records that mean nothing without such a reference, and were left out with it. */
  droppedRecords = 0;
  private readonly written = new Set<string>();
  private waiting = new Map<string, DraftRecord[]>();

  /** The records that can be written now: none, this one, or this one and those that waited for it. */
  accept(record: DraftRecord): DraftRecord[] {
    const ready: DraftRecord[] = [];
    const arriving = [record];
    for (let next = arriving.shift(); next !== undefined; next = arriving.shift()) {
      const missing = this.missingIn(next);
      if (missing !== undefined) this.hold(missing, next);
      else {
        ready.push(next);
        arriving.push(...this.release(next));
      }
    }
    return ready;
  }

  /** To be called when no more records come: the rest, without the references that lead nowhere. */
  settle(): DraftRecord[] {
    const ready: DraftRecord[] = [];
    while (this.waiting.size > 0) {
      for (const missing of this.leadingNowhere()) {
        for (const record of this.take(missing)) ready.push(...this.acceptWithout(record, missing));
      }
    }
    return ready;
  }

  private missingIn(record: DraftRecord): string | undefined {
    return namesIn(record).find((key) => !this.written.has(key));
  }

  private hold(missing: string, record: DraftRecord): void {
    const held = this.waiting.get(missing);
    if (held === undefined) this.waiting.set(missing, [record]);
    else held.push(record);
  }

  private release(record: DraftRecord): DraftRecord[] {
    const named = keyOfDraft(record);
    if (named === undefined) return [];
    const key = keyOf(named.kind, named.ref);
    this.written.add(key);
    return this.take(key);
  }

  private take(missing: string): DraftRecord[] {
    const held = this.waiting.get(missing) ?? [];
    this.waiting.delete(missing);
    return held;
  }

  /** Names that no waiting record bears. If each waits for another, they form a ring, and one name has to give way. */
  private leadingNowhere(): string[] {
    const held = new Set([...this.waiting.values()].flat().flatMap((record) => keyTextOf(record) ?? []));
    const names = [...this.waiting.keys()];
    const nowhere = names.filter((name) => !held.has(name));
    return nowhere.length > 0 ? nowhere : names.slice(0, 1);
  }

  private acceptWithout(record: DraftRecord, missing: string): DraftRecord[] {
    this.droppedReferences += 1;
    const rest = mapReferences(record, ({ kind, ref }) => (keyOf(kind, ref) === missing ? undefined : ref));
    if (rest !== undefined) return this.accept(rest);
    this.droppedRecords += 1;
    return [];
  }
}

function keyTextOf(record: DraftRecord): string | undefined {
  const named = keyOfDraft(record);
  return named === undefined ? undefined : keyOf(named.kind, named.ref);
}

function namesIn(record: DraftRecord): string[] {
  const own = serviceOf(record.kind);
  return referencesOf(record.kind)
    .filter(({ kind }) => serviceOf(kind) === own)
    .flatMap(({ field, kind }) => [record[field] ?? []].flat().map((ref) => keyOf(kind, String(ref))));
}
