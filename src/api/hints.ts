import { isQuotaType } from '../errors.ts';
import type { Remedy } from '../net/network-faults.ts';
import type { Call } from './call.ts';

export interface HintContext {
  /** Where requests go: MP_API_URL without credentials and without a slash at its end. */
  readonly apiUrl: string;
  readonly namespace: string;
  /** The variable that holds the key. */
  readonly apiKeyEnv: string;
}

/**
 * What to do about an answer; null where there is nothing to say that the message does not.
 *
 * @param said the type of the service's error, and whether the body is something else's than the service's
 */
export function statusHint(
  call: Call,
  status: number,
  { type, foreign }: { readonly type: string | null; readonly foreign: boolean },
  context: HintContext,
): string | null {
  const { apiUrl, namespace, apiKeyEnv } = context;
  if (isQuotaType(type)) return 'The plan of the organisation does not allow it: make room, or ask for more.';
  switch (status) {
    case 401:
    case 403:
      if (foreign)
        return `This is not the service's own answer: something between here and ${apiUrl} refused it, whatever the key.`;
      return status === 401
        ? `Is the key in ${apiKeyEnv} right? It was sent to ${apiUrl} for namespace ${namespace}.`
        : `Does the key in ${apiKeyEnv} have the permission, and for namespace ${namespace}?`;
    case 404:
      if (apiUrl.endsWith('/v1')) return `mxt adds /v1 itself: leave it out of MP_API_URL (${apiUrl}).`;
      return call.path.endsWith('/list') ? namespaceHint(context) : null;
    case 429:
      return 'Others are using the same key, or --concurrency is too high.';
    default:
      return status >= 300 && status < 400 ? `Is MP_API_URL (${apiUrl}) right?` : null;
  }
}

export function namespaceHint({ apiUrl, namespace }: HintContext): string {
  return `Is there a namespace ${namespace} (MP_NAMESPACE) at ${apiUrl}?`;
}

/** What to do where no answer came. */
export function remedyHint(remedy: Remedy, { apiUrl }: HintContext): string {
  const { hostname, protocol } = new URL(apiUrl);
  switch (remedy) {
    case 'address':
      return `Is MP_API_URL (${apiUrl}) right, and can this machine reach it? Behind a proxy, set HTTPS_PROXY.`;
    case 'authority':
      return `Is MP_API_URL (${apiUrl}) right? For a certificate authority of your own, set NODE_EXTRA_CA_CERTS.`;
    case 'clock':
      return "Is this machine's clock right?";
    case 'name':
      return `Is MP_API_URL (${apiUrl}) right, or does something else answer for ${hostname}?`;
    case 'renew':
      return `Whoever runs ${hostname} has to renew it. Is this machine's clock right?`;
    case 'plain':
      return `Is MP_API_URL (${apiUrl}) right? ${protocol}// may be wrong there, or the port.`;
    case 'tls-version':
      return `${hostname} needs TLS 1.2 or newer.`;
    case 'machine':
      return 'This is a fault of this machine: limits of memory and files, permissions, a firewall.';
    default:
      return proxyHint(remedy, hostname);
  }
}

function proxyHint(remedy: Extract<Remedy, `proxy${string}`>, hostname: string): string {
  switch (remedy) {
    case 'proxy':
      return `Is the variable right, and does the proxy run? NO_PROXY=${hostname} goes past it.`;
    case 'proxy-password':
      return 'The proxy wants a user and a password: http://USER:PASSWORD@HOST:PORT in that variable.';
    case 'proxy-rules':
      return `Whoever runs the proxy has to allow ${hostname}; or name it in NO_PROXY, where it can be reached without.`;
    case 'proxy-host':
      return `The proxy does not reach ${hostname}. Is MP_API_URL right? NO_PROXY=${hostname} goes past the proxy.`;
    default:
      return remedy satisfies never;
  }
}
