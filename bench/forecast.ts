// What a forecast costs in a process that has made none before: the load of a namespace, and of each trigger its words
// and next runs, as a plan that changes all of them shows. Prints milliseconds.

import type { LiveTrigger } from '../src/domain/trigger.ts';
import { planDelete } from '../src/plan/decide/remove.ts';
import { observe } from '../src/plan/observe/observe.ts';
import { seal } from '../src/plan/operation/digest.ts';
import { Forecaster } from '../src/schedule/forecast/forecaster.ts';
import { wordsOf } from '../src/schedule/schedule-words.ts';
import { makeWorld, OWNER } from './world.ts';

const live = makeWorld(Number(process.argv[2])).live as LiveTrigger[];
const operations = observe(live, OWNER, new Date()).owned.map((managed) =>
  seal(planDelete(managed, 'removed'), OWNER, new Set<string>()),
);
const start = process.hrtime.bigint();
const { before } = new Forecaster(new Date(), {}, wordsOf).forecast(operations, live);
const ms = Number(process.hrtime.bigint() - start) / 1e6;
if (before.runs === 0) throw new Error('nothing was forecast');
process.stderr.write(`ms=${ms.toFixed(1)}\n`);
