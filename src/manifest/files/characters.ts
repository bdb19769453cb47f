import type { DiagnosticMessage, Span } from '../check/diagnostic-message.ts';

/** What YAML 1.2 forbids (5.1): controls but tab and line breaks, DEL, C1 but NEL, surrogates, U+FFFE and U+FFFF. */
const FORBIDDEN = /[^\t\n\r\u0020-\u007e\u0085\u00a0-\ufffd]/;

export function hasForbidden(text: string): boolean {
  return FORBIDDEN.test(text);
}

/** The first such character of each line: a file in another encoding is full of them. */
export function forbiddenCharacters(text: string): { span: Span; diagnostic: DiagnosticMessage }[] {
  if (!hasForbidden(text)) return [];
  const found: { span: Span; diagnostic: DiagnosticMessage }[] = [];
  let offset = 0;
  for (const line of text.split('\n')) {
    const at = line.search(FORBIDDEN);
    if (at !== -1)
      found.push({ span: { offset: offset + at, length: 1 }, diagnostic: forbidden(line[at] ?? '') });
    offset += line.length + 1;
  }
  return found;
}

/** The same text without them, everything else in its place. */
export function withoutForbidden(text: string): string {
  return text.replace(new RegExp(FORBIDDEN, 'g'), ' ');
}

function forbidden(character: string): DiagnosticMessage {
  const code = character.charCodeAt(0).toString(16).padStart(4, '0');
  return {
    code: 'character',
    message: `the character U+${code.toUpperCase()} cannot stand in a file`,
    hint: code === '0000' ? 'remove it' : `take it out, or write it in double quotes as \\u${code}`,
  };
}
