import type { ExecutionResult } from 'graphql';
import type { Asked, TwoGateways } from './two-gateways.js';

export interface Answer {
  /** As a client receives it. */
  readonly data: unknown;
  readonly hasErrors: boolean;
}

/** What both gateways answer to the same question. One after the other: what a read leaves behind is there for both. */
export async function answersOf(gateways: TwoGateways, asked: Asked): Promise<{ ours: Answer; stock: Answer }> {
  const stock = await gateways.stock(asked);
  const ours = await gateways.ours(asked);
  return { ours: answerOf(ours), stock: answerOf(stock) };
}

function answerOf({ data, errors }: ExecutionResult): Answer {
  return { data: JSON.parse(JSON.stringify(data ?? null)), hasErrors: (errors ?? []).length > 0 };
}
