import { setFlagsFromString } from 'node:v8';
import request from 'undici/lib/api/api-request.js';
import Pool from 'undici/lib/dispatcher/pool.js';

// undici parses HTTP with WebAssembly. V8 goes on optimising that parser in the background and holds the exit of a
// short command back for 120–190 ms; its baseline compiler alone is enough for a few calls. Only code compiled
// after this line is concerned, and undici compiles at its first connection.
setFlagsFromString('--liftoff-only');

export { Pool, request };
