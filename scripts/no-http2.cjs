// Stands for node:http2 in the bundle: the client speaks HTTP/1.1 alone, and loading the module costs every start.
module.exports = { constants: {} };
