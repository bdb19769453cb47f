import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { makeRepository, manifestYaml } from '../support/cli.ts';
import { fileOf } from '../support/workflow.ts';

const FOLDER = fileURLToPath(new URL('../../examples/kubernetes/', import.meta.url));
const HERE = fileURLToPath(import.meta.url);

interface Container {
  readonly args?: readonly string[];
  readonly env: readonly { readonly name: string; readonly valueFrom?: { secretKeyRef: object } }[];
  readonly securityContext: object;
  readonly resources: object;
}
interface CronJob {
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly schedule: string;
    readonly concurrencyPolicy: string;
    readonly jobTemplate: {
      readonly spec: {
        readonly template: {
          readonly spec: {
            readonly containers: readonly [Container];
            readonly initContainers: readonly [Container];
            readonly securityContext: object;
          };
        };
      };
    };
  };
}

/** What the types made from Kubernetes' own OpenAPI say against these: unknown members are mistakes, too. */
function mistakes(...jobs: readonly unknown[]): string[] {
  const file = HERE.replace(/\.ts$/, '.generated.ts');
  const source = [
    "import type { CronJob } from 'kubernetes-types/batch/v1';",
    ...jobs.map((job, at) => `export const job${at}: CronJob = ${JSON.stringify(job)};`),
  ].join('\n');
  const options = {
    strict: true,
    noEmit: true,
    exactOptionalPropertyTypes: true,
    skipLibCheck: true,
    types: [],
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (path) => path === file || fileExists(path);
  host.getSourceFile = (path, target, ...more) =>
    path === file ? ts.createSourceFile(path, source, target) : getSourceFile(path, target, ...more);
  const program = ts.createProgram([file], options, host);
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}

const documentsOf = (text: string): CronJob[] =>
  parseAllDocuments(text).map((document) => {
    if (document.errors.length > 0) throw document.errors[0];
    return document.toJS() as CronJob;
  });
const template = (): CronJob[] => documentsOf(fileOf('examples/kubernetes/cronjob.yaml'));
const podOf = ({ spec }: CronJob) => spec.jobTemplate.spec.template.spec;

async function rendered(environments: string, flags = ''): Promise<CronJob[]> {
  const { mxt } = makeRepository({
    'mxt.yaml': `owner: acme/search\nenvironments:\n${environments}`,
    'manifests/a.yaml': manifestYaml('a'),
  });
  const { stdout } = await mxt(`environments --format json ${flags}`);
  return documentsOf(execFileSync('sh', ['render.sh'], { cwd: FOLDER, input: stdout, encoding: 'utf8' }));
}

describe('the CronJob', () => {
  it('is what Kubernetes takes', () => {
    expect(mistakes(...template())).toEqual([]);
  });

  it.each<[string, (text: string) => string, RegExp]>([
    ['a typo', (text) => text.replace('concurrencyPolicy', 'concurencyPolicy'), /concurencyPolicy/],
    ['a typo deep inside', (text) => text.replaceAll('runAsNonRoot', 'runAsNoRoot'), /runAsNoRoot/],
    [
      'a value of another type',
      (text) => text.replace('backoffLimit: 0', "backoffLimit: '0'"),
      /'string'.*'number'/,
    ],
    [
      'a missing member',
      (text) => text.replace(/schedule: .*\n/, 'suspend: false\n'),
      /'schedule' is missing/,
    ],
  ])('would not be with %s', (_, change, message) => {
    const changed = change(fileOf('examples/kubernetes/cronjob.yaml'));
    expect(mistakes(...documentsOf(changed)).join('\n')).toMatch(message);
  });

  it('runs once at a time, confined, and the key is in one container alone', () => {
    for (const job of template()) {
      expect(job.spec.concurrencyPolicy).toBe('Forbid');
      const { containers, initContainers, securityContext } = podOf(job);
      expect(securityContext).toMatchObject({
        runAsNonRoot: true,
        seccompProfile: { type: 'RuntimeDefault' },
      });
      for (const container of [...containers, ...initContainers]) {
        expect(container.securityContext).toEqual({
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        });
        expect(container.resources).toMatchObject({
          requests: { memory: '128Mi' },
          limits: { memory: '512Mi' },
        });
      }
      expect(JSON.stringify(initContainers)).not.toContain('MP_API_KEY');
      expect(containers[0].env).toEqual([
        { name: 'MP_API_KEY', valueFrom: { secretKeyRef: { name: 'mxt-production', key: 'api-key' } } },
      ]);
    }
  });
});

describe('what is to be filled in', () => {
  it.each([
    ['examples/kubernetes/cronjob.yaml', /^# Fill in: image .*REPOSITORY/],
    ['examples/gitlab/.gitlab-ci.yml', /^# Fill in: MXT_PACKAGE/],
  ])('%s says in its first line', (path, first) => {
    expect(fileOf(path)).toMatch(first);
  });

  it('is all there is: what the first line of the CronJob names stands in it, and nothing else is an example', () => {
    const text = fileOf('examples/kubernetes/cronjob.yaml');
    expect(text.match(/image: registry\.example\.com\/mxt:/g)).toHaveLength(2);
    expect(text).toMatch(/name: REPOSITORY\n\s+value: https:\/\/github\.com\/acme\/search\.git\n/);
    expect(text.match(/example|acme/g)).toHaveLength(3);
  });

  it("the Containerfile's image is run by a user without rights, and holds the packed project and git alone", () => {
    const lines = fileOf('Containerfile').split('\n');
    const instructions = lines.filter((line) => line !== '' && !line.startsWith('#'));
    expect(instructions.map((line) => line.split(' ')[0])).toEqual([
      'ARG',
      'FROM',
      'RUN',
      'ADD',
      'RUN',
      'USER',
      'WORKDIR',
      'ENTRYPOINT',
    ]);
    const [job] = template();
    const { runAsUser, runAsGroup } = (job && podOf(job).securityContext) as Record<string, number>;
    expect(instructions).toContain(`USER ${runAsUser}:${runAsGroup}`);
  });
});

describe('render.sh', () => {
  it('makes one of each environment, each with its own secret and key', async () => {
    const jobs = await rendered(
      '  production: { namespace: ns_1, api_key_env: MP_API_KEY_PROD }\n  QA_1.eu: { namespace: ns_2 }\n  "0123": { namespace: ns_3 }\n',
    );
    expect(mistakes(...jobs)).toEqual([]);
    expect(
      jobs.map((job) => {
        const [{ args, env }] = podOf(job).containers;
        return [job.metadata.name, args?.at(-1), env[0]?.name, env[0]?.valueFrom?.secretKeyRef];
      }),
    ).toEqual([
      ['mxt-production', 'production', 'MP_API_KEY_PROD', { name: 'mxt-production', key: 'api-key' }],
      ['mxt-qa-1-eu', 'QA_1.eu', 'MP_API_KEY', { name: 'mxt-qa-1-eu', key: 'api-key' }],
      ['mxt-0123', '0123', 'MP_API_KEY', { name: 'mxt-0123', key: 'api-key' }],
    ]);
  });

  it('makes one of each group, with the secret of the key that they share', async () => {
    const lines = Array.from(
      { length: 9 },
      (_, at) => `  QA_${at}: { namespace: ns_${at}${at === 8 ? ', api_key_env: MP_API_KEY_PROD' : ''} }\n`,
    );
    const jobs = await rendered(lines.join(''), '--jobs 3');
    expect(mistakes(...jobs)).toEqual([]);
    expect(
      jobs.map((job) => {
        const [{ args, env }] = podOf(job).containers;
        return [job.metadata.name, args?.slice(3), env[0]?.name, env[0]?.valueFrom?.secretKeyRef];
      }),
    ).toEqual([
      [
        'mxt-qa-0-and-3',
        ['QA_0,QA_1,QA_2,QA_3', '--keep-going'],
        'MP_API_KEY',
        { name: 'mxt-mp-api-key', key: 'api-key' },
      ],
      [
        'mxt-qa-4-and-3',
        ['QA_4,QA_5,QA_6,QA_7', '--keep-going'],
        'MP_API_KEY',
        { name: 'mxt-mp-api-key', key: 'api-key' },
      ],
      ['mxt-qa-8', ['QA_8'], 'MP_API_KEY_PROD', { name: 'mxt-qa-8', key: 'api-key' }],
    ]);
  });

  it('spreads them over the minutes, the same way each time', async () => {
    const lines = Array.from({ length: 20 }, (_, at) => `  e${at}: { namespace: ns_${at} }\n`).join('');
    const [first, second] = [await rendered(lines), await rendered(lines)].map((jobs) =>
      jobs.map(({ spec }) => spec.schedule),
    );
    expect(first).toEqual(second);
    expect(new Set(first).size).toBeGreaterThan(3);
    for (const schedule of first ?? []) expect(schedule).toMatch(/^\d-59\/10 \* \* \* \*$/);
  });
});
