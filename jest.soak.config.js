import everyday from './jest.config.js';

/** Kills real processes for minutes: `npm run soak`, apart from the tests of every change. */
export default { ...everyday, testMatch: ['**/*.soak.js'], maxWorkers: 1 };
