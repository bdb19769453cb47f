import { setFlags } from './v8-flags.ts';

/** With more, what V8 has optimised is run often enough to be worth it. */
const FEW = 6_000;

/**
 * How much of a function must run before V8 optimises it: as usual, and late. By the major version of Node, since V8 has
 * renamed the flag, and says on stderr what it does not know. From Node 24 on a compiler stands between that is quick, and
 * there is nothing to win.
 */
const FLAGS: Readonly<
  Record<string, { readonly flag: string; readonly usual: number; readonly late: number }>
> = {
  20: { flag: '--interrupt-budget', usual: 67_584, late: 1_200_000 },
  22: { flag: '--invocation-count-for-turbofan', usual: 3_000, late: 54_000 },
};

/**
 * Has V8 optimise only what runs for long, where few things are to be gone through. It does that on another thread, and a
 * run that is over soon never earns the time back and waits for it at its end: without, a plan of 1,000 manifests takes a
 * tenth less time, a quarter less CPU and 10 MiB less.
 */
export function optimiseLate(things: number): void {
  if (things < FEW) set('late');
}

/** For what goes through far more than there are manifests: simulations, and calendars. */
export function optimiseAsUsual(): void {
  set('usual');
}

function set(when: 'usual' | 'late'): void {
  const [major = ''] = process.versions.node.split('.');
  const known = FLAGS[major];
  if (known !== undefined) setFlags([`${known.flag}=${known[when]}`], [`${known.flag}=${known.usual}`]);
}
