import type { Desired } from '../domain/manifest.ts';
import type { Problem } from '../domain/problem.ts';
import { checkManifest } from '../manifest/check/check-manifest.ts';
import { MAX_FILE_BYTES } from '../manifest/files/find-files.ts';
import { findSecrets, needsDecoding, SECRET } from '../manifest/files/secrets.ts';
import { fileProblem, problemAt, type TextFile } from '../manifest/files/text-file.ts';
import type { Checks, ParsedManifest } from '../manifest/load-manifests.ts';
import { locate, parseQuickly, parseStrictly, strictParser } from '../manifest/parse/parse-file.ts';
import type { ReferenceScope } from '../manifest/resolve/references.ts';
import { resolveManifests } from '../manifest/resolve/resolve-manifests.ts';

export interface VerifiedText {
  /** In the order of the file, as they are written. */
  readonly written: readonly ParsedManifest[];
  /** What they say in an environment, sorted by name. */
  readonly desired: readonly Desired[];
  readonly problems: readonly Problem[];
}

const LARGE = { code: 'file', message: 'this file would be larger than 1 MiB', hint: null };

/** Reads a text that is to be a file as our own reader will: what is wrong with it is told before it is written. */
export async function verifyText(
  file: TextFile,
  checks: Checks,
  scope: ReferenceScope,
): Promise<VerifiedText> {
  const { secrets } = checks;
  const strict = await strictParser();
  const quick = needsDecoding(secrets) ? null : parseQuickly(file);
  const parsed = quick ?? parseStrictly(file, strict, secrets);
  const problems: Problem[] = [...parsed.problems];
  if (Buffer.byteLength(file.text) > MAX_FILE_BYTES) problems.push(fileProblem(file.path, LARGE));
  for (const span of findSecrets(file.text, secrets)) problems.push(problemAt(file, span, SECRET, secrets));
  const written: ParsedManifest[] = [];
  for (const { value, line, document, index } of parsed.items) {
    const mistakes = checkManifest(value, { ...checks, mayRefer: true });
    if (mistakes.length > 0) {
      const positions = parsed.strict ?? strict(file, secrets);
      problems.push(...mistakes.map((one) => locate(file, positions, document, index, one, secrets)));
    }
    const source = { file: file.path, line };
    written.push({
      name: String(value['name']),
      value,
      source,
      mayRefer: true,
      real: file.path,
      document,
      index,
    });
  }
  if (problems.length > 0) return { written, desired: [], problems };
  const loaded = { manifests: written, files: 1, problems: [], checks };
  const resolved = await resolveManifests(loaded, scope);
  return { written, desired: resolved.desired, problems: resolved.problems };
}
