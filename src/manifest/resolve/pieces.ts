import { RESOURCE_KINDS } from '../../domain/resource.ts';
import { nearest } from '../../lib/suggest.ts';

/** What a reference may begin with. */
const ROOTS = ['vars', 'secrets', ...RESOURCE_KINDS] as const;
type Root = (typeof ROOTS)[number];

export interface Reference {
  readonly root: Root;
  readonly name: string;
  /** As it is written. */
  readonly text: string;
}

/** A string, cut into what stands for itself and what refers. */
export type Piece = string | Reference | Wrong;

export interface Wrong {
  readonly wrong: string;
  readonly hint: string | null;
  /** The reference as it is written. */
  readonly text: string;
}

/** `$${{` is a literal `${{`; else everything up to `}}` on the same line. */
export const TOKEN = /\$\$\{\{|\$\{\{([^\n]*?)(\}\}|$)/gm;

export function isVariableName(name: string): boolean {
  return /^[A-Za-z][\w-]*$/.test(name);
}

/** Whether a value holds a reference, well written or not. */
export function hasReference(text: string): boolean {
  return text.includes('${{') && pieces(text).some((piece) => typeof piece !== 'string');
}

/** A text in the order of its pieces: what stands for itself, escapes resolved, and references. */
export function pieces(text: string): Piece[] {
  const found: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(TOKEN)) {
    if (match.index > from) found.push(text.slice(from, match.index));
    from = match.index + match[0].length;
    found.push(match[1] === undefined ? '${{' : referenceFrom(match[0], match[1].trim(), match[2] === '}}'));
  }
  if (from < text.length) found.push(text.slice(from));
  return found;
}

function referenceFrom(text: string, inside: string, closed: boolean): Piece {
  if (!closed) {
    return { wrong: `the reference ${text} is not closed`, hint: 'end it with }}, or write $${{', text };
  }
  const dot = inside.indexOf('.');
  const [root, name] = dot < 0 ? [inside, ''] : [inside.slice(0, dot), inside.slice(dot + 1)];
  if (root === 'each')
    return { wrong: `${text} stands for nothing here`, hint: 'each is for manifests with for_each', text };
  const known = ROOTS.find((one) => one === root);
  if (known === undefined) {
    const [best] = nearest(root, ROOTS);
    const hint =
      best === undefined
        ? `there are ${ROOTS.join(', ')}; a literal one is written $$${'{{'}`
        : `did you mean ${best}?`;
    return { wrong: `unknown reference ${text}`, hint, text };
  }
  return name === ''
    ? { wrong: `the reference ${text} has no name`, hint: `write \${{ ${known}.NAME }}`, text }
    : { root: known, name, text };
}
