/** A client that has this much waiting reads too slowly. Well above the largest burst a healthy one has on its way. */
export const maxWaitingBytes = 256 * 1024;
/**
 * A client with this much waiting is behind: a stream of its own waits for it. Nobody is given more than this at one time either,
 * so the two together still fit.
 */
export const behindBytes = maxWaitingBytes / 2;
