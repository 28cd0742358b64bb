import { parseInstant } from '#kernel/records/instant.js';

/**
 * Some source systems print an empty template where a date belongs. A record needs its time, so it is given that of
 * the nearest earlier record of the file that has a real one: importing the same file again gives the same time, which
 * "now" would not. Where a time is optional, "no date" is left out instead.
 */
export class MissingDates {
  private lastReal: string | undefined;

  /** The record with its placeholders resolved, or the very same record when it has none or nothing can be done. */
  resolve(record: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
    const closing = isPlaceholder(record.closesAt) ? without(record, 'closesAt') : record;
    if (!isPlaceholder(closing.at)) {
      this.remember(closing.at);
      return closing;
    }
    if (closing.kind === 'person') return without(closing, 'at');
    return this.lastReal === undefined ? closing : { ...closing, at: this.lastReal };
  }

  private remember(at: unknown): void {
    if (typeof at === 'string' && parseInstant(at).kind === 'instant') this.lastReal = at;
  }
}

function isPlaceholder(value: unknown): boolean {
  return typeof value === 'string' && parseInstant(value).kind === 'placeholder';
}

function without(record: Readonly<Record<string, unknown>>, field: string): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => name !== field));
}
