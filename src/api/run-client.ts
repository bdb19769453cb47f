import type { Task } from '../domain/task.ts';
import { ApiError } from '../errors.ts';
import { executeCall, historyCall, taskCall } from './call.ts';
import { type ClientOptions, type Closable, checked, connect, type ReadClient } from './client.ts';
import { listRuns } from './list-runs.ts';
import { checkRunPage, checkTask, type RunPage } from './run-answers.ts';

/** Looks at runs. */
export interface RunReader extends ReadClient {
  /** Null where the service does not know the task (any more: it may forget one after a day). */
  getTask(id: string): Promise<Task | null>;
  /** A page of a trigger's runs, newest first. */
  listRuns(id: string, offset: number, limit: number): Promise<RunPage>;
  /** The latest runs of a trigger, newest first, and how many there are in all. */
  readRuns(id: string, most: number): Promise<RunPage>;
}

/** Starts a run as well, and can write nothing else. */
export interface RunClient extends RunReader {
  /** Sent once, whatever comes of it. */
  execute(id: string): Promise<Task>;
}

export function createRunReader(options: ClientOptions): RunReader & Closable {
  return readerOf(connect(options));
}

export function createRunClient(options: ClientOptions): RunClient & Closable {
  const connection = connect(options);
  const { caller } = connection;
  return Object.assign(readerOf(connection), {
    execute: async (id: string) => {
      const call = executeCall(id);
      return checked(call, await caller.call(call), caller, checkTask, '');
    },
  });
}

function readerOf({ reading, caller }: ReturnType<typeof connect>): RunReader & Closable {
  const readPage = async (id: string, offset: number, limit: number) => {
    const call = historyCall(id, offset, limit);
    return checked(call, await caller.call(call), caller, checkRunPage, 'the page is malformed: ');
  };
  return {
    ...reading,
    get calls() {
      return caller.sent;
    },
    getTask: async (id) => {
      const call = taskCall(id);
      try {
        return checked(call, await caller.call(call), caller, checkTask, '');
      } catch (error) {
        if (error instanceof ApiError && error.failure.status === 404) return null;
        throw error;
      }
    },
    listRuns: readPage,
    readRuns: (id, most) => listRuns((offset, limit) => readPage(id, offset, limit), most),
  };
}
