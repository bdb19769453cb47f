/** undici's parser of HTTP, as WebAssembly. */
declare function llhttp(): Uint8Array<ArrayBuffer>;
export = llhttp;
