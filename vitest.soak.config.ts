import { readdirSync, readFileSync } from 'node:fs';
import config from './vitest.config.ts';

/** Every property, with cases that were never drawn before: twenty times as many as the suite, or `MXT_TIMES`. */
const properties = readdirSync('test', { recursive: true, encoding: 'utf8' })
  .map((file) => `test/${file}`)
  .filter((file) => file.endsWith('.test.ts') && readFileSync(file, 'utf8').includes('fc.assert('));

export default {
  ...config,
  test: {
    ...config.test,
    include: properties,
    env: { MXT_SEED: 'new', MXT_TIMES: '20', ...process.env },
    testTimeout: 24 * 3_600_000,
  },
};
