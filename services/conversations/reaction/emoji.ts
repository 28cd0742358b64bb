/** What a person can count on the screen, and what it may take in Unicode: a family or a flag is several code points. */
const maxVisible = 16;
const maxCharacters = 32;

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Why a text cannot be a reaction, or undefined when it can. */
export function emojiProblem(text: string): string | undefined {
  if (text.length === 0) return 'A reaction is not empty; give an emoji such as "👍".';
  if (!text.isWellFormed() || unprintable.test(text))
    return 'A reaction has no spaces, control characters or half characters.';
  if ([...text].length > maxCharacters || [...segmenter.segment(text)].length > maxVisible) {
    return `A reaction has at most ${maxVisible} visible characters and ${maxCharacters} in Unicode.`;
  }
  return undefined;
}

const unprintable = /[\s\p{Cc}]/u;
