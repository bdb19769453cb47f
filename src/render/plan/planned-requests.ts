import type { DryRun } from '../../../generated/dry-run.d.ts';
import type { Action, Plan } from '../../domain/plan.ts';
import { asHttp, NEW_ID, type WriteRequest } from '../../domain/request.ts';
import { printable } from '../../lib/printable.ts';
import { CurlSecrets } from './curl-secrets.ts';
import { FORMAT_VERSION } from './plan-json.ts';
import { quote } from './shell.ts';

export interface PlannedRequest {
  readonly kind: Action['kind'];
  readonly name: string;
  readonly request: WriteRequest;
}

/** Every write of a plan, in the order of apply. */
export function planRequests(plan: Plan): PlannedRequest[] {
  return plan.operations.flatMap((operation) => {
    if (operation.kind === 'blocked') return [];
    const { kind, name, requests } = operation;
    return requests.map((request) => ({ kind, name, request }));
  });
}

export function requestsJson(plan: Plan): DryRun {
  return {
    format_version: FORMAT_VERSION,
    namespace: plan.namespace,
    api_url: plan.api_url,
    digest: plan.digest,
    requests: planRequests(plan).map(({ kind, name, request }) => {
      const { method, path, body } = asHttp(request);
      return { kind, name, method, path, body: body && { ...body } };
    }),
  };
}

/**
 * The same as a script for bash that does what apply would: in the same order, and nothing after the first failure.
 * Address, key and secrets stay variables, so that the text can be shared; the id of a replacement's new trigger is caught in
 * one.
 *
 * @param keyNames the variables that the key may be in, the first that is set
 */
export function requestsCurl(plan: Plan, keyNames: readonly string[]): string {
  const requests = planRequests(plan);
  if (requests.length === 0) return '';
  const refusals = plan.guards.map(
    ({ guard, message }) => `echo ${quote(printable(`refused (${guard}): ${message}`))} >&2`,
  );
  const refused =
    refusals.length === 0 ? [] : ['# apply would send nothing of this.', ...refusals, 'exit 1', ''];
  const secrets = new CurlSecrets(requests);
  return [
    '#!/usr/bin/env bash',
    'set -euo pipefail',
    ...addressLines(plan.api_url),
    ...keyLines(keyNames),
    ...secrets.lines,
    '',
    ...refused,
    ...requests.map((planned) => `${curl(planned, plan.namespace, secrets)}\n`),
  ].join('\n');
}

/** As apply reads it: without slashes at its end. The sandbox has no address of its own. */
function addressLines(apiUrl: string): string[] {
  const known = /^https?:/.test(apiUrl);
  return [
    known ? 'url="${MP_API_URL:-}"' : 'url="${MP_API_URL:?is not set: it is the address of the service}"',
    ...(known ? [`[[ -n $url ]] || url=${quote(apiUrl)}`] : []),
    'while [[ $url == */ ]]; do url="${url%/}"; done',
  ];
}

function keyLines([first = 'MP_API_KEY', ...others]: readonly string[]): string[] {
  const missing = `:?${first} is not set: it holds the API key`;
  const value = others.reduceRight((rest, name) => `\${${name}:-${rest}}`, '');
  return [`key="\${${first}:-${value}}"`, `: "\${key${missing}}"`];
}

function curl({ kind, name, request }: PlannedRequest, namespace: string, secrets: CurlSecrets): string {
  const { method, path, body } = asHttp(request);
  const data =
    body === null
      ? ["-H 'Content-Length: 0'"]
      : ["-H 'Content-Type: application/json'", `--data-raw ${secrets.quoteBody(request, body)}`];
  const command = [
    `curl -sS --fail-with-body -X ${method} "$url${path.replace(NEW_ID, '$new')}"`,
    '-H "Authorization: Bearer $key"',
    `-H ${quote(`X-Namespace: ${namespace}`)}`,
    ...(method === 'DELETE' ? [] : data),
  ].join(' \\\n  ');
  const makesNew = kind === 'replace' && request.op === 'create';
  const lines = makesNew
    ? ['answer=$(', `${command}`, ') || { echo "$answer" >&2; exit 1; }', CATCH_ID]
    : [command];
  return `# ${kind} ${printable(name)}\n${lines.join('\n')}`;
}

/** An answer without an id ends the script, since what follows deletes the old trigger. jq says nothing of no input. */
const CATCH_ID = [
  'new=$(jq -r \'.trigger_id | strings | @uri\' <<< "$answer")',
  '[[ -n $new ]] || { echo "the answer has no trigger_id: $answer" >&2; exit 1; }',
].join('\n');
