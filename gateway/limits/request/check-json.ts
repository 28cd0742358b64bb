import { limitExceeded } from '#gateway/limits/limit-error.js';
import type { RequestLimits } from '#gateway/limits/limits.js';

const quote = 0x22;
const comma = 0x2c;
const openBracket = 0x5b;
const backslash = 0x5c;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;

/** Counts how deep JSON is nested and what is in it, before anything is built from it. What is no JSON is left to the parser. */
export function checkJson(text: string, { jsonDepth, jsonValues }: RequestLimits): void {
  let depth = 0;
  let values = 0;
  for (let place = 0; place < text.length; place += 1) {
    switch (text.charCodeAt(place)) {
      case quote:
        place = endOfString(text, place);
        break;
      case openBracket:
      case openBrace:
        depth += 1;
        values += 1;
        if (depth > jsonDepth) throw tooDeep(depth, jsonDepth);
        break;
      case closeBracket:
      case closeBrace:
        depth -= 1;
        break;
      case comma:
        values += 1;
        break;
    }
    if (values > jsonValues) throw tooMany(values, jsonValues);
  }
}

/** The place of the quote that ends it; the end of the text for one that never does. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    if (!isEscaped(text, end)) return end;
  }
  return text.length;
}

function isEscaped(text: string, place: number): boolean {
  let before = place - 1;
  while (text.charCodeAt(before) === backslash) before -= 1;
  return (place - before) % 2 === 0;
}

function tooDeep(value: number, maximum: number) {
  const [what, instead] = ['The JSON of the request is nested too deep', 'Send flatter variables.'];
  return limitExceeded({ limit: 'jsonDepth', value, maximum, what, instead });
}

function tooMany(value: number, maximum: number) {
  const [what, instead] = ['The JSON of the request has too many values', 'Send fewer at once.'];
  return limitExceeded({ limit: 'jsonValues', value, maximum, what, instead });
}
