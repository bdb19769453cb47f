import type { Check } from '../../render/result/doctor-text.ts';

export function ok(check: string, message: string): Check {
  return { check, status: 'ok', message, todo: null };
}

/** What nobody can do anything about is no warning. */
export function warning(check: string, message: string, todo: string): Check {
  return { check, status: 'warning', message, todo };
}

export function failed(check: string, message: string, todo: string | null): Check {
  return { check, status: 'failed', message, todo };
}
