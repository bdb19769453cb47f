import { expect } from 'vitest';
import type { Label } from '../../src/domain/label.ts';
import type { SeenRequest } from '../../src/sandbox/http/faults.ts';
import type { SandboxOptions } from '../../src/sandbox/http/server.ts';
import type { StoredTrigger } from '../../src/sandbox/store/namespace-state.ts';
import { labelOf } from '../plan/world.ts';
import {
  CONFIG,
  makeRepository,
  manifestYaml,
  NAMESPACE,
  type RunOptions,
  TestClock,
  withSandbox,
} from './cli.ts';

const ACTOR = { GITHUB_ACTOR: 'ada' };

/** A repository whose manifests are applied, on a clock of its own. */
export async function applied(
  manifests: Record<string, Record<string, string>>,
  options: Partial<SandboxOptions> = {},
) {
  const clock = new TestClock();
  const { sandbox, env } = await withSandbox({ clock: clock.now, ...options });
  const files = Object.entries(manifests).map(([name, more]) => [
    `manifests/${name}.yaml`,
    manifestYaml(name, more),
  ]);
  const repository = makeRepository(
    { 'mxt.yaml': CONFIG, ...Object.fromEntries(files) },
    { ...env, ...ACTOR },
  );
  const run = (args: readonly string[], options: RunOptions = {}) =>
    repository.mxt(args, { clock, ...options });
  const mxt = (...args: string[]) => run(args);
  const apply = () => mxt('apply', '--yes');
  expect(await apply()).toMatchObject({ code: 0 });
  const triggers = () => sandbox.world(NAMESPACE).triggers.filter(({ status }) => status !== 'disabled');
  const stored = (name: string): StoredTrigger => {
    const found = triggers().find((one) => (one.description ?? '').includes(` name=${name} `));
    if (found === undefined) throw new Error(`${name} is not live`);
    return found;
  };
  const live = (name: string): Live => {
    const { trigger_id, status, description, action_config } = stored(name);
    return { trigger_id, status, description, action_config, label: labelOf(description) };
  };
  const edit = (name: string, change: Partial<StoredTrigger>) => {
    const { trigger_id } = stored(name);
    return sandbox.change(NAMESPACE, (world) => ({
      ...world,
      triggers: world.triggers.map((one) =>
        one.trigger_id === trigger_id ? ({ ...one, ...change } as StoredTrigger) : one,
      ),
    }));
  };
  const unmanaged = () =>
    sandbox.change(NAMESPACE, (world) => ({
      ...world,
      triggers: world.triggers.flatMap((one, at) =>
        at > 0 ? [one] : [one, { ...one, trigger_id: 'trg_nobody', description: 'by hand' }],
      ),
    }));
  return { ...repository, run, mxt, apply, sandbox, clock, live, edit, triggers, unmanaged };
}

type Live = Pick<StoredTrigger, 'trigger_id' | 'status' | 'description' | 'action_config'> & {
  readonly label: Label;
};

export const isWrite = ({ method, path }: SeenRequest) => method !== 'GET' && path !== '/v1/triggers/list';
/** `PATCH /v1/triggers/ID description,status` */
export const inShort = ({ method, path, body }: SeenRequest) =>
  [
    method,
    path.replace(/trg_\w+/, 'ID'),
    ...(body === null
      ? []
      : [
          Object.keys(body as object)
            .sort()
            .join(),
        ]),
  ].join(' ');
