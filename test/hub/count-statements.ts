import { loadDefinition, type ServiceName, serviceNames } from '../../services/service-definitions.js';
import type { TestHub } from './test-hub.js';

/** The statements which all services of a hub in this process send while the work goes on; those of consumers and of tokens are left out. */
export async function statementsOf(hub: TestHub, work: () => Promise<unknown>): Promise<string[]> {
  await settled(hub);
  const texts: string[] = [];
  const stops = serviceNames.map((name) =>
    hub.service(name).database.statements.listen((text) => {
      if (!isBackground(text)) texts.push(text);
    }),
  );
  try {
    await work();
  } finally {
    for (const stop of stops) stop();
  }
  return texts;
}

/** What consumers still had to do for what happened before is no part of what is counted. */
async function settled(hub: TestHub): Promise<void> {
  const arrived = await Promise.all(serviceNames.map((name) => consumersCaughtUp(hub, name)));
  if (arrived.includes(false)) throw new Error('Consumers still had something to do after 20 s.');
}

async function consumersCaughtUp(hub: TestHub, name: ServiceName): Promise<boolean> {
  const { consumers } = await loadDefinition(name);
  const arrived = await Promise.all(consumers.map((one) => hub.service(name).consumer(one.name).catchUp(20_000)));
  return !arrived.includes(false);
}

/**
 * Consumers look for events all the time, and whose token it is is asked once in a while: neither says anything about an
 * operation. Nor do the frames of transactions: those of consumers look like all others, and what is within one is counted.
 */
function isBackground(text: string): boolean {
  if (/^(START TRANSACTION|COMMIT|ROLLBACK)$/.test(text)) return true;
  return /\.event\b|\bconsumer_cursor\b|\bdead_letter\b|\baccess_token\b/.test(text);
}
