import { defineConfig } from 'vitest/config';
import config from './vitest.config.ts';

/** The tests of the rooms that are mutated, none of which starts a process: a mutant is tried on many of them. */
export default defineConfig({
  ...config,
  test: { ...config.test, include: ['test/{plan,apply,label,manifest,config}/**/*.test.ts'] },
});
