import { chmodSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CONFIG, makeRepository, manifestYaml } from '../support/cli.ts';

const UNSORTED = `# who
trigger_type: interval
schedule_config: { interval_seconds: 60 }

# what
action_type: cluster
action_config: { cluster_id: c }
name: b
`;
const SORTED = `name: b

# what
action_type: cluster
action_config: { cluster_id: c }
# who
trigger_type: interval
schedule_config: { interval_seconds: 60 }
`;

function repository(files: Record<string, string> = {}) {
  const made = makeRepository({
    'mxt.yaml': CONFIG,
    'manifests/a.yaml': manifestYaml('a'),
    'manifests/deep/b.yaml': UNSORTED,
    ...files,
  });
  return { ...made, read: (path: string) => readFileSync(join(made.root, path), 'utf8') };
}

describe('mxt fmt', () => {
  it('formats what is not, says which, and has nothing to do then', async () => {
    const { mxt, read } = repository();
    expect(await mxt('fmt')).toEqual({
      code: 0,
      stdout: 'manifests/deep/b.yaml\n',
      stderr: '1 of 2 files formatted.\n',
    });
    expect(read('manifests/deep/b.yaml')).toBe(SORTED);
    expect(read('manifests/a.yaml')).toBe(manifestYaml('a'));
    expect(await mxt('fmt')).toEqual({ code: 0, stdout: '', stderr: '0 of 2 files formatted.\n' });
    expect(await mxt('fmt --check')).toEqual({
      code: 0,
      stdout: '',
      stderr: '2 files, nothing to format.\n',
    });
  });

  it('--check shows what is not formatted, writes nothing, and exits with 1', async () => {
    const { mxt, read } = repository();
    const { code, stdout, stderr } = await mxt('fmt --check');
    expect(code).toBe(1);
    expect(stderr).toBe('1 of 2 files not formatted.\n');
    expect(stdout).toMatchInlineSnapshot(`
      "manifests/deep/b.yaml
      --- manifests/deep/b.yaml
      +++ manifests/deep/b.yaml
      @@ -1,8 +1,8 @@
      -# who
      -trigger_type: interval
      -schedule_config: { interval_seconds: 60 }
      +name: b
       
       # what
       action_type: cluster
       action_config: { cluster_id: c }
      -name: b
      +# who
      +trigger_type: interval
      +schedule_config: { interval_seconds: 60 }
      "
    `);
    expect(await mxt('fmt --check -q')).toEqual({ code: 1, stdout: 'manifests/deep/b.yaml\n', stderr: '' });
    expect(read('manifests/deep/b.yaml')).toBe(UNSORTED);
  });

  it('formats the files that are named, with no mxt.yaml needed', async () => {
    const { mxt, read, remove } = repository({ 'manifests/c.yaml': UNSORTED.replace('name: b', 'name: c') });
    remove('mxt.yaml');
    expect(await mxt('fmt manifests/deep')).toMatchObject({ code: 0, stdout: 'manifests/deep/b.yaml\n' });
    expect(read('manifests/c.yaml')).toContain('# who\ntrigger_type');
    expect((await mxt('fmt manifests/none.yaml')).stderr).toContain('there is no such file or folder');
  });

  it('writes nothing at all where anything is wrong, and says what as validate does', async () => {
    const { mxt, read } = repository({ 'manifests/a.yaml': manifestYaml('a', { status: 'pausd' }) });
    const { code, stdout, stderr } = await mxt('fmt');
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toBe((await mxt('validate')).stderr);
    expect(stderr).toContain('did you mean "paused"?');
    expect(read('manifests/deep/b.yaml')).toBe(UNSORTED);
  });

  it('keeps the mode of a file, and what a link leads to', async () => {
    const { mxt, root, read } = repository();
    symlinkSync('deep/b.yaml', join(root, 'manifests/link.yaml'));
    chmodSync(join(root, 'manifests/deep/b.yaml'), 0o640);
    await mxt('fmt');
    expect(statSync(join(root, 'manifests/deep/b.yaml')).mode & 0o777).toBe(0o640);
    expect(read('manifests/link.yaml')).toBe(SORTED);
  });

  it('puts a manifest with for_each in order once, however many triggers it makes', async () => {
    const unsorted = UNSORTED.replace(/^name: .*$/m, 'name: b-${{ each.key }}\nfor_each: [eu, us]');
    const { mxt, read } = repository({ 'manifests/deep/b.yaml': unsorted });
    expect(await mxt('fmt')).toMatchObject({ code: 0, stdout: 'manifests/deep/b.yaml\n' });
    expect(read('manifests/deep/b.yaml')).toBe(
      SORTED.replace(/^name: .*$/m, 'name: b-${{ each.key }}\nfor_each: [eu, us]'),
    );
    expect((await mxt('fmt --check')).code).toBe(0);
  });

  it('says where something cannot be put in order', async () => {
    const aliased =
      'action_config: { cluster_id: &c c }\ndescription: *c\nname: b\naction_type: cluster\n' +
      'trigger_type: interval\nschedule_config: { interval_seconds: 1 }\n';
    const { mxt, read } = repository({ 'manifests/deep/b.yaml': aliased });
    const { code, stdout, stderr } = await mxt('fmt');
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(stderr).toContain(
      'manifests/deep/b.yaml: parts of it cannot be put in order without changing their meaning',
    );
    expect(read('manifests/deep/b.yaml')).toBe(aliased);
  });
});
