import type { DiagnosticMessage, Span } from '../check/diagnostic-message.ts';

/** What stands in a checkout in place of a file, by how it begins. */
const BEGINNINGS: readonly (readonly [beginning: string, what: string, hint: string])[] = [
  [
    'version https://git-lfs.github.com/spec/',
    'a Git LFS pointer, not the file itself',
    'git lfs pull gets the file; a manifest needs no LFS (see .gitattributes)',
  ],
  ['\0GITCRYPT', 'encrypted by git-crypt', 'git-crypt unlock decrypts it'],
  ['$ANSIBLE_VAULT;', 'encrypted by ansible-vault', 'ansible-vault decrypt decrypts it'],
  ['age-encryption.org/', 'encrypted by age', 'decrypt it first'],
  ['-----BEGIN AGE ENCRYPTED FILE-----', 'encrypted by age', 'decrypt it first'],
  ['-----BEGIN PGP MESSAGE-----', 'encrypted by PGP', 'decrypt it first'],
];

/** What a file is that is no manifest at all, in a sentence; null where nothing is known against it. */
export function somethingElse(text: string): DiagnosticMessage | null {
  const known = BEGINNINGS.find(([beginning]) => text.startsWith(beginning));
  if (known !== undefined) return { code: 'file', message: `this file is ${known[1]}`, hint: known[2] };
  if (text.includes('ENC[AES256_GCM,') && /^(?:sops:|"sops":|\s{1,8}"sops":)/m.test(text)) {
    return { code: 'file', message: 'this file is encrypted by SOPS', hint: 'sops decrypt decrypts it' };
  }
  return null;
}

export const CONFLICT: DiagnosticMessage = {
  code: 'file',
  message: 'this is a conflict that a merge left',
  hint: 'decide for one side, and take the lines with <<<<<<<, ======= and >>>>>>> out',
};

/** The first line of a conflict; null where there is none. All three lines, for each alone may be text. */
export function conflictIn(text: string): Span | null {
  const begin = lineThatBegins(text, '<<<<<<< ', 0);
  const middle = begin === -1 ? -1 : lineThatBegins(text, '=======', begin);
  if (middle === -1 || lineThatBegins(text, '>>>>>>> ', middle) === -1) return null;
  const end = text.indexOf('\n', begin);
  return { offset: begin, length: end - begin };
}

function lineThatBegins(text: string, mark: string, from: number): number {
  for (let at = text.indexOf(mark, from); at !== -1; at = text.indexOf(mark, at + mark.length)) {
    if (at === 0 || text[at - 1] === '\n') return at;
  }
  return -1;
}
