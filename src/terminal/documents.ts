import { printableJson } from '../lib/printable.ts';
import { FORMAT_VERSION } from '../render/plan/plan-json.ts';
import type { Colors } from '../render/text/colors.ts';
import type { CommonFlags } from './flags.ts';
import type { Io } from './io.ts';
import { colorsOn } from './output.ts';

/** Shows what environments came to: one after the other as they come, in their order. */
export interface Output<D> {
  one(document: D): void | Promise<void>;
  /** @param sum a sentence about all of them; null where there is only one */
  end(sum: string | null): void | Promise<void>;
}

/** Between what two environments came to, as text. */
export const GAP = '\n\n';

/**
 * JSON documents as they come, none of which is held: alone, or `{"format_version","plans":[…]}`.
 *
 * @param list the member that holds the list; null where there is one document, which stands by itself
 */
export function jsonDocuments(list: string | null, write: (text: string) => void): Output<object> {
  const before = `{\n  "format_version": ${JSON.stringify(FORMAT_VERSION)},\n  "${list}": [`;
  let count = 0;
  return {
    one(document) {
      const text = printableJson(document);
      // Inside of strings JSON has escaped every line's end.
      if (list === null) write(`${text}\n`);
      else write(`${count === 0 ? before : ','}\n    ${text.replaceAll('\n', '\n    ')}`);
      count += 1;
    },
    end() {
      if (list !== null) write(count === 0 ? `${before}]\n}\n` : '\n  ]\n}\n');
    },
  };
}

/** How a document is printed in each format. */
export interface Printed<D> {
  readonly json: (document: D) => object;
  readonly text: (document: D, colors: Colors) => string;
}

/**
 * Prints what a command came to, or what it came to in each of several environments: those then form a list in JSON, and
 * as text there is a sum at the end.
 *
 * @param list the member of the JSON that holds them
 * @param several whether there is a list, however many are in it
 */
export function printDocuments<D>(
  flags: Pick<CommonFlags, 'color'> & { readonly format: string },
  io: Io,
  list: string,
  several: boolean,
  { json, text }: Printed<D>,
): Output<D> {
  if (flags.format === 'json') {
    const { one, end } = jsonDocuments(several ? list : null, io.out);
    return { one: (document) => one(json(document)), end };
  }
  return textDocuments((document) => text(document, colorsOn(flags, io)), io.say);
}

/** Texts as they come, and a sum at the end. */
export function textDocuments<D>(text: (document: D) => string, write: (text: string) => void): Output<D> {
  let count = 0;
  const next = (words: string) => {
    write(`${count === 0 ? '' : GAP}${words}`);
    count += 1;
  };
  return {
    one: (document) => next(text(document)),
    end: (sum) => (sum === null ? undefined : next(`${sum}\n`)),
  };
}
