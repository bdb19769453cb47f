import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

export interface Step {
  readonly name?: string;
  readonly id?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, string | number | boolean>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly 'continue-on-error'?: boolean;
}

export interface Job {
  readonly if?: string;
  readonly needs?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly environment?: string;
  readonly 'timeout-minutes'?: number;
  readonly steps: readonly Step[];
}

export interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: unknown;
  readonly concurrency?: { readonly group: string; readonly 'cancel-in-progress': boolean };
  readonly jobs: Readonly<Record<string, Job>>;
}

export const NAMES = ['ci', 'plan', 'apply', 'drift'] as const;

export function fileOf(path: string): string {
  return readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8');
}

export function workflowOf(name: string): Workflow {
  return parse(fileOf(`.github/workflows/${name}.yml`)) as Workflow;
}

/** What the contexts hold: `{ github: { actor: 'someone' } }`. */
export type Contexts = Readonly<Record<string, unknown>>;

/**
 * Evaluates an expression as GitHub does, as far as these workflows go: `==`, `!=`, `&&`, `||`, `!`, strings,
 * contexts, `cancelled()`. What is missing in a context is an empty string; an unknown word is an error.
 */
export function evaluate(expression: string, contexts: Contexts): unknown {
  const text = expression.replace(/^\$\{\{\s*|\s*\}\}$/g, '');
  const words: string[] = [];
  const code = text.replace(
    /'(?:[^']|'')*'|[A-Za-z][\w.-]*(\(\))?|==|!=|&&|\|\||[!()]|\s+/g,
    (token: string) => {
      if (token === '==' || token === '!=') return `${token}=`;
      if (token.startsWith("'")) return JSON.stringify(token.slice(1, -1).replaceAll("''", "'"));
      if (!/^[A-Za-z]/.test(token)) return token;
      words.push(token);
      return `words[${words.length - 1}]`;
    },
  );
  const values = words.map((word) => {
    if (word === 'cancelled()') return false;
    const [first = '', ...path] = word.split('.');
    if (!(first in contexts)) throw new Error(`no context ${first} for ${word}`);
    const found = path.reduce<unknown>(
      (node, key) => (node as Record<string, unknown> | undefined)?.[key],
      contexts[first],
    );
    return found ?? '';
  });
  return new Function('words', `return (${code});`)(values);
}

/** Expressions in a text put in. */
export function interpolate(text: string, contexts: Contexts): string {
  return text.replace(/\$\{\{.*?\}\}/gs, (expression) => String(evaluate(expression, contexts)));
}
