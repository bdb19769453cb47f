import type { Json, JsonObject } from '../../domain/json.ts';
import type { NamespaceState, StoredTrigger } from '../store/namespace-state.ts';
import type { Context } from './context.ts';
import { malformed, notFound, type Refusal, type ReplyOutcome } from './reply-outcome.ts';
import { isObject, type Shape, shapeProblems } from './shape.ts';

/** A request as the operations see it. */
export interface Call {
  /** The id or name in the path; empty where the path has none. */
  readonly id: string;
  readonly query: URLSearchParams;
  /** Undefined where the request had no body. */
  readonly body: Json | undefined;
  /** Why a number in the body cannot be stored; null where all can. */
  readonly unfit: string | null;
}

/** World in, world out: an operation does no I/O and keeps nothing. */
export type Operation = (world: NamespaceState, call: Call, context: Context) => ReplyOutcome;

export type Read<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly refusal: Refusal };

const ok = <T>(value: T): Read<T> => ({ ok: true, value });
const no = (refusal: Refusal): Read<never> => ({ ok: false, refusal });

/** The body, once its shape is right. A body that may be left out counts as an empty object. */
export function readBody(
  call: Call,
  shape: Shape,
  presence: 'required' | 'optional',
  others: 'forbidden' | 'ignored' = 'ignored',
): Read<JsonObject> {
  if (call.body === undefined) {
    if (presence === 'optional') return ok({});
    return no(malformed([{ loc: ['body'], msg: 'Field required', type: 'missing' }]));
  }
  if (!isObject(call.body)) {
    return no(malformed([{ loc: ['body'], msg: 'Input should be a valid dictionary', type: 'dict_type' }]));
  }
  const problems = shapeProblems('body', call.body, shape, others);
  return problems.length === 0 ? ok(call.body) : no(malformed(problems));
}

/** The query's members, integers read as such, once their shape is right. */
export function readQuery(call: Call, shape: Shape): Read<JsonObject> {
  const given: JsonObject = {};
  for (const [name, rule] of Object.entries(shape)) {
    const text = call.query.get(name);
    if (text !== null) given[name] = rule.type === 'integer' && /^-?\d+$/.test(text) ? Number(text) : text;
  }
  const problems = shapeProblems('query', given, shape);
  return problems.length === 0 ? ok(given) : no(malformed(problems));
}

/** A trigger, deleted ones included: a DELETE leaves it readable. */
export function findTrigger(world: NamespaceState, id: string): Read<StoredTrigger> {
  const trigger = world.triggers.find((candidate) => candidate.trigger_id === id);
  return trigger === undefined ? no(notFound('Trigger', id)) : ok(trigger);
}

export function withTrigger(world: NamespaceState, changed: StoredTrigger): NamespaceState {
  const index = world.triggers.findIndex((candidate) => candidate.trigger_id === changed.trigger_id);
  return { ...world, triggers: world.triggers.with(index, changed) };
}
