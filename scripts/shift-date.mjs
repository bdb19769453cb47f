// Preloaded by `npm run test:dates`, into every process of the tests: `Date` is as many days ahead as the URL says.
import { ServerResponse } from 'node:http';

const ahead = Number(new URL(import.meta.url).searchParams.get('days')) * 86_400_000;
const Real = Date;
const now = () => Real.now() + ahead;

globalThis.Date = new Proxy(Real, {
  apply: () => new Real(now()).toString(),
  construct: (target, args, by) => Reflect.construct(target, args.length === 0 ? [now()] : args, by),
  get: (target, key) => (key === 'now' ? now : Reflect.get(target, key)),
});

// Node writes the header Date by a clock of its own.
const { writeHead } = ServerResponse.prototype;
ServerResponse.prototype.writeHead = function (...args) {
  if (this.sendDate && !this.hasHeader('date')) this.setHeader('Date', new Date().toUTCString());
  return writeHead.apply(this, args);
};
