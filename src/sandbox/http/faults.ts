import type { Json } from '../../domain/json.ts';
import type { StoredTrigger } from '../store/namespace-state.ts';

/** What a test's hook is told of a request. */
export interface SeenRequest {
  /** 1 for the first request that the sandbox received. */
  readonly n: number;
  readonly method: string;
  /** With the query, as it was sent. */
  readonly path: string;
  /** The header as it was sent; null where there was none. */
  readonly namespace: string | null;
  /** Null without a body; text where it was not JSON. */
  readonly body: Json;
}

/** Whether the service has acted when the fault strikes. */
type When = 'before' | 'after';

/** What goes wrong with one request. */
export type Fault =
  /** The connection breaks. */
  | { readonly kind: 'drop'; readonly when: When }
  /** Another answer, of a proxy perhaps: text is sent as it is, anything else as JSON. */
  | {
      readonly kind: 'answer';
      readonly when: When;
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: Json;
    }
  /** Nothing happens until the test says so. */
  | { readonly kind: 'delay'; readonly when: When; readonly until: Promise<unknown> }
  /** The connection breaks in the middle of the answer. */
  | { readonly kind: 'truncate' }
  /** The answer says something else than what was done. */
  | { readonly kind: 'mutate'; readonly json: (json: Json) => Json }
  /** The service stores something else than it was sent, in this one create or PATCH. */
  | { readonly kind: 'store'; readonly change: (trigger: StoredTrigger) => StoredTrigger };

export type FaultHook = (request: SeenRequest) => Fault | undefined;

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Null for an answer without a body. Text is sent as it is. */
  readonly body: Json;
}

/** What is done on the wire. */
export type Reply =
  | { readonly kind: 'send'; readonly answer: Answer }
  | { readonly kind: 'truncate'; readonly answer: Answer }
  | { readonly kind: 'drop' };

type Act = (onStore?: (trigger: StoredTrigger) => StoredTrigger) => Promise<Answer>;

const send = (answer: Answer): Reply => ({ kind: 'send', answer });

/** Lets `act` do its work with the fault in its way. */
export async function underFault(fault: Fault | undefined, act: Act): Promise<Reply> {
  if (fault === undefined) return send(await act());
  switch (fault.kind) {
    case 'drop':
      if (fault.when === 'after') await act();
      return { kind: 'drop' };
    case 'answer': {
      if (fault.when === 'after') await act();
      return send({ status: fault.status, headers: fault.headers ?? {}, body: fault.body ?? null });
    }
    case 'delay': {
      if (fault.when === 'before') await fault.until;
      const answer = await act();
      if (fault.when === 'after') await fault.until;
      return send(answer);
    }
    case 'truncate':
      return { kind: 'truncate', answer: await act() };
    case 'mutate': {
      const answer = await act();
      return send({ ...answer, body: fault.json(answer.body) });
    }
    case 'store':
      return send(await act(fault.change));
    default:
      return fault satisfies never;
  }
}
