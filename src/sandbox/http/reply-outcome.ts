import type { Json, JsonObject } from '../../domain/json.ts';
import type { NamespaceState } from '../store/namespace-state.ts';

/** An operation that was carried out. `world` is the one that was given where nothing changed. */
export interface Done {
  readonly kind: 'done';
  readonly status: 200 | 201 | 204;
  readonly body: Json | null;
  readonly world: NamespaceState;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An operation that was refused: nothing changed. */
export interface Refusal {
  readonly kind: 'refused';
  readonly status: number;
  readonly body: Json;
  readonly headers: Readonly<Record<string, string>>;
  /** Of a body or query of the wrong shape: what 0.81 answers in place of the envelope. */
  readonly problems?: readonly ShapeProblem[];
}

export type ReplyOutcome = Done | Refusal;

export const done = (world: NamespaceState, body: Json | null, status: Done['status'] = 200): Done => ({
  kind: 'done',
  status,
  body,
  world,
});

const refused = (status: number, body: Json, headers: Refusal['headers'] = {}): Refusal => ({
  kind: 'refused',
  status,
  body,
  headers,
});

/** The service's error envelope. */
function envelope(
  status: number,
  type: string,
  message: string,
  details: JsonObject | null = null,
  headers: Refusal['headers'] = {},
): Refusal {
  return refused(status, { success: false, status, error: { message, type, code: null, details } }, headers);
}

/** The service's word for unsupported parameters and for invalid state transitions. */
export const badRequest = (message: string, details: JsonObject | null = null): Refusal =>
  envelope(400, 'BadRequestError', message, details);

/** A field's value that has the right shape and makes no sense. */
export interface FieldProblem {
  readonly field: string;
  readonly message: string;
}

export const invalid = (problems: readonly FieldProblem[]): Refusal =>
  envelope(400, 'ValidationError', 'Validation failed', {
    validation_errors: problems.map(({ field, message }) => ({ field, message })),
  });

export const unauthorized = (): Refusal =>
  envelope(401, 'UnauthorizedError', 'Missing API key: send Authorization: Bearer <key>', null, {
    'WWW-Authenticate': 'Bearer',
  });

export const notFound = (resource: string, id: string): Refusal =>
  envelope(404, 'NotFoundError', `${resource} not found: ${id}`, { resource: resource.toLowerCase(), id });

export const methodNotAllowed = (allowed: readonly string[]): Refusal =>
  envelope(405, 'MethodNotAllowedError', 'Method not allowed', null, { Allow: allowed.join(', ') });

/** The rest of the body is not read, so the connection cannot be used again. */
export const tooLarge = (limit: number): Refusal =>
  envelope(
    413,
    'PayloadTooLargeError',
    `The body is larger than ${limit} bytes`,
    { limit },
    { Connection: 'close' },
  );

export const tooManyRequests = (route: string, seconds: number): Refusal =>
  envelope(
    429,
    'TooManyRequestsError',
    `Rate limit exceeded, retry in ${seconds} s`,
    { api_name: route, retry_after: seconds },
    { 'Retry-After': String(seconds) },
  );

/** More than the organisation has paid for, or may have. */
export const quotaExceeded = (message: string, details: JsonObject): Refusal =>
  envelope(403, 'QuotaExceededError', message, details);

export const internalError = (message: string): Refusal => envelope(500, 'InternalServerError', message);

/** One item of a 422 answer, as FastAPI writes them. */
export interface ShapeProblem {
  readonly loc: readonly (string | number)[];
  readonly msg: string;
  readonly type: string;
}

/** The wrong shape: a missing or undeclared member, a wrong type, a word outside an enumeration. */
export const malformed = (problems: readonly ShapeProblem[]): Refusal => ({
  ...envelope(422, 'ValidationError', 'Request validation failed', {
    validation_errors: problemList(problems),
  }),
  problems,
});

/** The framework's own form, which the service answered until October. */
export const asDetail = ({ problems, ...refusal }: Refusal): Refusal =>
  problems === undefined ? refusal : { ...refusal, body: { detail: problemList(problems) } };

const problemList = (problems: readonly ShapeProblem[]): Json[] =>
  problems.map(({ loc, msg, type }) => ({ loc: [...loc], msg, type }));
