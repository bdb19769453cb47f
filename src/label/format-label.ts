import { type HalfHashes, LABEL_VERSION, type Label } from '../domain/label.ts';
import { encodeValue } from './encoding.ts';

/** The label as one line, without a line's end. Keys in the order of the contract, unknown ones before `rev`. */
export function formatLabel(label: Label): string {
  const pairs: [string, string | null][] = [
    ['owner', label.owner],
    ['name', label.name],
    ['spec', joinHashes(label.spec)],
    ['seen', label.lastObserved && joinHashes(label.lastObserved)],
    ['status', label.status],
    ['protect', label.protect ? '1' : null],
    ['replaces', label.replaces],
    ['was', label.was],
    ['hold', label.hold],
    ['by', label.by],
    ['until', label.until],
  ];
  const known = pairs.flatMap(([key, value]) => (value === null ? [] : [` ${key}=${encodeValue(value)}`]));
  const unknown = label.unknown.map(([key, value]) => ` ${key}=${value}`);
  const rev = label.rev === null ? [] : [` rev=${label.rev}`];
  return `[mxt:${LABEL_VERSION}${[...known, ...unknown, ...rev].join('')}]`;
}

/** A description: the user's text byte for byte, an empty line, the label. The label alone where there is no text. */
export function formatDescription(text: string, label: Label): string {
  return joinDescription(text, formatLabel(label));
}

export function joinDescription(text: string, line: string): string {
  return text === '' ? line : `${text}\n\n${line}`;
}

function joinHashes(hashes: HalfHashes): string {
  return hashes.fixed + hashes.patchable;
}
