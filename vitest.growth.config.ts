import { defineConfig } from 'vitest/config';
import config from './vitest.config.ts';

/** What is told by time, and so stands outside the suite. */
export default defineConfig({ ...config, test: { ...config.test, include: ['test/**/*.growth.ts'] } });
