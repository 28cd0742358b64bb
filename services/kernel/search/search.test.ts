import { searchWords, toHtml } from './search.js';

describe('a highlight', () => {
  test('marks the words found and escapes everything else', () => {
    const text = `<img src=x onerror="alert('1')"> & \u{E000}spare\u{E001} parts`;
    expect(toHtml(text)).toBe(
      '&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt; &amp; <mark>spare</mark> parts',
    );
  });
});

describe('a search', () => {
  test.each(['', '   ', 'x'.repeat(501)])('is refused with too few or too many characters: %.5j', (query) => {
    expect(() => searchWords('ideas', query)).toThrow('1 to 500');
  });
});
