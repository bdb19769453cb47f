import { harmless, harmlessLines } from '../lib/printable.ts';
import { hideSecret, maskSecretValues } from '../lib/secret-values.ts';
import type { Io, ProcessIo } from './io.ts';

/** Variables that hold secrets, by their names. Those that a configuration names are hidden when it is read. */
function isSecret(name: string): boolean {
  if (name === 'GITHUB_TOKEN' || name === 'GH_TOKEN') return true;
  return /^(?:MP|MIXPEEK)_/.test(name) && name.split('_').some((word) => word === 'KEY' || word === 'TOKEN');
}

/**
 * The same world, whose streams, prompts and files show no secret, and whose streams nothing can misuse: whatever a
 * command forgot to make printable is made so here.
 */
export function masked(io: ProcessIo): Io {
  for (const [name, value] of Object.entries(io.env)) {
    if (value !== undefined && isSecret(name)) hideSecret(value);
  }
  const folded = (stream: 'out' | 'err', text: string) => {
    const width = io.screen?.columns(stream) ?? null;
    return width === null ? text : (io.screen?.fold(text, width) ?? text);
  };
  return {
    ...io,
    out: (text) => io.out(harmless(maskSecretValues(text))),
    say: (text) => io.out(folded('out', harmless(maskSecretValues(text)))),
    err: (text) => io.err(folded('err', harmlessLines(maskSecretValues(text)))),
    command: (text) => io.err(maskSecretValues(text)),
    confirm: (question) => io.confirm(harmless(maskSecretValues(question))),
    askFor: (question, wrong, fallback) => io.askFor(harmless(maskSecretValues(question)), wrong, fallback),
    hide: hideSecret,
    mask: maskSecretValues,
  };
}
