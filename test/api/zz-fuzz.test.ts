import { it } from 'vitest';
import { getCall, listCall, writeCall, type Call } from '../../src/api/call.ts';
import { Caller } from '../../src/api/caller.ts';
import { NoAnswer } from '../../src/api/answer.ts';
import { RateLimiter } from '../../src/api/rate-limiter.ts';
import { FakeClock } from './fake-clock.ts';
import { SimulatedService } from './simulated-service.ts';
let s = 7; const rnd = () => { s = (s + 0x6d2b79f5) | 0; let t = Math.imul(s ^ (s >>> 15), 1 | s); t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t; return ((t ^ (t >>> 14)) >>> 0) / 4294967296; };
const pick = <T,>(a: T[]): T => a[Math.floor(rnd() * a.length)]!;
it('fuzz', async () => {
  const worst: any[] = [];
  for (let i = 0; i < 1500; i++) {
    const clock = new FakeClock(Date.UTC(2026,1,1)+Math.floor(rnd()*1e6), rnd);
    const burst = pick([1, 5, 5, 10, 10, 20, 20, 200]); const perMinute = pick([10, 60, 600]);
    const limits: any = { perMinute, burst, per: pick(['key', 'route', 'operation']), reset: pick(['full', 'next', 'none']), rounding: pick(['ceil', 'floor']), latencyMs: pick([5, 50, 300]), tokens: pick([0, burst, burst]), hidesBurst: rnd() < 0.1, ...(rnd() < 0.15 ? { window: 60000, burst: perMinute } : {}) };
    const jitter = rnd() < 0.5, fails = rnd() < 0.2, other = rnd() < 0.15;
    const service = new SimulatedService(limits, clock);
    const send: any = async (c: any, o: any) => {
      if (jitter) await clock.sleep(rnd() * limits.latencyMs);
      if (fails && rnd() < 0.1) { await clock.sleep(10); throw new NoAnswer('refused', 'X', 'x'); }
      const a = await service.send(c, o);
      if (jitter) await clock.sleep(rnd() * limits.latencyMs);
      return a;
    };
    const concurrency = pick([1, 2, 5, 10]);
    const caller = new Caller({ send, limiter: new RateLimiter({ concurrency, clock, signal: undefined, onWait: undefined }), clock, signal: undefined, timeoutMs: undefined, context: { origin: 'x', namespace: 'n', apiKeyEnv: 'K', redact: (t) => t }, onWait: undefined, log: undefined });
    const kind = pick(['create', 'edit']);
    const ops: Call[][] = [[listCall(0, 1000)], ...Array.from({ length: 40 }, (_, k) => kind === 'create' ? [writeCall({ method: 'POST', path: '/v1/triggers', body: {} as any })] : [getCall(`trg_${k}`), writeCall({ method: 'PATCH', path: `/v1/triggers/trg_${k}`, body: {} })])];
    const calls = ops.flat().length; const t0 = clock.now(); let errors = 0; let stop = false;
    const rival = (async () => { while (other && !stop) { await clock.sleep(rnd() * 60000 / perMinute * 4); if(!stop) await service.send({ method: 'PATCH', path: '/v1/triggers/trg_9', body: null } as any, {} as any); } })();
    const worker = async () => { for (let c = ops.shift(); c; c = ops.shift()) for (const x of c) await caller.call(x).catch((e) => { errors++; }); };
    await Promise.all(Array.from({ length: concurrency }, worker)); stop = true; await rival;
    const ms = clock.now() - t0;
    const counted = limits.per === 'key' ? calls : kind === 'create' ? 40 : limits.per === 'route' ? 80 : 40;
    const tk = limits.window ? limits.burst : limits.tokens;
    const forced = limits.window ? (Math.ceil(counted / limits.burst) - 1) * 60000 : Math.max(0, ((counted - tk) / perMinute) * 60000);
    const lower = Math.max(forced, (calls * limits.latencyMs * (jitter ? 2 : 1)) / concurrency);
    worst.push({ ratio: ms / lower, excess: ms - lower, refusals: service.refusals, errors, other, fails, jitter, concurrency, kind, calls, ...limits });
  }
  const show = (n: string, f: (w: any) => boolean, key: string) => { const w = worst.filter(f).sort((a, b) => b[key] - a[key]); console.log(n, w.length, 'over1:', w.filter((x) => x.refusals > 1).length, JSON.stringify(w.slice(0, 8).map(({ratio,excess,refusals,errors,concurrency,kind,perMinute,burst,per,reset,rounding,latencyMs,tokens,jitter,window,hidesBurst})=>({ratio:+ratio.toFixed(2),excess:Math.round(excess),refusals,errors,concurrency,kind,perMinute,burst,per,reset,rounding,latencyMs,tokens,jitter,window,hidesBurst})),null,0)); };
  const normal = (w: any) => !w.other && !w.fails && w.reset !== 'none' && !w.hidesBurst && !w.window && w.burst >= 5;
  show('normal by refusals', normal, 'refusals');
  show('normal by ratio', (w) => normal(w) && w.excess > 2000, 'ratio');
  show('window refusals', (w) => w.window && !w.other && w.reset !== 'none', 'refusals');
  show('hides', (w) => w.hidesBurst && !w.other&& w.reset !== 'none', 'refusals');
  show('none', (w) => w.reset === 'none', 'refusals');
  show('none', (w) => w.reset === 'none' , 'errors');
  show('other', (w) => w.other && w.reset !== 'none', 'refusals');
  show('errors', (w) => w.errors > 0, 'errors');
}, 300000);
