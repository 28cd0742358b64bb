import { invalid } from '../errors/user-error.js';

/** Refuses a text of another length, or with characters PostgreSQL cannot keep (U+0000) or that are no text (lone surrogates). */
export function checkText(text: string, field: string, least: number, most: number): void {
  const length = text.trim().length === 0 ? 0 : characterCount(text, most);
  if (length < least || length > most) {
    throw invalid(
      `"${field}" has ${least} to ${most.toLocaleString('en')} characters; this one has ${length.toLocaleString('en')}.`,
      field,
    );
  }
  if (text.includes('\u0000') || !text.isWellFormed())
    throw invalid(`"${field}" contains characters that are no text (U+0000 or half a surrogate pair).`, field);
}

export function checkTexts(texts: readonly string[], field: string, mostTexts: number, mostCharacters: number): void {
  if (texts.length > mostTexts)
    throw invalid(`"${field}" has at most ${mostTexts} entries; these are ${texts.length}.`, field);
  for (const text of texts) checkText(text, field, 1, mostCharacters);
}

/** Characters are code points, as PostgreSQL and imports count them. Most texts are far from the limit and need no counting. */
function characterCount(text: string, most: number): number {
  return text.length <= most ? text.length : [...text].length;
}
