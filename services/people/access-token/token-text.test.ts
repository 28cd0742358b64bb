import { hashToken, isTokenText, newAccessToken } from './token-text.js';

test('a token says what it is, and no two are alike', () => {
  const tokens = Array.from({ length: 1_000 }, newAccessToken);
  expect(new Set(tokens).size).toBe(1_000);
  for (const token of tokens) {
    expect(token).toMatch(/^weft_pat_[0-9A-Za-z]{36}$/);
    expect(isTokenText(token)).toBe(true);
  }
});

test('a mistyped token is told from a token', () => {
  const token = newAccessToken();
  const other = token.endsWith('0') ? '1' : '0';
  expect(isTokenText(`${token.slice(0, -1)}${other}`)).toBe(false);
  expect(isTokenText(token.slice(0, -1))).toBe(false);
  expect(isTokenText(token.replace('weft_pat_', 'weft_cat_'))).toBe(false);
});

test('what is kept of a token is its SHA-256 in hexadecimal', () => {
  expect(hashToken('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
});
