import type { Environments } from '../../generated/environments.d.ts';
import { announceError } from '../ci/announce.ts';
import type { Ci } from '../ci/ci.ts';
import { MATRIX_MAX } from '../commands/environments/jobs.ts';
import { chooseEnvironment } from '../config/environment.ts';
import { MxtError } from '../errors.ts';
import { printable } from '../lib/printable.ts';
import type { ProcessIo } from '../terminal/io.ts';
import type { Inputs } from './inputs.ts';
import { configOf } from './key.ts';
import type { Mxt } from './mxt-runner.ts';

type Matrix = Pick<Environments, 'include'>;

/** Where mxt.yaml defines no environments: one job, for the namespace that the workflow names. */
const ONE: Matrix = { include: [{ environment: '', namespace: '', api_key_env: 'MP_API_KEY' }] };

/** The command `environments`: outputs `matrix` and `count`, a job for each environment. */
export async function writeMatrix(inputs: Inputs, ci: Ci | null, io: ProcessIo, mxt: Mxt): Promise<number> {
  const config = await configOf(inputs.args, io);
  const wanted = io.env['MXT_ENV'] || undefined;
  if (config !== null && wanted !== undefined) {
    try {
      chooseEnvironment(config, undefined, { MXT_ENV: wanted });
    } catch (error) {
      if (!(error instanceof MxtError)) throw error;
      return refuse([error.message, error.hint].filter((part) => part !== null).join('. '), ci, io);
    }
  }
  const answer = config?.environments.length === 0 ? ONE : await ask(inputs, io, mxt);
  if (typeof answer === 'number') return answer;
  const include = answer.include.filter(({ environment }) => wanted === undefined || environment === wanted);
  if (include.length > MATRIX_MAX) {
    return refuse(
      `${include.length} jobs are too many: a GitHub matrix has at most ${MATRIX_MAX}; see docs/github.md`,
      ci,
      io,
    );
  }
  const names = include.flatMap(({ environment }) =>
    (environment || '(the only namespace)').split(',').map(printable),
  );
  const jobs = names.length === include.length ? '' : ` in ${include.length} jobs`;
  io.out(
    `${names.length} ${names.length === 1 ? 'environment' : 'environments'}${jobs}${names.length === 0 ? '' : `: ${names.join(', ')}`}\n`,
  );
  ci?.output('matrix', JSON.stringify({ include }));
  ci?.output('count', String(include.length));
  return 0;
}

/** @returns the exit code where it failed */
async function ask({ args, own }: Inputs, io: ProcessIo, mxt: Mxt): Promise<Matrix | number> {
  let text = '';
  const out = (part: string) => {
    text += part;
  };
  const code = await mxt(['environments', '--format', 'json', ...own, ...args], { ...io, out });
  return code === 0 ? (JSON.parse(text) as Matrix) : code;
}

function refuse(message: string, ci: Ci | null, io: ProcessIo): number {
  io.err(`error: ${printable(message)}\n`);
  announceError(ci, message);
  return 1;
}
