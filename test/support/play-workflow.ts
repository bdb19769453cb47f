import { PLACEHOLDER } from '../../src/commands/init/workflows.ts';
import { type Contexts, evaluate, interpolate, type Job, type Step, workflowOf } from './workflow.ts';

export type Inputs = Readonly<Record<string, string>>;

/** One run of a job: of a matrix there are several. */
export interface Instance {
  readonly job: string;
  readonly name: string;
  /** GitHub's, whose secrets it has; null where it is in none. */
  readonly environment: string | null;
  readonly group: string | null;
  /** What the action is given. */
  readonly inputs: Inputs;
  /** Names of the steps that ran. */
  readonly steps: readonly string[];
}

/** What a step's script would put out; null where it puts out nothing. */
export type RunScript = (
  step: Step,
  env: Inputs,
  before: readonly Instance[],
) => Readonly<Record<string, string>> | null;

export interface Answer {
  readonly fails?: boolean;
  readonly outputs?: Readonly<Record<string, string>>;
}

type Result = 'success' | 'failure' | 'skipped';

export interface Play {
  readonly instances: readonly Instance[];
  readonly results: Readonly<Record<string, Result>>;
}

const USES = PLACEHOLDER.split(' ')[0];
/** The most jobs that GitHub makes of one matrix. */
const MATRIX_MAX = 256;

/** Runs a workflow's jobs as GitHub does, with an answer in place of each use of the action. */
export function playWorkflow(
  name: string,
  contexts: Contexts,
  answer: (job: string, inputs: Inputs) => Answer,
  script: RunScript = () => null,
): Play {
  const instances: Instance[] = [];
  const needs: Record<string, { result: Result; outputs: Record<string, string> }> = {};
  for (const [job, definition] of Object.entries(workflowOf(name).jobs)) {
    const needed = [definition.needs ?? []].flat();
    const before = Object.fromEntries(needed.map((one) => [one, needs[one]]));
    const world = { inputs: {}, vars: {}, secrets: {}, ...contexts, needs: before };
    const outcome = { result: 'skipped' as Result, outputs: {} as Record<string, string> };
    needs[job] = outcome;
    const ready = needed.every((one) => needs[one]?.result === 'success');
    if (!runs(definition, ready, world)) continue;
    outcome.result = 'success';
    for (const matrix of matricesOf(definition, world)) {
      const here = { ...world, matrix };
      const { steps, inputs, fails, ran } = playSteps(
        definition.steps,
        here,
        (given) => answer(job, given),
        (step, env) => script(step, env, instances),
      );
      if (fails) outcome.result = 'failure';
      const { environment, concurrency } = definition;
      instances.push({
        job,
        name: definition.name === undefined ? job : interpolate(definition.name, here),
        environment: environment === undefined ? null : interpolate(environment, here),
        group: concurrency === undefined ? null : interpolate(concurrency.group, here),
        inputs,
        steps: ran,
      });
      for (const [output, value] of Object.entries(definition.outputs ?? {})) {
        // Of a matrix's jobs the last that says something.
        const said = interpolate(value, { ...here, steps });
        if (said !== '') outcome.outputs[output] = said;
      }
    }
  }
  return {
    instances,
    results: Object.fromEntries(Object.entries(needs).map(([job, { result }]) => [job, result])),
  };
}

/** Without a word about it in `if`, a job runs only after the success of all that it needs. */
function runs(job: Job, ready: boolean, world: Contexts): boolean {
  const says = /\b(always|success|failure|cancelled)\(\)/.test(job.if ?? '');
  return (ready || says) && Boolean(evaluate(job.if ?? 'true', world));
}

function matricesOf({ strategy }: Job, world: Contexts): readonly object[] {
  if (strategy === undefined) return [{}];
  const { include } = evaluate(strategy.matrix, world) as { include: object[] };
  if (include.length === 0 || include.length > MATRIX_MAX)
    throw new Error(`a matrix of ${include.length} jobs`);
  return include;
}

function playSteps(
  steps: readonly Step[],
  world: Contexts,
  answer: (inputs: Inputs) => Answer,
  script: (step: Step, env: Inputs) => Readonly<Record<string, string>> | null,
) {
  const ran: string[] = [];
  const done: Record<string, { outputs: Readonly<Record<string, string>> }> = {};
  let inputs: Inputs = {};
  let fails = false;
  for (const step of steps) {
    const goesOn = !fails || /\b(always|cancelled)\(\)/.test(step.if ?? '');
    if (!goesOn || !evaluate(step.if ?? 'true', { ...world, steps: done })) continue;
    ran.push(step.name ?? '');
    if (step.run === 'exit 1') fails = true;
    if (step.run !== undefined && step.id !== undefined) {
      const env = Object.entries(step.env ?? {}).map(([key, value]) => [key, interpolate(value, world)]);
      done[step.id] = { outputs: script(step, Object.fromEntries(env)) ?? {} };
    }
    if (step.uses !== USES) continue;
    inputs = Object.fromEntries(
      Object.entries(step.with ?? {}).map(([key, value]) => [key, interpolate(String(value), world)]),
    );
    const ended = answer(inputs);
    if (step.id !== undefined) done[step.id] = { outputs: ended.outputs ?? {} };
    fails ||= ended.fails === true && step['continue-on-error'] !== true;
  }
  return { steps: done, inputs, fails, ran };
}
