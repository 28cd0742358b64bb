/** Something that may answer something of its kind. */
export interface Answer {
  readonly id: string;
  /** What it answers; that may be hidden. */
  readonly replyTo: { readonly id: string } | null;
}

/** The first so many of what answers it. */
export interface Answered extends Answer {
  readonly replies: { readonly nodes: readonly { readonly id: string }[] };
}

/** How lists show an answer: what is hidden is referred to by none. */
export function withoutHidden<Shown extends Answer>(answer: Shown, shown: ReadonlyMap<string, unknown>): Shown {
  const { replyTo } = answer;
  return replyTo === null || shown.has(replyTo.id) ? answer : { ...answer, replyTo: null };
}

/** Answers that were read while this was hidden do not say that they answer it. No event of theirs will: this one does. */
export function refer<Shown extends Answer>(answers: Map<string, Shown>, { id, replies }: Answered): void {
  for (const reply of replies.nodes) {
    const answer = answers.get(reply.id);
    if (answer) answers.set(answer.id, { ...answer, replyTo: { id } });
  }
}
