import { UserError } from '../errors/user-error.js';
import { checkText, checkTexts } from './check-text.js';

function problem(check: () => void): UserError {
  try {
    check();
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error('Nothing was refused.');
}

describe('a text', () => {
  test.each(['a', 'ten chars.', '\u{1F600}\u{1F600}\u{1F600}'])('is taken: %s', (text) => {
    expect(() => checkText(text, 'title', 1, 10)).not.toThrow();
  });

  test.each([
    ['nothing', ''],
    ['blanks alone', ' \n\t '],
    ['more than the limit', 'x'.repeat(11)],
    ['U+0000, which PostgreSQL cannot keep', 'a\u0000b'],
    ['half a surrogate pair', 'a\ud83d'],
  ])('is refused with %s', (_, text) => {
    expect(problem(() => checkText(text, 'title', 1, 10))).toMatchObject({ code: 'INVALID', path: ['input', 'title'] });
  });

  test('may be empty where the least length is none', () => {
    expect(() => checkText('', 'body', 0, 10)).not.toThrow();
  });

  test('counts characters as PostgreSQL and the import do, so that an emoji is one', () => {
    expect(() => checkText('\u{1F600}'.repeat(10), 'title', 1, 10)).not.toThrow();
  });
});

describe('a list of texts', () => {
  test('is refused as a whole when it is too long', () => {
    expect(problem(() => checkTexts(['a', 'b', 'c'], 'tags', 2, 10)).message).toContain('at most 2');
  });

  test('is refused for one bad text', () => {
    expect(problem(() => checkTexts(['a', ''], 'tags', 2, 10)).path).toEqual(['input', 'tags']);
  });
});
