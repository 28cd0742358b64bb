import { buildSchema, findBreakingChanges } from 'graphql';

/**
 * Changes that break clients of the released schema and that no decision record announces. A record announces one by a line
 * `Breaks: ` followed by the text of the change as this check prints it.
 */
export function unexplainedBreaks(released: string, present: string, decisions: readonly string[]): string[] {
  const announced = new Set(
    decisions.flatMap((text) => [...text.matchAll(/^Breaks: (.+)$/gm)].map((match) => match[1]?.trim())),
  );
  return findBreakingChanges(buildSchema(released), buildSchema(present))
    .filter(({ description }) => !announced.has(description))
    .map(
      ({ description }) =>
        `Breaks clients: ${description} Keep it and deprecate it, or decide so in an ADR with the line "Breaks: ${description}"`,
    );
}
