import { setFlagsFromString } from 'node:v8';

/** With more, what V8 has optimised is run often enough to be worth it. */
const FEW = 6_000;

/**
 * By the major version of Node, since V8 renamed it and says on stderr what it does not know: how much of a function must run
 * before it is optimised, here some twenty times as much as else. What simulates a year still is. From Node 24 on a
 * compiler stands between that is quick, and there is nothing to win.
 */
const LATER: Readonly<Record<string, string>> = {
  20: '--interrupt-budget=1200000',
  22: '--invocation-count-for-turbofan=54000',
};

/**
 * Has V8 optimise only what runs for long, where few things are to be gone through. It does that on another thread, and a
 * run that is over soon never earns the time back and waits for it at its end: without, a plan of 1,000 manifests takes a
 * tenth less time, a quarter less CPU and 10 MiB less.
 */
export function optimiseLate(things: number): void {
  const [major = ''] = process.versions.node.split('.');
  const flag = LATER[major];
  if (things < FEW && flag !== undefined) setFlagsFromString(flag);
}
