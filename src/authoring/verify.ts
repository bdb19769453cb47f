import type { Desired } from '../domain/manifest.ts';
import type { Problem } from '../domain/problem.ts';
import { problemsAt } from '../manifest/compose/place.ts';
import { MAX_FILE_BYTES } from '../manifest/files/repository-file.ts';
import { fileProblem, type TextFile } from '../manifest/files/text-file.ts';
import { type Checks, type ParsedManifest, readManifests } from '../manifest/read-manifests.ts';
import type { ReferenceScope } from '../manifest/resolve/references.ts';
import { resolveManifests } from '../manifest/resolve/resolve-manifests.ts';

export interface VerifiedText {
  /** In the order of the file, as they are written. */
  readonly parsed: readonly ParsedManifest[];
  /** What they come to in an environment, sorted by name. */
  readonly desired: readonly Desired[];
  readonly problems: readonly Problem[];
}

const LARGE = { code: 'file', message: 'this file would be larger than 1 MiB', hint: null };

/** Reads a text that is to be a file as our own reader will, so that what is wrong with it shows before it is written. */
export async function verifyText(
  file: TextFile,
  checks: Checks,
  scope: ReferenceScope,
): Promise<VerifiedText> {
  const read = () => readManifests(file, file.path, checks);
  const { manifests: parsed, problems: own, elsewhere } = await checks.schema.explained(read);
  const problems = [...own, ...(await problemsAt(elsewhere, checks.secrets))];
  const large = Buffer.byteLength(file.text) > MAX_FILE_BYTES ? [fileProblem(file.path, LARGE)] : [];
  if (problems.length + large.length > 0) {
    return { parsed, desired: [], problems: [...problems, ...large] };
  }
  const resolved = await resolveManifests({ manifests: parsed, files: 1, problems, checks }, scope);
  return { parsed, desired: resolved.desired, problems: resolved.problems };
}
