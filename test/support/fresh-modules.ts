import { vi } from 'vitest';

/** Before each file: what a module of ours keeps, a secret to hide say, is of no file that ran before in this process. */
vi.resetModules();
