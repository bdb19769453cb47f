import type { Plan } from '../../domain/plan.ts';
import { asHttp, NEW_ID, type WriteRequest } from '../../domain/request.ts';
import { printable, printableJson } from '../../lib/printable.ts';
import { FORMAT_VERSION } from './plan-json.ts';

export interface PlannedRequest {
  readonly kind: string;
  readonly name: string;
  readonly request: WriteRequest;
}

/** Every write of a plan, in the order of apply. */
export function planRequests(plan: Plan): PlannedRequest[] {
  return plan.operations.flatMap(({ kind, name, requests }) =>
    requests.map((request) => ({ kind, name, request })),
  );
}

export function requestsJson(plan: Plan): object {
  return {
    format_version: FORMAT_VERSION,
    namespace: plan.namespace,
    api_url: plan.api_url,
    digest: plan.digest,
    requests: planRequests(plan).map(({ kind, name, request }) => ({ kind, name, ...asHttp(request) })),
  };
}

/**
 * The same as shell commands. The key and the address stay variables, so that the text can be shared; the id of a
 * replacement's new trigger is caught in one.
 */
export function requestsCurl(requests: readonly PlannedRequest[], namespace: string): string {
  return requests.map((planned) => `${curl(planned, namespace)}\n`).join('');
}

function curl({ kind, name, request }: PlannedRequest, namespace: string): string {
  const { method, path, body } = asHttp(request);
  const url = `"$MP_API_URL${path.replace(NEW_ID, '$new')}"`;
  const lines = [
    `curl -sS --fail-with-body -X ${method} ${url}`,
    '-H "Authorization: Bearer $MP_API_KEY"',
    `-H ${quote(`X-Namespace: ${namespace}`)}`,
    ...(body === null ? [] : ['-H "Content-Type: application/json"', `-d ${quote(printableJson(body, 0))}`]),
  ];
  const command = lines.join(' \\\n  ');
  const makesNew = kind === 'replace' && request.op === 'create';
  return `# ${kind} ${printable(name)}\n${makesNew ? `new=$(${command} | jq -r .trigger_id)` : command}`;
}

/** Single quotes keep everything literal for a shell, but themselves. */
function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
