import pg from 'pg';
import { parseInstant } from './parse-instant.js';
import { parseTexts, textArray } from './parse-texts.js';

/** What a pool parses values with: as pg does, apart from what pages are full of. */
export const parsers = new pg.TypeOverrides();
parsers.setTypeParser(pg.types.builtins.TIMESTAMPTZ, parseInstant);
parsers.setTypeParser(textArray, parseTexts);
