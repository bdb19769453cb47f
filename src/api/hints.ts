import type { Call } from './call.ts';

export interface HintContext {
  /** Where requests go, without a path or credentials. */
  readonly origin: string;
  readonly namespace: string;
  /** The variable that holds the key. */
  readonly apiKeyEnv: string;
}

const QUOTA: ReadonlySet<string> = new Set(['QuotaExceededError', 'NotEnabledError']);

/** What to do about a failure; null where there is nothing to say that the message does not. */
export function hintFor(
  call: Call,
  what: number | 'refused' | 'untrusted' | 'broken' | 'timeout',
  type: string | null,
  { origin, namespace, apiKeyEnv }: HintContext,
): string | null {
  if (type !== null && QUOTA.has(type))
    return 'The plan of the organisation does not allow it: make room, or ask for more.';
  switch (what) {
    case 401:
      return `Is the key in ${apiKeyEnv} right? It was sent to ${origin} for namespace ${namespace}.`;
    case 403:
      return `Does the key in ${apiKeyEnv} have the permission, and for namespace ${namespace}?`;
    case 404:
      return call.path.endsWith('/list')
        ? `Is there a namespace ${namespace} (MP_NAMESPACE) at ${origin}?`
        : null;
    case 429:
      return 'Others are using the same key, or --concurrency is too high.';
    case 'refused':
      return `Is MP_API_URL (${origin}) right, and can this machine reach it? Behind a proxy, set HTTPS_PROXY.`;
    case 'untrusted':
      return `Is MP_API_URL (${origin}) right? For a certificate authority of your own, set NODE_EXTRA_CA_CERTS.`;
    case 'broken':
    case 'timeout':
      return null;
    default:
      return what >= 300 && what < 400 ? `Is MP_API_URL (${origin}) right?` : null;
  }
}
