import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { check } from 'recheck';
import ts from 'typescript';

const SRC = fileURLToPath(new URL('../../src', import.meta.url));

export interface Literal {
  readonly file: string;
  readonly source: string;
  readonly flags: string;
}

/** Every regular expression that stands in the source. */
export function literals(): Literal[] {
  const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  );
  return files.flatMap((file) => {
    const found: Literal[] = [];
    const tree = ts.createSourceFile(file, readFileSync(join(SRC, file), 'utf8'), ts.ScriptTarget.Latest);
    const visit = (node: ts.Node) => {
      if (ts.isRegularExpressionLiteral(node)) {
        const end = node.text.lastIndexOf('/');
        found.push({ file, source: node.text.slice(1, end), flags: node.text.slice(end + 1) });
      }
      ts.forEachChild(node, visit);
    };
    visit(tree);
    return found;
  });
}

/** The judge gives up on this one, whatever time it is given. */
const TOO_LARGE = 'manifest/parse/fast-path.ts';

/**
 * What an independent judge proves of an expression. `unread`: it has a look around, or is too large to decide. Where it
 * has a binary for the platform, that one judges, in a process of its own and a fifth of the time.
 */
export async function proofOf({ file, source, flags }: Literal): Promise<'linear' | 'slow' | 'unread'> {
  const result = await check(source, flags, {
    checker: 'automaton',
    timeout: file === TOO_LARGE ? 1_000 : 60_000,
  });
  if (result.status === 'safe') return 'linear';
  if (result.status === 'vulnerable') return 'slow';
  return result.error.kind === 'unsupported' || file === TOO_LARGE ? 'unread' : 'slow';
}
