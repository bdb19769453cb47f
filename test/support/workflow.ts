import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { data, Evaluator, Lexer, Parser } from '@actions/expressions';
import { parse } from 'yaml';

export interface Step {
  readonly name?: string;
  readonly if?: string;
  readonly id?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, string | number | boolean>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly 'continue-on-error'?: boolean;
}

export interface Job {
  readonly name?: string;
  readonly if?: string;
  readonly needs?: string | readonly string[];
  readonly outputs?: Readonly<Record<string, string>>;
  readonly concurrency?: Concurrency;
  readonly strategy?: {
    readonly 'fail-fast': boolean | string;
    readonly 'max-parallel': number | string;
    readonly matrix: string;
  };
  readonly permissions?: Readonly<Record<string, string>>;
  readonly environment?: string;
  readonly 'timeout-minutes'?: number;
  readonly steps: readonly Step[];
}

interface Concurrency {
  readonly group: string;
  readonly 'cancel-in-progress': boolean;
}

export interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: unknown;
  readonly concurrency?: Concurrency;
  readonly jobs: Readonly<Record<string, Job>>;
}

export const NAMES = ['ci', 'plan', 'apply', 'drift', 'release'] as const;

export function fileOf(path: string): string {
  return readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8');
}

export function workflowOf(name: string): Workflow {
  return parse(fileOf(`.github/workflows/${name}.yml`)) as Workflow;
}

/** What the contexts hold: `{ github: { actor: 'someone' } }`. A missing one is an error, a missing member is null. */
export type Contexts = Readonly<Record<string, unknown>>;

/** Nothing was cancelled and nothing has failed, as far as an expression asks that in so many words. */
const STATUS = { always: true, success: true, failure: false, cancelled: false };

const FUNCTIONS = Object.entries(STATUS).map(([name, value]) => ({
  name,
  minArgs: 0,
  maxArgs: 0,
  call: () => new data.BooleanData(value),
}));

/** Evaluates an expression with GitHub's own evaluator. */
function result(expression: string, contexts: Contexts): data.ExpressionData {
  const { tokens } = new Lexer(expression.replace(/^\$\{\{|\}\}$/g, '')).lex();
  const parsed = new Parser(tokens, Object.keys(contexts), FUNCTIONS).parse();
  const world = JSON.parse(JSON.stringify(contexts), data.reviver) as data.Dictionary;
  return new Evaluator(parsed, world, new Map(FUNCTIONS.map((one) => [one.name, one]))).evaluate();
}

export function evaluate(expression: string, contexts: Contexts): unknown {
  return JSON.parse(JSON.stringify(result(expression, contexts), data.replacer));
}

/** Expressions in a text put in. */
export function interpolate(text: string, contexts: Contexts): string {
  return text.replace(/\$\{\{.*?\}\}/gs, (expression) => result(expression, contexts).coerceString());
}
