import { mergeConfig } from 'vitest/config';
import config from './vitest.config.ts';

// The tests that read no other process and take no real time: what a mutant can be tried on many times.
export default mergeConfig(config, {
  test: {
    exclude: [
      'test/{process,render,ci,workflows,examples,git,github,sandbox,schedule,faults,convergence}/**',
      '**/node_modules/**',
      '.stryker-tmp/**',
    ],
  },
});
