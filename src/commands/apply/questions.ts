import type { Action, Plan } from '../../domain/plan.ts';
import { printable } from '../../lib/printable.ts';
import { causeWords, SYMBOLS } from '../../render/plan/plan-words.ts';
import { countBySeverity } from '../../render/plan/severity.ts';

/** A question with the answers that it takes. */
export interface Question<A> {
  readonly text: string;
  /** What an answer means; a text says why it means nothing here. */
  readonly read: (answer: string) => { readonly means: A } | string;
}

/** Operations of one name: they are chosen together, as `--only` selects them. */
export type Choice = readonly [Action, ...Action[]];

/** How many operations of a plan delete or replace a trigger: what a person types, having read the plan. */
export function countDestructive({ operations }: Plan): number {
  return operations.filter(({ kind }) => kind === 'delete' || kind === 'replace').length;
}

/** @param which whether it is the plan as it was shown, or what was chosen of it */
export function approvalQuestion(plan: Plan, which: 'whole' | 'chosen'): Question<'all' | 'none' | 'choose'> {
  const { environment, namespace } = plan;
  const where = `${printable(namespace)}${environment === null ? '' : ` (${printable(environment)})`}`;
  const what = which === 'whole' ? 'this plan' : 'what you chose';
  const heading = `Apply ${what} to ${where}: ${countBySeverity(plan.operations)}?`;
  const mayChoose = which === 'whole' && choicesOf(plan).length > 1;
  const destructive = countDestructive(plan);
  if (destructive === 0) {
    const words = mayChoose ? 'all, none or choose' : 'yes or no';
    return {
      text: `${heading}\n  ${words}:`,
      read: (answer) => {
        const means = wordOf(answer, mayChoose);
        return means === null ? `Type ${words}.` : { means };
      },
    };
  }
  const others = mayChoose ? 'none or choose' : 'none';
  return {
    text: `${heading}\n  ${destructive} deleted or replaced: type ${destructive} to apply all; else ${others}:`,
    read: (answer) => {
      if (answer.trim() === String(destructive)) return { means: 'all' };
      const means = wordOf(answer, mayChoose);
      return means === null || means === 'all'
        ? `Type ${destructive}, the number of deletions and replacements, or ${others}.`
        : { means };
    },
  };
}

/** Enter alone changes nothing. */
function wordOf(answer: string, mayChoose: boolean): 'all' | 'none' | 'choose' | null {
  switch (answer.trim().toLowerCase()) {
    case 'a':
    case 'all':
    case 'y':
    case 'yes':
      return 'all';
    case '':
    case 'n':
    case 'no':
    case 'none':
      return 'none';
    case 'c':
    case 'choose':
      return mayChoose ? 'choose' : null;
    default:
      return null;
  }
}

/** What can be chosen one by one, in the order of the plan. What is blocked is left alone anyway. */
export function choicesOf({ operations }: Plan): Choice[] {
  const byName = new Map<string, Action[]>();
  for (const one of operations) {
    if (one.kind === 'blocked') continue;
    const same = byName.get(one.name);
    if (same === undefined) byName.set(one.name, [one]);
    else same.push(one);
  }
  return [...byName.values()].flatMap(([first, ...more]) => (first === undefined ? [] : [[first, ...more]]));
}

export type Word = 'yes' | 'no' | 'all' | 'none';

export function choiceQuestion(choice: Choice, at: number, of: number): Question<Word> {
  const what = choice.map(({ kind, name, cause, managed }) => {
    const id = managed === null ? '' : ` ${printable(managed.id)}`;
    return `${SYMBOLS[kind]} ${kind} ${printable(name)}${id} (${causeWords(cause, kind, null)})`;
  });
  return {
    text: `${at}/${of} ${what.join('\n    and ')}\n  yes, no, all or none of the rest:`,
    read: (answer) => {
      const means = CHOICES[answer.trim().toLowerCase()];
      return means === undefined
        ? 'Type yes, no, all (this and the rest) or none (nothing more).'
        : { means };
    },
  };
}

/** Enter alone leaves it. */
const CHOICES: Readonly<Record<string, Word>> = {
  y: 'yes',
  yes: 'yes',
  '': 'no',
  n: 'no',
  no: 'no',
  a: 'all',
  all: 'all',
  none: 'none',
};
