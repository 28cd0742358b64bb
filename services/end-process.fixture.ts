import { createLogger } from '#kernel/runtime/logger.js';
import { endProcess } from './end-process.js';

/** A process that has something to say before it ends. */
const log = createLogger('info', 'test');
log.info('last words');
await endProcess(0, log);
