import { type Scalar, visit } from 'yaml';
import { findSecrets, type Secrets } from '../files/key-patterns.ts';
import type { Span } from './diagnostic-message.ts';

/**
 * The scalars of a document, keys included, that hold a key which their text does not show: by escapes, or folded
 * over a line's end.
 */
export function hiddenSecrets(contents: unknown, text: string, secrets?: Secrets): Span[] {
  const found: Span[] = [];
  const look = (node: Scalar) => {
    if (typeof node.value !== 'string') return;
    const [offset, end] = node.range ?? [0, 0];
    const source = text.slice(offset, end);
    // Most scalars are what is written.
    if (source.includes(node.value)) return;
    const shown = findSecrets(source, secrets).length;
    if (findSecrets(node.value, secrets).length > shown) found.push({ offset, length: end - offset });
  };
  visit(contents as Parameters<typeof visit>[0], { Scalar: (_, node) => look(node) });
  return found;
}
