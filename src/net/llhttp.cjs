// The bytes of undici's parser, by a function: of what a CommonJS module is, bundlers copy each member, and these have 50,000.
module.exports = () => require('undici/lib/llhttp/llhttp_simd-wasm.js');
