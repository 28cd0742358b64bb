/**
 * What the text of a time field turned out to be. A `placeholder` is the source system saying that it had no date: the
 * empty field of a template, printed where a date belongs. It is told apart from a mistake, because whoever imports can
 * decide what to do about "no date", and can only mend "2024-02-30".
 */
export type InstantReading =
  | { kind: 'instant'; at: Date }
  | { kind: 'placeholder' }
  | { kind: 'wrong'; reason: string };

export function parseInstant(text: string): InstantReading {
  const parts = ISO_8601.exec(text);
  if (parts === null) return readAsPlaceholder(text);
  const [, year, month, day, hour, minute, second = '0', fraction = '', zone = 'Z'] = parts;
  // Digits after the third are dropped, not rounded: rounding could move an event into the next second or year.
  const milliseconds = Number(fraction.slice(0, 3).padEnd(3, '0'));
  const time = [Number(hour), Number(minute), Number(second), milliseconds] as const;
  if (time[0] > 23 || time[1] > 59 || time[2] > 59) return wrong(`"${text}" names a time of day that does not exist`);
  const local = utcDay(Number(year), Number(month), Number(day));
  if (local === undefined) return wrong(`"${text}" names a day that does not exist`);
  const offset = minutesOf(zone);
  if (offset === undefined) return wrong(`"${text}" has a zone that does not exist; zones reach from -23:59 to +23:59`);
  local.setUTCHours(time[0], time[1] - offset, time[2], time[3]);
  if (!isInRange(local)) return wrong(`"${text}" lies outside the years 0001 to 9999`);
  return { kind: 'instant', at: local };
}

/** Month and day may lack their leading zero: year first, `2023-9-18` still has one reading only. */
const ISO_8601 = /^(\d{4})-(\d{1,2})-(\d{1,2})T(\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(Z|[+-]\d{2}:?\d{2})$/;

const PLACEHOLDER = /^(?:none|null|unknown|n[-/]?a|tbd|yyyy-mm-dd)(?:T[\d:.]*(?:Z|[+-]\d{2}:?\d{2})?)?$/i;

const EXAMPLE = 'write it like 2024-03-31T14:05:00Z or 2024-03-31T14:05:00+02:00';

function readAsPlaceholder(text: string): InstantReading {
  if (PLACEHOLDER.test(text)) return { kind: 'placeholder' };
  const shown = text.length > 40 ? `${text.slice(0, 40)}...` : text;
  return wrong(`"${shown}" is not a time in ISO 8601 with a zone; ${EXAMPLE}`);
}

function wrong(reason: string): InstantReading {
  return { kind: 'wrong', reason };
}

/** Date rolls 30 February over into March, so a day exists only when it comes back as it went in. */
function utcDay(year: number, month: number, day: number): Date | undefined {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date : undefined;
}

function minutesOf(zone: string): number | undefined {
  if (zone === 'Z') return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(-2));
  if (hours > 23 || minutes > 59) return undefined;
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}

function isInRange(date: Date): boolean {
  const year = date.getUTCFullYear();
  return year >= 1 && year <= 9999;
}
