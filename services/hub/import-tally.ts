import { type RecordKind, recordKinds } from '#kernel/records/record-kind.js';

type Result = 'created' | 'updated' | 'unchanged' | 'refused';

/** What became of the lines, counted while they are imported. */
export class ImportTally {
  private readonly counts = new Map<RecordKind | 'unreadable', Record<Result, number>>();
  private readonly dated: { first: string[]; total: number } = { first: [], total: 0 };

  count(kind: RecordKind | 'unreadable', result: Result): void {
    const row = this.counts.get(kind) ?? { created: 0, updated: 0, unchanged: 0, refused: 0 };
    row[result] += 1;
    this.counts.set(kind, row);
  }

  countMissingDate(place: string): void {
    this.dated.total += 1;
    if (this.dated.first.length < LISTED) this.dated.first.push(place);
  }

  total(...results: readonly Result[]): number {
    return [...this.counts.values()].reduce((sum, row) => sum + results.reduce((part, name) => part + row[name], 0), 0);
  }

  /** The closing report, of a size that does not depend on that of the import. */
  report(seconds: number): string {
    const done = this.total('created', 'updated', 'unchanged');
    const rate = Math.round(done / Math.max(seconds, 0.001));
    const closing = `${count(done)} records in ${seconds.toFixed(1)} s (${count(rate)} records/s)`;
    return [...this.table(), closing, ...this.dateWarning()].join('\n');
  }

  private table(): string[] {
    const rows = [...recordKinds, 'unreadable' as const].flatMap((kind) => {
      const row = this.counts.get(kind);
      return row === undefined ? [] : [[kind, ...columns.map((column) => count(row[column]))]];
    });
    const line = ([name = '', ...cells]: readonly string[]) =>
      name.padEnd(14) + cells.map((cell) => cell.padStart(11)).join('');
    return [['kind', ...columns], ...rows].map(line);
  }

  private dateWarning(): string[] {
    const { first, total } = this.dated;
    if (total === 0) return [];
    const more = total > first.length ? ` and ${count(total - first.length)} more` : '';
    return [
      `Warning: records without a date in the file: ${count(total)}.`,
      `Each was given that of the nearest earlier record that has one (an optional date was left out): ${first.join(', ')}${more}`,
    ];
  }
}

const LISTED = 10;

const columns: readonly Result[] = ['created', 'updated', 'unchanged', 'refused'];

function count(value: number): string {
  return value.toLocaleString('en');
}
