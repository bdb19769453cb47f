import type { Location, Log, Region, Result } from 'sarif';
import type { Problem } from '../../domain/problem.ts';
import { printable } from '../../lib/printable.ts';
import { unique } from '../../lib/unique.ts';
import { type Checked, fromTop, problemWords, warningWords } from './checked.ts';

/**
 * What was found as SARIF 2.1.0, which code scanning of GitHub, GitLab, Azure and others reads. Each result has a line,
 * since GitHub takes no other.
 */
export function sarifLog(checked: Checked, version: string): Log {
  const { problems, warnings, config } = checked;
  const results: Result[] = [
    ...problems.map((problem) => ({
      ruleId: problem.code,
      level: 'error' as const,
      message: { text: printable(problemWords(problem)) },
      locations: [locationOf(checked, problem.file, regionOf(problem))],
    })),
    ...warnings.map((warning) => ({
      ruleId: warning.code,
      level: 'warning' as const,
      message: { text: printable(warningWords(warning)) },
      locations: [
        locationOf(checked, warning.source?.file ?? config ?? 'mxt.yaml', {
          startLine: warning.source?.line ?? 1,
        }),
      ],
    })),
  ];
  const rules = unique(results.flatMap(({ ruleId }) => ruleId ?? [])).sort();
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'mxt', version, rules: rules.map((id) => ({ id })) } },
        invocations: [{ executionSuccessful: true }],
        columnKind: 'utf16CodeUnits',
        results,
      },
    ],
  };
}

function locationOf(checked: Checked, file: string, region: Region): Location {
  const uri = fromTop(checked, file).split('/').map(encodeURIComponent).join('/');
  return { physicalLocation: { artifactLocation: { uri, uriBaseId: '%SRCROOT%' }, region } };
}

/** A problem of a file as a whole is told at its first line. */
function regionOf({ line, column, length }: Problem): Region {
  if (line === null) return { startLine: 1 };
  if (column === null) return { startLine: line };
  return { startLine: line, startColumn: column, endColumn: column + length };
}
