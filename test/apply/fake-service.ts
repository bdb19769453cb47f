import type { WriteClient } from '../../src/api/client.ts';
import { asHttp, type PatchBody, type WriteRequest } from '../../src/domain/request.ts';
import type { LiveTrigger } from '../../src/domain/trigger.ts';
import { ApiError } from '../../src/errors.ts';

/** The service as a map, for tests of the engine alone. What goes wrong is said by hooks, request by request. */
export class FakeService implements WriteClient {
  readonly store = new Map<string, LiveTrigger>();
  /** `GET trg_1`, `PATCH trg_1`, `POST new`, …: in the order in which they came. */
  readonly log: string[] = [];
  /** Called before a request is acted on; what it throws is the answer. */
  before: (line: string) => void = () => {};
  /** What the service makes of a trigger that it stores. */
  onStore: (trigger: LiveTrigger) => LiveTrigger = (trigger) => trigger;
  #made = 0;
  calls = 0;

  async listResources() {
    return [];
  }

  constructor(live: readonly LiveTrigger[] = []) {
    for (const trigger of live) this.store.set(trigger.trigger_id, trigger);
  }

  listTriggers = async (): Promise<LiveTrigger[]> => {
    this.#note('LIST');
    return [...this.store.values()];
  };

  getTrigger = async (id: string): Promise<LiveTrigger> => {
    this.#note(`GET ${id}`);
    return this.store.get(id) ?? fail(404, 'NotFoundError');
  };

  listNewest = async (): Promise<LiveTrigger[]> => {
    this.#note('NEWEST');
    return [...this.store.values()].reverse();
  };

  send = async (request: WriteRequest): Promise<LiveTrigger | null> => {
    const { op, id } = request;
    const action = op === 'pause' || op === 'resume' ? op : null;
    this.#note([asHttp(request).method, id ?? 'new', action].filter((part) => part !== null).join(' '));
    if (id === null) return this.#create(request.body);
    const trigger = this.store.get(id) ?? fail(404, 'NotFoundError');
    if (op === 'delete') {
      this.store.set(id, { ...trigger, status: 'disabled' });
      return null;
    }
    const status = action === 'pause' ? 'paused' : action === 'resume' ? 'active' : undefined;
    const patch = (request.body ?? {}) as PatchBody;
    return this.#keep({ ...trigger, ...patch, ...(status === undefined ? {} : { status }) });
  };

  /** Only what is there: disabled ones are gone. */
  get there(): LiveTrigger[] {
    return [...this.store.values()].filter(({ status }) => status !== 'disabled');
  }

  #create(body: WriteRequest['body']): LiveTrigger {
    const id = `made_${++this.#made}`;
    return this.#keep({ status: 'active', ...body, trigger_id: id } as LiveTrigger);
  }

  #keep(trigger: LiveTrigger): LiveTrigger {
    const stored = this.onStore(trigger);
    this.store.set(stored.trigger_id, stored);
    return stored;
  }

  #note(line: string): void {
    this.calls++;
    this.log.push(line);
    this.before(line);
  }
}

export function fail(status: number | null, type: string | null = null, ambiguous = false): never {
  throw new ApiError(status === null ? 'network' : 'api', `failed with ${status ?? 'no answer'}`, {
    request: 'POST /v1/triggers',
    status,
    type,
    requestId: null,
    ambiguous,
    attempts: 1,
  });
}
