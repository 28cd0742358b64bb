/** The present, in milliseconds of precision: what the database keeps and what a keyset cursor can carry without loss. */
export type Clock = () => Date;

export const systemClock: Clock = () => new Date();
