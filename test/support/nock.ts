import nock from 'nock';
import { afterAll, afterEach, beforeAll } from 'vitest';

/** nock answers in a file's tests, and is gone after them: other files run in the same process. */
export function useNock(): void {
  beforeAll(() => {
    if (!nock.isActive()) nock.activate();
  });
  afterEach(() => {
    nock.cleanAll();
    nock.enableNetConnect();
  });
  afterAll(() => nock.restore());
}
