import { hashToken, newToken, type TokenKind, tokenKindOf } from './token-text.js';

const forms: [TokenKind, RegExp][] = [
  ['accessToken', /^weft_pat_[0-9A-Za-z]{36}$/],
  ['apiClient', /^weft_client_[0-9A-Za-z]{36}$/],
];

test.each(forms)('a token says what it is, and no two are alike: %s', (kind, form) => {
  const tokens = Array.from({ length: 1_000 }, () => newToken(kind));
  expect(new Set(tokens).size).toBe(1_000);
  for (const token of tokens) {
    expect(token).toMatch(form);
    expect(tokenKindOf(token)).toBe(kind);
  }
});

test('a mistyped token is told from a token', () => {
  const token = newToken('accessToken');
  const other = token.endsWith('0') ? '1' : '0';
  expect(tokenKindOf(`${token.slice(0, -1)}${other}`)).toBeUndefined();
  expect(tokenKindOf(token.slice(0, -1))).toBeUndefined();
  expect(tokenKindOf(token.replace('weft_pat_', 'weft_cat_'))).toBeUndefined();
});

test('what is kept of a token is its SHA-256 in hexadecimal', () => {
  expect(hashToken('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
});
