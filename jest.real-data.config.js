import config from './jest.config.js';

/** Runs on data that is not part of the project; WEFT_REAL_DATA names the folder. */
export default { ...config, testMatch: ['**/*.real-data.js'], testTimeout: 300_000, maxWorkers: 1 };
