import { type Condition, condition } from '../connections/condition.js';
import type { ListOrder } from '../connections/list.js';
import { requestError } from '../errors/request-error.js';

/**
 * Full-text search in a configuration that favours no language: words as they are, lower case, without accents; no stemming and
 * no stop words. Each service has its own copy, so that its schema can be dumped and restored alone.
 */
export function searchConfiguration(schema: string): string[] {
  return [
    `CREATE TEXT SEARCH CONFIGURATION ${schema}.words (COPY = pg_catalog.simple)`,
    `ALTER TEXT SEARCH CONFIGURATION ${schema}.words ALTER MAPPING FOR hword, hword_part, word WITH public.unaccent, pg_catalog.simple`,
  ];
}

const maxQuery = 500;

/** The words somebody searches for, in the syntax of web search engines: `spare "long delay" or parts -returns`. */
export function searchWords(schema: string, query: string): Condition {
  const words = query.trim();
  if (words.length === 0 || words.length > maxQuery) {
    throw requestError('BAD_INPUT', `A search has 1 to ${maxQuery} characters; this one has ${words.length}.`);
  }
  return condition(`websearch_to_tsquery('${schema}.words', ?)`, words);
}

/** Best match first. Rounded, so that the rank in a page cursor is exactly the rank in the row. */
export function byRank(alias: string): ListOrder {
  const rank = `round(ts_rank_cd(${alias}.search, q.words)::numeric, 6)::double precision`;
  return {
    name: 'BEST_MATCH',
    direction: 'DESC',
    terms: [
      { sql: rank, type: 'double precision' },
      { sql: `${alias}.id`, type: 'text' },
    ],
  };
}

// Two characters nobody types stand for the marks until the text around them is escaped.
const open = '\u{E000}';
const close = '\u{E001}';

/** The select-list entry with the piece of text around the words found; see {@link toHtml}. */
export function headline(schema: string, text: string): string {
  const options = `StartSel=${open}, StopSel=${close}, MaxWords=35, MinWords=15, MaxFragments=2, FragmentDelimiter=" … "`;
  return `ts_headline('${schema}.words', translate(${text}, '${open}${close}', ''), q.words, '${options}')`;
}

export function toHtml(marked: string): string {
  const escaped = marked
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
  return escaped.replaceAll(open, '<mark>').replaceAll(close, '</mark>');
}
