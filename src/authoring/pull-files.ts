import type { JsonObject } from '../domain/json.ts';
import type { Desired } from '../domain/manifest.ts';
import { MxtError } from '../errors.ts';
import { compareText } from '../lib/compare-text.ts';
import { WrittenPlaces } from '../manifest/compose/written-at.ts';
import { readWhole } from '../manifest/files/repository-file.ts';
import type { TextFile } from '../manifest/files/text-file.ts';
import { type Checks, compositionIn, type ParsedManifest } from '../manifest/read-manifests.ts';
import type { ReferenceScope } from '../manifest/resolve/references.ts';
import { asLive, type Drifted, isAsLive } from './drifted.ts';
import { same } from './edit/first-difference.ts';
import { rewrite } from './edit/rewrite.ts';
import { idToReference } from './id-to-reference.ts';
import { intoLayers, type SharedValue } from './into-layers.ts';
import type { LostReference, MergeContext } from './merge-live-values.ts';
import { plainSecret } from './plain-secret.ts';
import { SecretNames } from './secret-references.ts';
import { verifyText } from './verify.ts';

export interface Edited {
  /** As it is shown. */
  readonly file: string;
  readonly real: string;
  readonly before: string;
  readonly text: string;
  /** The text with the byte order mark that it had. */
  readonly whole: string;
}

export interface PullOptions {
  readonly scope: ReferenceScope;
  readonly checks: Checks;
  /** Other environments that a manifest is in. */
  readonly elsewhere: (parsed: ParsedManifest) => readonly string[];
}

/**
 * The texts of the files whose manifests then equal live. Each is read back and checked.
 *
 * @throws MxtError `refused` where one cannot be parsed, and says why: then none should be
 */
export async function pullAll(
  drifted: readonly Drifted[],
  options: PullOptions,
): Promise<{ edited: readonly Edited[]; notes: readonly string[] }> {
  const files = new Map<string, { file: TextFile; before: string; mark: string }>();
  const notes: string[] = [];
  for (const one of drifted) {
    const { parsed } = one;
    const { real, source } = parsed;
    const known = files.get(real) ?? readFile(real, source.file);
    const text = await pullOne(one, known.file, options, notes);
    files.set(real, { ...known, file: { ...known.file, text } });
  }
  const edited = [...files]
    .map(([real, { file, before, mark }]) => ({
      file: file.path,
      real,
      before,
      text: file.text,
      whole: mark + file.text,
    }))
    .filter(({ before, text }) => text !== before)
    .sort((a, b) => compareText(a.file, b.file));
  return { edited, notes };
}

function readFile(real: string, path: string) {
  const whole = readWhole(real);
  if (typeof whole !== 'string') throw new MxtError('usage', `${path}: ${whole.message}`);
  const mark = whole.startsWith('\ufeff') ? '\ufeff' : '';
  const text = whole.slice(mark.length);
  return { file: { path, text }, before: text, mark };
}

async function pullOne(
  drifted: Drifted,
  file: TextFile,
  { scope, checks, elsewhere }: PullOptions,
  notes: string[],
): Promise<string> {
  const { parsed, composition, desired, managed } = drifted;
  const { name } = desired;
  if (desired.release) throw refused(drifted, 'its manifest says release: true, so apply will release it');
  const secretNames = new SecretNames(scope.secrets);
  const context: MergeContext = {
    scope,
    toReference: idToReference({ ...scope, vars: {} }),
    lost: [],
    secretNames,
  };
  const wanted = asLive(drifted, context);
  const secret = context.lost.find(({ reference }) => SECRET.test(reference));
  if (secret !== undefined) throw refused(drifted, ...otherSecret(secret));
  if (same(wanted, composition.value)) return file.text;
  const plain = plainSecret(wanted, composition.value, { ...scope, keys: checks.secrets });
  if (plain !== null) throw refused(drifted, `live, ${plain}: mxt writes no secret into a file`, TAKE_OUT);
  const written = intoLayers(parsed, composition, wanted);
  if ('shared' in written) throw refused(drifted, ...(await belongsToOthers(drifted, written.shared)));
  const { manifest, into } = written;
  const others = into === 'overlay' ? [] : elsewhere(parsed);
  const lost = context.lost[0];
  if (lost !== undefined && others.length > 0) throw refused(drifted, ...shared(lost, others));
  const text = rewrite(file, parsed, manifest);
  if (text === null) throw refused(drifted, IN_PLACE, ANCHORS);
  const read = await check(drifted, { ...file, text }, file, manifest, checks, scope);
  if (read.desired === undefined || !isAsLive(read.desired, managed)) {
    throw refused(drifted, 'the live values cannot be written in its manifest');
  }
  for (const { path, reference } of context.lost)
    notes.push(`${name}: ${path.join('.')} no longer says ${reference}, which resolves to another value`);
  // An overlay of theirs may say another value anyway.
  const valueIn = (one: string, manifest = read.parsed) =>
    (manifest && compositionIn(manifest, one))?.value ?? null;
  const changed = others.filter((one) => !same(valueIn(one, parsed), valueIn(one)));
  if (changed.length > 0) notes.push(`${name} is also in ${changed.join(', ')}, and changes there too`);
  for (const name of secretNames.toSet) notes.push(`${desired.name}: set MXT_SECRET_${name} to what is live`);
  return text;
}

/** What an edited manifest comes to, once all others in its file are known to be unchanged. */
async function check(
  drifted: Drifted,
  edited: TextFile,
  file: TextFile,
  manifest: JsonObject,
  checks: Checks,
  scope: ReferenceScope,
): Promise<{ readonly parsed: ParsedManifest | undefined; readonly desired: Desired | undefined }> {
  const { parsed, desired } = drifted;
  const before = await verifyText(file, checks, scope);
  const after = await verifyText(edited, checks, scope);
  const [problem] = after.problems;
  if (problem?.code === 'yaml') throw refused(drifted, IN_PLACE, ANCHORS);
  if (problem !== undefined) {
    throw refused(drifted, `the live values cannot be written in a manifest: ${problem.message}`);
  }
  const intended = before.parsed.map((one) =>
    one.document === parsed.document && one.index === parsed.index ? manifest : one.value,
  );
  const read = after.parsed.map(({ value }) => value);
  if (!same(read, intended)) throw refused(drifted, IN_PLACE, ANCHORS);
  const isIt = ({ name }: { readonly name: string }) => name === desired.name;
  return { parsed: after.parsed.find(isIt), desired: after.desired.find(isIt) };
}

const SECRET = /\{\{\s*secrets\.(\w+)/;

/** What live has in its place is not known, and would not be written if it were. */
function otherSecret({ path, reference }: LostReference): [message: string, hint: string] {
  const variable = `MXT_SECRET_${SECRET.exec(reference)?.[1]}`;
  return [
    `${path.join('.')} is another value live than ${variable} holds`,
    `Set ${variable} to what is live, or apply the manifest's: mxt writes no secret into a file.`,
  ];
}

const TAKE_OUT =
  'Take it out of the live trigger (mxt apply writes what the manifest says), and revoke it: everybody who sees the trigger has read it.';

const IN_PLACE = 'its text cannot be edited in place without changing another value';
const ANCHORS = 'Write out the values that come from anchors and aliases.';

/** What a person must write, and where. */
async function belongsToOthers(
  { parsed: { each } }: Drifted,
  values: readonly SharedValue[],
): Promise<[message: string, hint: string]> {
  const places = await WrittenPlaces.open();
  const found = values.map(({ layer, path, live }) => {
    const { file, line } = places.of([layer], path);
    return `${path.join('.')} (${file}:${line}) is ${live === undefined ? 'absent' : JSON.stringify(live)} live`;
  });
  const list = found.join('; ');
  return each === null
    ? [
        `what drifted is written for other triggers too: ${list}`,
        'Write the live value into its manifest or an overlay by hand, or change it where it is written.',
      ]
    : [
        `for_each makes it, with the key ${each.key}: ${list}`,
        'Write the live value into for_each by hand, or give the trigger a manifest of its own.',
      ];
}

function shared(
  { path, reference }: LostReference,
  others: readonly string[],
): [message: string, hint: string] {
  const where = path.join('.');
  const variable = /\{\{\s*vars\.([\w-]+)/.exec(reference)?.[1];
  const what = variable === undefined ? reference : `the variable ${variable}`;
  return [
    `${where} comes from ${what}, which resolves to another value than live has, and ${others.join(', ')} ${others.length === 1 ? 'needs' : 'need'} it too`,
    variable === undefined
      ? 'Change the manifest by hand.'
      : `Change vars.${variable} of this environment in mxt.yaml instead.`,
  ];
}

function refused(
  { parsed: { source }, desired: { name } }: Drifted,
  message: string,
  hint?: string,
): MxtError {
  return new MxtError(
    'refused',
    `${source.file}:${source.line}: ${name}: ${message}`,
    hint === undefined ? {} : { hint },
  );
}
