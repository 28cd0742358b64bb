import { isDeepStrictEqual } from 'node:util';
import type { ExecutionResult } from 'graphql';
import type { Asked, TwoGateways } from './two-gateways.js';

export interface Answer {
  /** As a client receives it. */
  readonly data: unknown;
  readonly hasErrors: boolean;
}

interface Answers {
  readonly ours: Answer;
  readonly stock: Answer;
}

/**
 * What both gateways answer to the same question. A log's position moves by itself, and may do so between two questions: a difference
 * counts when it stays.
 */
export async function answersOf(gateways: TwoGateways, asked: Asked): Promise<Answers> {
  const first = await askBoth(gateways, asked);
  return isDeepStrictEqual(first.ours, first.stock) ? first : askBoth(gateways, asked);
}

async function askBoth(gateways: TwoGateways, asked: Asked): Promise<Answers> {
  const stock = await gateways.stock(asked);
  const ours = await gateways.ours(asked);
  return { ours: answerOf(ours), stock: answerOf(stock) };
}

/** Where nothing is left to answer with, the stock gateway may say why in its extensions alone. */
function answerOf({ data = null, errors = [] }: ExecutionResult): Answer {
  return { data: JSON.parse(JSON.stringify(data)), hasErrors: errors.length > 0 || data === null };
}
