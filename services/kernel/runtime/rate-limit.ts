/** How much a viewer may still ask for, after the operation that is told of it. Counted by the gateway. */
export interface RateLimit {
  /** Points a minute. */
  readonly limit: number;
  readonly remaining: number;
  /** When all of them are to be had again, in milliseconds since 1970. */
  readonly resetAt: number;
  /** Points of this operation. */
  readonly cost: number;
}

/** The header that carries it from the gateway to a subgraph of another process. For showing only: nobody decides by it. */
export const rateLimitHeader = 'x-weft-rate-limit';

export function writeRateLimit({ limit, remaining, resetAt, cost }: RateLimit): string {
  return [limit, remaining, resetAt, cost].join(' ');
}

export function readRateLimit(header: string | undefined): RateLimit | undefined {
  const [limit, remaining, resetAt, cost] = (header ?? '').split(' ').map(Number);
  if (limit === undefined || remaining === undefined || resetAt === undefined || cost === undefined) return undefined;
  return Number.isFinite(limit + remaining + resetAt + cost) ? { limit, remaining, resetAt, cost } : undefined;
}
