import { describe, expect, it } from 'vitest';
import type { Json } from '../../src/domain/json.ts';
import { manifestYaml } from '../support/cli.ts';
import { applied, isWrite } from '../support/running.ts';

/** As Python's json.dumps writes what is in a database: bare words in place of numbers. */
const asPython = (json: Json) => JSON.stringify(json).replace(/"@(-?(?:NaN|Infinity|1e400))"/g, '$1');

/** `a` and a stranger have numbers in their configuration that JSON cannot say, `b` in a measurement alone. */
async function world(number: string) {
  const made = await applied({ a: {}, b: {} }, { faults: () => ({ kind: 'mutate', json: asPython }) });
  const { edit, unmanaged, sandbox } = made;
  await unmanaged();
  const odd = { cluster_id: 'clust_abc123', filters: { price: [{ $lt: number }] } };
  await edit('a', { action_config: odd });
  await edit('b', { last_drift_measurement: { score: number, of: 'NaN, Infinity' } });
  await sandbox.change('ns_test', (now) => ({
    ...now,
    triggers: now.triggers.map((one) =>
      one.trigger_id === 'trg_nobody' ? { ...one, action_config: odd } : one,
    ),
  }));
  const { trigger_id: id } = made.live('a');
  const from = sandbox.requests.length;
  /** The triggers that were written to. */
  const written = () =>
    sandbox.requests
      .slice(from)
      .filter(isWrite)
      .map(({ path }) => path.split('/')[3]);
  const place = 'cannot be read (action_config.filters.price.0.$lt is NaN or infinite)';
  return { ...made, id, written, place };
}

describe.each(['@NaN', '@Infinity', '@-Infinity', '@1e400'])('a trigger with a number %s', (number) => {
  it('is left alone, and its manifest makes no second one; the others are planned and applied', async () => {
    const { mxt, write, live, id, written, place } = await world(number);
    write('manifests/b.yaml', manifestYaml('b', { description: 'New words' }));
    const plan = await mxt('plan', '--format', 'json');
    expect(JSON.parse(plan.stdout)).toMatchObject({
      operations: [
        { kind: 'update', name: 'b' },
        { kind: 'blocked', intended: 'create', name: 'a', blocked_by: 'lookalike' },
      ],
      damaged: 1,
      unmanaged: 1,
      warnings: expect.arrayContaining([
        expect.objectContaining({
          code: 'unreadable',
          name: 'a',
          message: expect.stringContaining(`${id} ${place}`),
        }),
      ]),
    });
    const { code, stdout } = await mxt('apply', '--yes');
    expect(stdout).toContain(`${id} may be this trigger, and it ${place}: put a number there by the tool`);
    expect(code).toBe(1);
    expect(written()).toEqual([live('b').trigger_id]);
    expect(live('b').description).toContain('New words');
  });
});

describe('a trigger that cannot be read', () => {
  it('is not deleted with its manifest, nor made anew under another name', async () => {
    const { mxt, write, remove, written, id } = await world('@NaN');
    remove('manifests/a.yaml');
    const gone = await mxt('apply', '--yes');
    expect(gone.stdout).toContain(`${id} cannot be read`);
    write('manifests/c.yaml', manifestYaml('c', { renamed_from: 'a' }));
    expect(await mxt('apply', '--yes')).toMatchObject({ code: 1 });
    expect(written()).toEqual([]);
  });

  it('is named by pause --all, which pauses the others, and by pause NAME', async () => {
    const { mxt, live, written, id, place } = await world('@NaN');
    const { code, stdout, stderr } = await mxt('pause', '--all', '--yes', '--reason', 'x');
    expect(stderr).toContain(`warning: ${id} ${place}, and is left as it is`);
    expect(stdout).toContain('Paused: 1,');
    expect(code).toBe(0);
    expect(await mxt('pause', 'a', '--reason', 'x')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(`a ${place}`),
    });
    expect(written()).toEqual([live('b').trigger_id]);
  });

  it('is neither exported nor adopted where it is nobody’s', async () => {
    const { mxt, write, written, place } = await world('@NaN');
    const exported = await mxt('export', '--single-file', '-');
    expect(exported.stderr).toContain(`trg_nobody is left out: ${place}`);
    write('manifests/c.yaml', manifestYaml('c', { adopt: 'trg_nobody' }));
    const { code, stdout } = await mxt('apply', '--yes', '--only', 'c');
    expect(stdout).toContain(`trg_nobody ${place}`);
    expect(code).toBe(1);
    expect(written()).toEqual([]);
  });

  it('that became so after the plan is not written to', async () => {
    let late = false;
    const { mxt, live, write, edit, sandbox } = await applied(
      { a: {} },
      { faults: () => ({ kind: 'mutate', json: (json) => asPython(late ? json : withoutMarks(json)) }) },
    );
    await edit('a', { action_config: { cluster_id: 'clust_abc123', weight: '@NaN' } });
    write('manifests/a.yaml', manifestYaml('a', { description: 'New words' }));
    const plan = await mxt('plan', '--format', 'json');
    expect(JSON.parse(plan.stdout)).toMatchObject({ operations: [{ kind: 'update' }], damaged: 0 });
    late = true;
    const from = sandbox.requests.length;
    expect(await mxt('apply', '--yes')).toMatchObject({ code: 1 });
    expect(sandbox.requests.slice(from).filter(isWrite)).toEqual([]);
    expect(live('a').description).not.toContain('New words');
  });
});

/** The same as a service that stores null in place of such a number. */
const withoutMarks = (json: Json): Json => JSON.parse(JSON.stringify(json).replace(/"@NaN"/g, 'null'));
