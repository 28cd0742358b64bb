import { seal } from './sealed-text.js';

const purse = seal('one secret', 'pages of ideas');

describe('a sealed text', () => {
  test.each(['', 'plain', 'with.dots.in.it', 'größer als α, \u{1F600}'])('gives %j back', (payload) => {
    expect(purse.open(purse.close(payload))).toBe(payload);
  });

  test('is not opened by another secret', () => {
    expect(seal('another secret', 'pages of ideas').open(purse.close('x'))).toBeUndefined();
  });

  test('is not opened for another purpose', () => {
    expect(seal('one secret', 'pages of people').open(purse.close('x'))).toBeUndefined();
  });

  test('is not opened with another payload under its tag', () => {
    const [, tag] = purse.close('mine').split('.');
    expect(purse.open(`${Buffer.from('yours').toString('base64url')}.${tag}`)).toBeUndefined();
  });

  test.each(['', '.', 'abc', 'a.b.c', 'bWluZQ.', '.bWluZQ', `${'a'.repeat(10_000)}.b`])(
    'is not made of whatever somebody sends: %.20s',
    (text) => {
      expect(purse.open(text)).toBeUndefined();
    },
  );
});
