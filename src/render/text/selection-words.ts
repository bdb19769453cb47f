import { printable } from '../../lib/printable.ts';
import { countWords } from './value.ts';

/** What a plan of a part says of itself; the same in every JSON. */
export interface ShownSelection {
  readonly only: readonly string[];
  readonly except: readonly string[];
  readonly selected: number;
  readonly of: number;
  readonly without_manifest?: number;
}

/** A selection in a few words; both parts are empty where everything was compared. Patterns are not yet made harmless for Markdown. */
export interface SelectionWords {
  /** ` for the 2 of 12 triggers that are selected (--only nightly-*)` */
  readonly forWhat: string;
  /** `; the other 10 were not compared` */
  readonly besides: string;
}

export function selectionWords(selection: ShownSelection | null | undefined): SelectionWords {
  if (selection == null) return { forWhat: '', besides: '' };
  const { selected, of } = selection;
  const verb = selected === 1 ? 'is' : 'are';
  return {
    forWhat: ` for the ${selected} of ${countWords(of, 'trigger')} that ${verb} selected (${flagsOf(selection)})`,
    besides: besides(selection),
  };
}

/** `Selected: 2 of 12 triggers (--only nightly-*); the other 10 were not compared.` Null where everything was compared. */
export function selectionSentence(selection: ShownSelection | null | undefined): string | null {
  if (selection == null) return null;
  const { selected, of } = selection;
  return `Selected: ${selected} of ${countWords(of, 'trigger')} (${flagsOf(selection)})${besides(selection)}.`;
}

function besides({ selected, of, without_manifest: bare = 0 }: ShownSelection): string {
  const left = of - selected;
  if (left === 0) return '';
  const others = left === 1 ? '; the other one was not compared' : `; the other ${left} were not compared`;
  if (bare === 0) return others;
  const isOne = bare === 1;
  return `${others} (${bare} of them ${isOne ? 'has' : 'have'} no manifest, and so no tags: ${isOne ? 'it is' : 'they are'} not deleted)`;
}

/** More than these are counted: what was left out operation by operation may be much. */
const FLAGS_MAX = 6;

function flagsOf({ only, except }: ShownSelection): string {
  const flags = [...only.map((one) => `--only ${one}`), ...except.map((one) => `--except ${one}`)];
  const more = flags.length - FLAGS_MAX;
  return printable([...flags.slice(0, FLAGS_MAX), ...(more > 0 ? [`and ${more} more`] : [])].join(' '));
}
