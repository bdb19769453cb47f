import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [
    // What esbuild does by itself: `import text from './file.yml' with { type: 'text' }`.
    {
      name: 'yml-as-text',
      transform: (code, id) =>
        id.endsWith('.yml') ? { code: `export default ${JSON.stringify(code)}`, map: null } : undefined,
    },
  ],
  define: {
    MXT_VERSION: JSON.stringify('0.0.0-test'),
    MXT_HOMEPAGE: JSON.stringify('https://example.com/mxt'),
    MXT_ACTION: JSON.stringify(''),
  },
  test: {
    include: ['test/**/*.test.ts'],
    // By itself it leaves one core to others: on two, every second of a test would be one of waiting.
    maxWorkers: '100%',
    // One process for many files, so that what Node has compiled stays compiled: half the time. Each file still has
    // modules of its own.
    isolate: false,
    setupFiles: ['test/support/fresh-modules.ts', 'test/support/random.ts'],
    // Whole commands are run as processes: slow machines get time, and nothing asserts on it.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
