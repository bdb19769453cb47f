import { MxtError } from '../errors.ts';

/** Ctrl-C. What was in flight may have been acted on. */
export function interrupted(request?: string): MxtError {
  return new MxtError('interrupted', request === undefined ? 'interrupted' : `interrupted during ${request}`);
}
