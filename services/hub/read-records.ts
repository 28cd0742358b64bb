import { isJsonObject } from '#kernel/records/json-object.js';
import { type HubRecord, parseRecord } from '#kernel/records/record-format.js';
import type { FileLine } from './file-lines.js';
import { MissingDates } from './missing-dates.js';

/** A valid record and the JSON it came as, which is what is sent: the hub reads it by the same rules. */
export interface ReadRecord {
  readonly line: number;
  readonly size: number;
  readonly json: Readonly<Record<string, unknown>>;
  readonly record: HubRecord;
  /** Whether the file had no date for it and it was given one. */
  readonly dateResolved: boolean;
}

/** A line that was not imported, and why. */
export interface Refusal {
  readonly line: number;
  readonly size: number;
  readonly field: string;
  readonly reason: string;
  /** What stood there: the record as JSON, or the text where it is none. */
  readonly record?: unknown;
  readonly raw?: string;
}

/** Valid records and refusals, in file order, from a given line on. */
export async function* readRecords(
  lines: AsyncIterable<FileLine>,
  fromLine: number,
): AsyncGenerator<ReadRecord | Refusal> {
  const dates = new MissingDates();
  for await (const line of lines) {
    // Lines before the first wanted one are still read: a missing date further down may take its time from them.
    const read = readRecord(line, dates);
    if (line.number >= fromLine) yield read;
  }
}

export function isRefusal(read: ReadRecord | Refusal): read is Refusal {
  return 'reason' in read;
}

function readRecord(line: FileLine, dates: MissingDates): ReadRecord | Refusal {
  if ('problem' in line) {
    const raw = line.raw === undefined ? {} : { raw: line.raw };
    return { ...at(line), field: 'line', reason: line.problem, ...raw };
  }
  const parsed = parseJson(line.text);
  if ('problem' in parsed)
    return { ...at(line), field: 'line', reason: `is not JSON: ${parsed.problem}`, raw: line.text };
  const { value } = parsed;
  const json = isJsonObject(value) ? dates.resolve(value) : undefined;
  const reading = parseRecord(json ?? value);
  if (!reading.ok) return { ...at(line), field: reading.field, reason: reading.reason, record: value };
  return { ...at(line), json: json ?? {}, record: reading.record, dateResolved: json !== value };
}

function at(line: FileLine): { line: number; size: number } {
  return { line: line.number, size: line.size };
}

function parseJson(text: string): { value: unknown } | { problem: string } {
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}
