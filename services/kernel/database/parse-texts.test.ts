import pg from 'pg';
import { parseTexts, textArray } from './parse-texts.js';

const parse: (text: string) => unknown = pg.types.getTypeParser(textArray);

test.each([
  '{}',
  '{idea_1}',
  '{idea_1,idea_2}',
  '{a,NULL,b}',
  '{"NULL",null}',
  '{"a,b",c}',
  '{"a\\"b","c\\\\d"}',
  '{""," "}',
  '{a b,ü,7}',
  '{{a,b},{c,d}}',
  '[0:1]={a,b}',
])('%s is the list that pg reads in it', (text) => {
  expect(parseTexts(text)).toEqual(parse(text));
});
