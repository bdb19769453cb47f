import { printable } from '../lib/printable.ts';

/** Properties of a command, in the order in which they are written; what is null is left out. */
export type Properties = Readonly<Record<string, string | number | null>>;

/**
 * A command of GitHub's runner as one line: `::error file=a.yaml,line=3::message`. Whatever stands in it stays in its
 * place: invisible and moving characters are made visible first, then `%`, and `:` and `,` in properties, are written
 * as the runner reads them back.
 */
export function command(name: string, message: string, properties: Properties = {}): string {
  const pairs = Object.entries(properties).flatMap(([key, value]) =>
    value === null ? [] : [`${key}=${escapeProperty(String(value))}`],
  );
  return `::${[name, pairs.join(',')].filter((part) => part !== '').join(' ')}::${escapeData(message)}\n`;
}

/** Line breaks that are ours may stand in a message; the runner shows them. */
function escapeData(text: string): string {
  return text
    .split('\n')
    .map((line) => printable(line).replaceAll('%', '%25'))
    .join('%0A');
}

/** A path or a title has no line breaks of ours. */
function escapeProperty(text: string): string {
  return printable(text).replaceAll('%', '%25').replaceAll(':', '%3A').replaceAll(',', '%2C');
}
