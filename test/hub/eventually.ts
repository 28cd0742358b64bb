const betweenMs = 10;

/** Asks again and again until the answer is as wished; fails with the last answer when it does not become so in time. */
export async function eventually<Answer>(
  ask: () => Promise<Answer> | Answer,
  wished: (answer: Answer) => boolean,
  milliseconds = 20_000,
): Promise<Answer> {
  const deadline = Date.now() + milliseconds;
  for (;;) {
    const answer = await ask();
    if (wished(answer)) return answer;
    if (Date.now() >= deadline)
      throw new Error(
        `Not as wished within ${milliseconds} ms; the last answer was ${JSON.stringify(answer)?.slice(0, 1_000)}`,
      );
    await new Promise((resolve) => setTimeout(resolve, betweenMs));
  }
}
