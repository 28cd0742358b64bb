/** Tests run on the compiled output: nothing to transform, and what is tested is what is shipped. */
export default {
  rootDir: 'dist',
  testMatch: ['**/*.test.js'],
  testEnvironment: '<rootDir>/test/setup/leak-checked-environment.js',
  transform: {},
  setupFiles: ['<rootDir>/test/setup/metadata.js'],
  globalSetup: '<rootDir>/test/setup/start-postgres.js',
  globalTeardown: '<rootDir>/test/setup/stop-postgres.js',
  testTimeout: 60_000,
  maxWorkers: 2,
};
