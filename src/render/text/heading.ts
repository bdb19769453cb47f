import { SANDBOX_URL } from '../../domain/plan.ts';
import { printable } from '../../lib/printable.ts';
import type { Colors } from './colors.ts';

export interface Target {
  readonly owner: string;
  readonly namespace: string;
  readonly environment: string | null;
}

/** Whose triggers, and where: `acme/search → ns_prod (production)`. Not yet made harmless. */
export function targetOf({ owner, namespace, environment }: Target): string {
  return `${owner} → ${namespace}${environment === null ? '' : ` (${environment})`}`;
}

/** The first line of a plan or a status on a terminal. */
export function headingText(shown: Target & { readonly api_url: string }, colors: Colors): string {
  const at = shown.api_url === SANDBOX_URL ? 'in the embedded sandbox' : `at ${printable(shown.api_url)}`;
  return `${colors.bold(printable(targetOf(shown)))} ${colors.dim(at)}`;
}
