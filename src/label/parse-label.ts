import type { DescriptionReading, HalfHashes, Label } from '../domain/label.ts';
import { decodeValue } from './encoding.ts';
import { joinDescription } from './format-label.ts';

/** What may be a label, anywhere in a description. A manifest's description must not contain it. */
export const LABEL_MARK = '[mxt:';

const LINE = /^\[mxt:(\d+)((?: [a-z][a-z0-9_]*=[^ \]=]*)*)\]$/;
const ANY_VERSION = /^\[mxt:(\d+)(?:\s[^\]]*)?\]$/;
/** As mxt.yaml and manifests may have them: anything else was not written by us, and may be meant to do harm. */
const OWNER = /^[A-Za-z0-9][A-Za-z0-9._/-]{0,99}$/;
const NAME = /^[a-z0-9][a-z0-9-]{0,62}$/;
const HASHES = /^[0-9a-f]{16}$/;
const REV = /^[0-9a-f]{12}$/;

/** A label as most triggers have it, where we write it. Any other is read the whole way, and a test holds both to each other. */
const PLAIN =
  /^\n\n\[mxt:1 owner=([A-Za-z0-9][A-Za-z0-9._/-]{0,99}) name=([a-z0-9][a-z0-9-]{0,62}) spec=([0-9a-f]{8})([0-9a-f]{8})(?: status=(active|paused))?(?: rev=([0-9a-f]{12}))?\]$/;

/** Null where it takes the whole way. @param start where the mark stands first */
export function readPlainly(description: string, start: number): DescriptionReading | null {
  if (start < 3) return null;
  const [, owner, name, fixed, patchable, status, rev] = PLAIN.exec(description.slice(start - 2)) ?? [];
  if (owner === undefined || name === undefined || fixed === undefined || patchable === undefined)
    return null;
  const label: Label = {
    owner,
    name,
    spec: { fixed, patchable },
    lastObserved: null,
    status: (status as Label['status']) ?? null,
    protect: false,
    replaces: null,
    was: null,
    hold: null,
    by: null,
    until: null,
    rev: rev ?? null,
    unknown: [],
  };
  return { kind: 'labelled', label, text: description.slice(0, start - 2), labelLayout: null };
}

/**
 * Reads the ownership label out of a description. A label counts wherever it stands as a whole line, with CR or
 * trailing blanks too; anything else that begins like one is damage, since taking it for nobody's would let a
 * second copy of the trigger be created.
 */
export function readDescription(description: string): DescriptionReading {
  const start = description.indexOf(LABEL_MARK);
  if (start === -1) return { kind: 'unlabelled', text: description };
  return readPlainly(description, start) ?? readMarked(description, start);
}

/** The same of any description that holds the mark. @param start where the mark stands first */
export function readMarked(description: string, start: number): DescriptionReading {
  const again = description.indexOf(LABEL_MARK, start + 1) !== -1;
  if (again || (start > 0 && description[start - 1] !== '\n')) return damaged(description);
  const end = description.indexOf('\n', start);
  const raw = description.slice(start, end === -1 ? undefined : end).trimEnd();

  const version = ANY_VERSION.exec(raw)?.[1];
  if (version !== undefined && version !== '1') {
    return { kind: 'unknown-version', version, owner: guess(description, 'owner')[0] ?? null };
  }
  const label = parseLabel(raw);
  if (label === null) return damaged(description);

  const [head, tail] = description.endsWith(`\n\n${raw}`)
    ? [description.slice(0, -raw.length - 2), '']
    : textAround(description.slice(0, Math.max(0, start - 1)), end === -1 ? '' : description.slice(end + 1));
  const text = head === '' || tail === '' ? head + tail : `${head}\n\n${tail}`;
  if (description === joinDescription(text, raw)) return { kind: 'labelled', label, text, labelLayout: null };
  const around = [
    description.slice(head.length, start),
    description.slice(start + raw.length, description.length - tail.length),
  ];
  return { kind: 'labelled', label, text, labelLayout: around.join(LABEL_MARK) };
}

/** A label's line without blanks around it; null where it is not one of version 1. */
function parseLabel(line: string): Label | null {
  const match = LINE.exec(line);
  if (match?.[1] !== '1') return null;
  const pairs = (match[2] ?? '')
    .split(' ')
    .slice(1)
    .map((pair) => pair.split('=') as [string, string]);
  if (pairs[0]?.[0] !== 'owner' || pairs[1]?.[0] !== 'name' || pairs[2]?.[0] !== 'spec') return null;

  const values = new Map<string, string>();
  for (const [key, encoded] of pairs) {
    const value = decodeValue(encoded);
    if (value === null || values.has(key)) return null;
    values.set(key, value);
  }
  const take = (key: string, pattern?: RegExp): string | null | undefined => {
    const value = values.get(key) ?? null;
    return value !== null && pattern !== undefined && !pattern.test(value) ? undefined : value;
  };
  const owner = take('owner', OWNER);
  const name = take('name', NAME);
  const spec = take('spec', HASHES);
  const seen = take('seen', HASHES);
  const status = take('status', /^(active|paused)$/) as Label['status'] | undefined;
  const was = take('was', /^(active|paused)$/) as Label['was'] | undefined;
  const protect = take('protect', /^1$/);
  const rev = take('rev', REV);
  if (!owner || !name || !spec) return null;
  if (seen === undefined || status === undefined || was === undefined) return null;
  if (protect === undefined || rev === undefined) return null;
  return {
    owner,
    name,
    spec: splitHashes(spec),
    lastObserved: seen === null ? null : splitHashes(seen),
    status,
    protect: protect !== null,
    replaces: values.get('replaces') ?? null,
    was,
    hold: values.get('hold') ?? null,
    by: values.get('by') ?? null,
    until: values.get('until') ?? null,
    rev,
    unknown: pairs.filter(([key]) => !KNOWN.has(key)),
  };
}

const KNOWN = new Set('owner name spec seen status protect replaces was hold by until rev'.split(' '));

function splitHashes(value: string): HalfHashes {
  return { fixed: value.slice(0, 8), patchable: value.slice(8) };
}

/**
 * The text before and after a misplaced label's line. Before it, one empty line is ours; after it,
 * blank lines are nobody's, and what somebody added is kept as a paragraph of its own.
 */
function textAround(before: string, after: string): [head: string, tail: string] {
  const head = before.replace(/(?:\r?\n)?\r?$/, '');
  const tail = after.replace(/^(?:[ \t]*\r?\n)+/, '').replace(/^\s+$/, '');
  return [head, tail];
}

function damaged(description: string): DescriptionReading {
  return { kind: 'damaged', owners: guess(description, 'owner'), names: guess(description, 'name') };
}

/** Every value that stands after `key=` behind something that begins like a label. */
function guess(description: string, key: 'owner' | 'name'): string[] {
  const from = description.slice(description.indexOf(LABEL_MARK));
  return [...from.matchAll(new RegExp(`\\b${key}=([^\\s\\]]+)`, 'g'))].map(
    ([, value = '']) => decodeValue(value) ?? value,
  );
}
