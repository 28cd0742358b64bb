const maxLength = 16 * 1024 * 1024;

/** The text of an answer, for every transport: one that is too long for any client to have meant it is an error instead. */
export function stringifyAnswer(answer: unknown): string {
  const text = JSON.stringify(answer);
  return text.length <= maxLength ? text : tooLarge;
}

const tooLarge = JSON.stringify({
  errors: [
    {
      message: `The answer has more than ${maxLength} characters. Ask for smaller pages or fewer fields at once. A mutation was done.`,
      extensions: { code: 'RESPONSE_TOO_LARGE' },
    },
  ],
});
