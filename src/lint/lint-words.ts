import { numberWords } from '../lib/plain-words.ts';

export function number(value: number): string {
  return numberWords(value, 1);
}

export function counted(value: number, noun: string): string {
  return `${number(value)} ${noun}${value === 1 ? '' : 's'}`;
}

/** Hours of the day as `mxt.yaml` has them, over midnight too: `22-5, 12`. */
export function hourRanges(hours: readonly number[]): string {
  const all = new Set(hours);
  if (all.size === 24) return '0-23';
  const firsts = [...all].filter((hour) => !all.has((hour + 23) % 24)).sort((a, b) => a - b);
  return firsts
    .map((first) => {
      let last = first;
      while (all.has((last + 1) % 24)) last = (last + 1) % 24;
      return first === last ? String(first) : `${first}-${last}`;
    })
    .join(', ');
}
