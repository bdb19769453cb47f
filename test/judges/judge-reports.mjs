// What `mxt validate` says to other CI systems, as Go's readers of SARIF and JUnit have it, and the example for GitLab
// beside GitLab's own schema.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { folderWith } from './install.mjs';

const MANIFEST = `action_type: cluster
action_config: { cluster_id: clust_1 }
trigger_type: cron
schedule_config: { cron_expression: "30 2 * * *", timezone: America/New_York }
`;

const FOLDERS = {
  'all is valid': { 'manifests/a.yaml': `name: a\n${MANIFEST}` },
  'some is wrong': {
    'manifests/a.yaml': `name: a\n${MANIFEST}`,
    'manifests/b c.yaml': `name: b\nstatus: odd\n${MANIFEST}`,
    'manifests/hostile.yaml': 'name: "]]></failure>&amp;\u0001\uffff\u{1f600}"\n',
    'manifests/open.yaml': 'name: [a\n',
  },
};

export async function judgeReports(judges, report, say) {
  let results = 0;
  for (const [title, files] of Object.entries(FOLDERS)) {
    const folder = folderWith({ 'mxt.yaml': 'owner: acme/judges\n', ...files });
    const validate = (format) => judges.mxt(folder, ['validate', '--format', format]);
    const { problems, warnings } = JSON.parse(validate('json'));
    const read = (format) => {
      const file = join(folder, format);
      writeFileSync(file, validate(format));
      return judges.go(format, file);
    };
    const sarif = read('sarif');
    report(
      `reports: SARIF fits its schema, ${title}`,
      differences(sarif.length, problems.length + warnings.length),
    );
    const places = problems.map(
      ({ code, file, line }) => `error|${code}|${file.replaceAll(' ', '%20')}|${line ?? 1}|`,
    );
    report(
      `reports: SARIF has each problem at its line, ${title}`,
      places.filter((place) => !sarif.some((one) => one.startsWith(place))),
    );
    const failed = read('junit').filter((one) => one.startsWith('failed|'));
    report(
      `reports: JUnit has a failure for each problem, ${title}`,
      differences(failed.length, problems.length),
    );
    results += sarif.length;
  }
  report(
    'reports: the example for GitLab fits its schema',
    gitLabProblems(judges, (text) => text),
  );
  // The schema leaves out jobs whose name begins with a dot.
  report(
    'reports: its hidden job, too',
    gitLabProblems(judges, (text) => text.replace('\n.apply:', '\napply:')),
  );
  const seen = gitLabProblems(judges, (text) =>
    text.replace('\n.apply:', '\napply:').replace('resource_group', 'group'),
  );
  report('reports: the schema sees a mistake', seen.length > 0 ? [] : ['it does not']);
  say(`reports: ${results} results, 2 formats`);
}

function differences(found, expected) {
  return found === expected ? [] : [`${found} in place of ${expected}`];
}

function gitLabProblems(judges, change) {
  const text = readFileSync(new URL('../../examples/gitlab/.gitlab-ci.yml', import.meta.url), 'utf8');
  const file = join(folderWith({ '.gitlab-ci.yml': change(text) }), '.gitlab-ci.yml');
  const flags = [
    '--builtin-schema',
    'vendor.gitlab-ci',
    '--data-transform',
    'gitlab-ci',
    '--output-format',
    'json',
  ];
  try {
    execFileSync(judges.checkJsonSchema, [...flags, file], { encoding: 'utf8', stdio: 'pipe' });
    return [];
  } catch ({ stdout }) {
    return JSON.parse(stdout).errors.map(({ path, message }) => `${path}: ${message}`);
  }
}
