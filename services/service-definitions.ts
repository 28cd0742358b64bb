import type { RoleName } from '#kernel/config/config.js';
import type { ServiceDefinition } from '#kernel/runtime/service.js';

export type ServiceName = Exclude<RoleName, 'gateway'>;

/** In the order in which they start: the others follow the log of people. */
export const serviceNames = ['people', 'ideas', 'conversations'] as const satisfies readonly ServiceName[];

const definitions: Readonly<Record<ServiceName, () => Promise<ServiceDefinition>>> = {
  people: async () => (await import('./people/service.js')).people,
  ideas: async () => (await import('./ideas/service.js')).ideas,
  conversations: async () => (await import('./conversations/service.js')).conversations,
};

/** Loads the code of a service: a process is spared that of what it does not serve. */
export function loadDefinition(name: ServiceName): Promise<ServiceDefinition> {
  return definitions[name]();
}
