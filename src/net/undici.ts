import connect from 'undici/lib/api/api-connect.js';
import request from 'undici/lib/api/api-request.js';
import buildConnector from 'undici/lib/core/connect.js';
import Pool from 'undici/lib/dispatcher/pool.js';
import { setFlags } from '../lib/v8-flags.ts';
import llhttp from './llhttp.cjs';

// undici parses HTTP with WebAssembly. V8 goes on optimising that parser in the background and holds the exit of a
// short command back for 120–190 ms; its baseline compiler alone is enough for a few calls. Only code compiled
// after this line is concerned, and undici compiles at its first connection.
setFlags(['--liftoff-only'], ['--no-liftoff-only', '--wasm-tier-up', '--wasm-dynamic-tiering']);

// That parser is ready when the first connection is: V8 compiles it on another thread, all of it, which takes less time
// than function by function as they are called, and gives undici the same for the same bytes.
setFlags(['--no-wasm-lazy-compilation'], ['--wasm-lazy-compilation']);
WebAssembly.compile(llhttp()).catch(() => {}); // a processor without SIMD: undici has another one

const undici = { Pool, request, connect, buildConnector };

/** The parts of undici that are used, without its index. */
export type Undici = typeof undici;
export { undici };
