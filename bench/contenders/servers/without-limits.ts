import 'reflect-metadata';
import { startGateway } from '#gateway/gateway.js';
import { unguarded } from '#gateway/limits/unguarded.js';
import { transportInProcess } from '#gateway/transports.js';
import { createLogger } from '#kernel/runtime/logger.js';
import { startHub } from '../../../services/start-hub.js';
import { announce, config, databaseUrl, makeRequest, readSupergraph, secret, stopOnSignal } from './surroundings.js';

const log = createLogger('error', 'unguarded');
const hub = await startHub({
  config: { ...config, PEOPLE_PORT: 0, IDEAS_PORT: 0, CONVERSATIONS_PORT: 0 },
  roles: ['people', 'ideas', 'conversations'],
  secret,
  databaseUrl,
  log,
  onProgress: () => undefined,
});
const gateway = await startGateway({
  supergraphSdl: await readSupergraph(),
  transports: new Map([...hub.services].map(([name, service]) => [name, transportInProcess(service)])),
  makeRequest,
  host: config.HOST,
  port: config.PORT,
  log,
  checks: [],
  unguarded,
});
announce();
stopOnSignal(async () => {
  await gateway.stop();
  await hub.stop();
});
