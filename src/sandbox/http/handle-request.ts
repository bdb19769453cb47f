import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Controlled } from '../operations/sandbox-clock.ts';
import type { Context } from './context.ts';
import { type Answer, type FaultHook, type SeenRequest, underFault } from './faults.ts';
import { type Body, MAX_BODY_BYTES, receive, reply } from './http.ts';
import type { Limiter } from './rate-limit.ts';
import {
  asDetail,
  badRequest,
  malformed,
  methodNotAllowed,
  notFound,
  type ReplyOutcome,
  tooLarge,
  tooManyRequests,
  unauthorized,
} from './reply-outcome.ts';
import { matchRoute } from './routes.ts';
import type { Service } from './sandbox-service.ts';

/** What the requests of one server share. */
export interface RequestHandling {
  readonly service: Service;
  /** Null where rates are not limited. */
  readonly limiter: Limiter | null;
  readonly faults: FaultHook | undefined;
  /** Notes a request, and numbers it. */
  readonly note: (request: Omit<SeenRequest, 'n'>) => SeenRequest;
}

/** One request and its answer. */
export async function handleRequest(
  request: IncomingMessage,
  response: ServerResponse,
  shared: RequestHandling,
): Promise<void> {
  if (!isForThisServer(request)) {
    reply(response, { kind: 'send', answer: { status: 421, headers: { Connection: 'close' }, body: null } });
    return;
  }
  let body: Body;
  try {
    // Whoever has no key is not listened to.
    body = hasKey(request) ? await receive(request) : { kind: 'none' };
  } catch {
    // The client went away in the middle of its request: nothing was asked, and nobody listens.
    return;
  }
  const { method = 'GET', url = '/' } = request;
  const namespace = header(request, 'x-namespace');
  const seen = shared.note({ method, path: url, namespace, body: bodyAsSeen(body) });
  const what = await underFault(shared.faults?.(seen), (onStore) => answer(request, body, shared, onStore));
  reply(response, what);
}

async function answer(
  request: IncomingMessage,
  body: Body,
  { service, limiter }: RequestHandling,
  onStore: Context['onStore'] | undefined,
): Promise<Answer> {
  const { method = 'GET', url = '/' } = request;
  const [pathname = '/', query = ''] = url.split('?', 2);
  const grant = limiter?.(header(request, 'authorization') ?? '', pathname) ?? null;
  const outcome =
    grant?.retryAfter == null
      ? await decide(request, { method, pathname, query, body }, service, onStore)
      : tooManyRequests(`${method} ${pathname}`, grant.retryAfter);
  const { status, body: said } =
    outcome.kind === 'refused' && service.behaviour.api === '0.81' ? asDetail(outcome) : outcome;
  const own = outcome.kind === 'controlled' ? {} : (outcome.headers ?? {});
  return { status, headers: { ...own, ...grant?.headers }, body: said };
}

interface Asked {
  readonly method: string;
  readonly pathname: string;
  readonly query: string;
  readonly body: Body;
}

/** The service's order: is there such a route, who asks, about which namespace, with what. */
async function decide(
  request: IncomingMessage,
  { method, pathname, query, body }: Asked,
  service: Service,
  onStore: Context['onStore'] | undefined,
): Promise<ReplyOutcome | Controlled> {
  const match = matchRoute(method, pathname, service.behaviour.api);
  if (match.kind === 'unknown') return notFound('Route', pathname);
  if (match.kind === 'wrong-method') return methodNotAllowed(match.allowed);
  const { route, id } = match;
  // Any key will do, but one there must be.
  if (!('open' in route) && !hasKey(request)) return unauthorized();
  if (body.kind === 'too-large') return tooLarge(MAX_BODY_BYTES);
  const json = body.kind === 'json' ? body : null;
  const unfit = json?.unfit ?? null;
  const call = { id, query: new URLSearchParams(query), body: json?.value, unfit };
  if (body.kind === 'not-text') return badRequest('There was an error parsing the body');
  if ('control' in route) return body.kind === 'not-json' ? notJson() : service.control(route, call);
  // The OpenAPI document declares the header optional and describes it as required, so that it is no shape
  // error (422) but the service's own refusal.
  const namespace = header(request, 'x-namespace');
  if (namespace === null && 'anywhere' in route) return service.find(route, call);
  if (namespace === null) return badRequest('The X-Namespace header is required', { header: 'X-Namespace' });
  if (body.kind === 'not-json') return notJson();
  return service.run(namespace, route, call, onStore);
}

/** Any will do. */
function hasKey(request: IncomingMessage): boolean {
  return /^Bearer +\S+$/i.test(header(request, 'authorization') ?? '');
}

/**
 * Under its own names alone, whatever the port (it may be forwarded): a page of elsewhere can give this machine's
 * address a name of its own. And no page of another origin may ask at all.
 */
function isForThisServer({ headers }: IncomingMessage): boolean {
  const { host = '', origin } = headers;
  if (!isLoopback(`http://${host}`)) return false;
  const site = headers['sec-fetch-site'];
  return origin === undefined
    ? site === undefined || site === 'same-origin' || site === 'none'
    : isLoopback(origin) && site !== 'cross-site';
}

function isLoopback(url: string): boolean {
  return URL.canParse(url) && ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(url).hostname);
}

const notJson = (): ReplyOutcome =>
  malformed([{ loc: ['body', 0], msg: 'JSON decode error', type: 'json_invalid' }]);

function header(request: IncomingMessage, name: 'authorization' | 'x-namespace'): string | null {
  const value = request.headers[name];
  const text = (Array.isArray(value) ? value[0] : value)?.trim() ?? '';
  return text === '' ? null : text;
}

function bodyAsSeen(body: Body): SeenRequest['body'] {
  if (body.kind === 'json') return body.value;
  return body.kind === 'not-json' ? body.text : null;
}
