import type { PlacedWarning } from '../../domain/plan.ts';
import type { Problem } from '../../domain/problem.ts';
import { compareText } from '../../lib/compare-text.ts';
import { groupBy } from '../../lib/group-by.ts';
import { type Html, html } from '../html/html.ts';
import { renderProblems } from '../text/problems.ts';
import { type Checked, fromTop, problemWords, warningWords } from './checked.ts';

interface Case {
  readonly name: string;
  readonly line: number | null;
  readonly problem: Problem | null;
  readonly warnings: PlacedWarning[];
}

const CONFIGURATION = 'configuration';

/**
 * What was found as JUnit XML, which GitLab, Jenkins and others show as tests: a suite a file. Where a file has problems
 * each is a failed case, else each of its manifests is one that passed, with its warnings as output.
 */
export function junitXml(checked: Checked): string {
  const found = suitesOf(checked);
  const suites = found.map(([file, cases]) => suiteXml(fromTop(checked, file), cases));
  const all = found.flatMap(([, cases]) => cases);
  const document = html`<testsuites name="mxt validate" ${countsXml(all)}>
${suites}</testsuites>
`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n${document.text}`;
}

function suitesOf(checked: Checked): [file: string, cases: Case[]][] {
  const suites = casesOf(checked);
  for (const warning of checked.warnings) caseOf(warning, suites, checked)?.warnings.push(warning);
  return [...suites];
}

function casesOf({ manifests, config, problems }: Checked): Map<string, Case[]> {
  const wrong = groupBy(problems, ({ file }) => file);
  const passed = groupBy(
    [...(config === null ? [] : [{ name: CONFIGURATION, source: { file: config, line: 1 } }]), ...manifests],
    ({ source }) => source.file,
  );
  const files = [...new Set([...wrong.keys(), ...passed.keys()])].sort(compareText);
  return new Map(
    files.map((file) => [
      file,
      wrong.get(file)?.map((problem) => ({
        name: `${problem.line === null ? '' : `line ${problem.line}: `}${problemWords(problem)}`,
        line: problem.line,
        problem,
        warnings: [],
      })) ??
        (passed.get(file) ?? []).map(({ name, source }) => ({
          name,
          line: source.line,
          problem: null,
          warnings: [],
        })),
    ]),
  );
}

/** Where a warning is told: at its manifest; else in its file; else at the configuration, or wherever there is room. */
function caseOf(
  { name, source }: PlacedWarning,
  suites: ReadonlyMap<string, readonly Case[]>,
  { config }: Pick<Checked, 'config'>,
): Case | undefined {
  const own = suites.get(source?.file ?? '') ?? [];
  const [first] = own.length > 0 ? own : (suites.get(config ?? '') ?? [...suites.values()].flat());
  return own.find((one) => one.problem === null && one.name === name) ?? first;
}

function suiteXml(file: string, cases: readonly Case[]): Html {
  return html`<testsuite name="${xml(file)}" ${countsXml(cases)} skipped="0">
${cases.map((one) => caseXml(file, one))}</testsuite>
`;
}

function countsXml(cases: readonly Case[]): Html {
  const failures = cases.filter(({ problem }) => problem !== null).length;
  return html`tests="${cases.length}" failures="${failures}" errors="0" time="0"`;
}

function caseXml(file: string, { name, line, problem, warnings }: Case): Html {
  const place = line === null ? null : html` line="${line}"`;
  return html`<testcase classname="${xml(file)}" name="${xml(name)}" file="${xml(file)}"${place} time="0">
${problem === null ? null : failureXml(problem)}${warnings.length === 0 ? null : outputXml(warnings)}</testcase>
`;
}

function failureXml(problem: Problem): Html {
  const lines = renderProblems([problem], { color: false }).trimEnd().split('\n');
  return html`<failure type="${xml(problem.code)}" message="${xml(problemWords(problem))}">${linesXml(lines)}</failure>
`;
}

function outputXml(warnings: readonly PlacedWarning[]): Html {
  const lines = warnings.map((one) => `warning (${one.code}): ${warningWords(one)}`);
  return html`<system-out>${linesXml(lines)}</system-out>
`;
}

function linesXml(lines: readonly string[]): Html[] {
  return lines.map((line, at) => html`${at === 0 ? '' : LINE_END}${xml(line)}`);
}

const LINE_END = html`
`;

/** What XML cannot hold at all, besides what is never printed as it is. */
function xml(text: string): string {
  return text.replace(/[\ufffe\uffff]/g, '\ufffd');
}
