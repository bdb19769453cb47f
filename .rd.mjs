import { rolldown } from 'rolldown'; import { readFileSync, rmSync, readdirSync, statSync } from 'node:fs';
const set = new Set(readFileSync('/tmp/h/k/w/trace.txt','utf8').split('\n').filter(l=>l.startsWith('file:')).map(l=>l.split(' ')[0].split('/').pop()));
const minify = process.argv[3] === 'min';
const b = await rolldown({ input: 'dist/mxt.js', platform: 'node', logLevel: 'warn', treeshake: false });
const out = process.argv[2]; rmSync(out, { recursive: true, force: true });
await b.write({ dir: out, format: 'esm', minify, entryFileNames: '[name].js', codeSplitting: { groups: [{ name: 'plan', test: (id) => { const f = id.split('/').pop(); return set.has(f) && f !== 'mxt.js' && f !== 'chunk-4M6IOONY.js' && f!=='undici-A66QEJON.js'; } }] } });
console.log(readdirSync(out).length, readdirSync(out).map(f => [f, statSync(out + '/' + f).size]).sort((a, b) => b[1] - a[1]).slice(0, 8));
