import { ask, type Checkout, type FoundCheckout } from './checkout.ts';

/** How the commits that wrote something last stand to this checkout. */
export interface RevKnowledge {
  /** Revs that this clone does not have; in a shallow one, also those that it does not reach. */
  readonly unknown: ReadonlySet<string>;
  /** A shallow clone cannot tell an old commit from a foreign one. */
  readonly shallow: boolean;
  /** Revs that HEAD is an ancestor of: this checkout is older than what they wrote. */
  readonly newer: ReadonlySet<string>;
  /** Revs beside HEAD's history, where HEAD is not what everybody works on: a branch alone would undo what they wrote. */
  readonly beside: ReadonlySet<string>;
  /** The remote's default branch, as `origin/main`; null where none is known. */
  readonly defaultBranch: string | null;
}

/** Of a rev in a label. */
const DIGITS = 12;
const NONE: ReadonlySet<string> = new Set();
const NOTHING = { newer: NONE, beside: NONE, defaultBranch: null } as const;

/** What Git knows of some revs: two processes where all of them lie in HEAD's history, however many there are. */
export async function knowRevs(found: FoundCheckout, revs: ReadonlySet<string>): Promise<RevKnowledge> {
  if (revs.size === 0 || found.kind !== 'found') return { unknown: NONE, shallow: false, ...NOTHING };
  const { checkout } = found;
  const { shallow } = checkout;
  const known = await existing(checkout, [...revs].sort());
  const unknown = new Set([...revs].filter((rev) => !known.includes(rev)));
  const outside = await listed(checkout, known, []);
  if (outside.length === 0) return { unknown, shallow, ...NOTHING };
  const newer = new Set(await listed(checkout, outside, ['--ancestry-path']));
  const beside = outside.filter((rev) => !newer.has(rev));
  // What lies between may be what this clone lacks.
  if (shallow) return { ...NOTHING, unknown: new Set([...unknown, ...beside]), shallow, newer };
  const tip = beside.length === 0 ? null : await defaultTip(checkout);
  const contained = tip !== null && (await isInHead(checkout, tip.id));
  return {
    unknown,
    shallow,
    newer,
    beside: contained ? NONE : new Set(beside),
    defaultBranch: tip?.branch ?? null,
  };
}

/** Which of some revs are commits that this clone has. */
async function existing(checkout: Checkout, revs: readonly string[]): Promise<string[]> {
  const names = `${revs.map((rev) => `${rev}^{commit}`).join('\n')}\n`;
  const lines = ((await ask(checkout, ['cat-file', '--batch-check'], names)) ?? '').split('\n');
  return revs.filter((_, at) => / commit \d+$/.test(lines[at] ?? ''));
}

/** Which of some revs are among the commits that they reach and HEAD does not, as the options narrow those down. */
async function listed(
  checkout: Checkout,
  revs: readonly string[],
  options: readonly string[],
): Promise<string[]> {
  if (revs.length === 0) return [];
  const input = `${[...revs, '^HEAD'].join('\n')}\n`;
  const ids = ((await ask(checkout, ['rev-list', ...options, '--stdin'], input)) ?? '').split('\n');
  const short = new Set(ids.map((id) => id.slice(0, DIGITS)));
  return revs.filter((rev) => short.has(rev));
}

const REMOTES = 'refs/remotes/';
/** What the default branch is called, the surest first. */
const DEFAULTS = ['HEAD', 'main', 'master'];

interface Tip {
  readonly branch: string;
  readonly id: string;
}

/** The tip of the branch that everybody works on, as this clone last fetched it; of `origin`, where there are several. */
async function defaultTip(checkout: Checkout): Promise<Tip | null> {
  const patterns = DEFAULTS.map((name) => `${REMOTES}*/${name}`);
  const format = '--format=%(objectname) %(refname) %(symref)';
  const lines = await ask(checkout, ['for-each-ref', format, ...patterns]);
  const found = (lines ?? '').split('\n').flatMap((line) => {
    const [id = '', ref = '', target = ''] = line.split(' ');
    return id === '' ? [] : [{ id, ref, branch: (target || ref).slice(REMOTES.length) }];
  });
  const rank = ({ ref }: { readonly ref: string }) =>
    DEFAULTS.findIndex((name) => ref.endsWith(`/${name}`)) +
    (ref.startsWith(`${REMOTES}origin/`) ? 0 : DEFAULTS.length);
  return found.sort((one, other) => rank(one) - rank(other))[0] ?? null;
}

async function isInHead(checkout: Checkout, id: string): Promise<boolean> {
  return (await ask(checkout, ['merge-base', '--is-ancestor', id, 'HEAD'])) !== null;
}
