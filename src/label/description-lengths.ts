import { readDescription } from './parse-label.ts';

/** `the text has 470 characters and the label 96, 568 in all`, counted as Python counts: by code points. */
export function describeLengths(description: string): string {
  const all = lengthOf(description);
  const reading = readDescription(description);
  if (reading.kind !== 'labelled') return `the description has ${all} characters`;
  const text = lengthOf(reading.text);
  const between = text === 0 ? 0 : 2;
  return `the text has ${text} characters and the label ${all - text - between}, ${all} in all`;
}

function lengthOf(text: string): number {
  return [...text].length;
}
