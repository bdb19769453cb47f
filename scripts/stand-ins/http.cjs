// Stands for node:http in undici, which reads the largest header from it, and knows by it a stream of Node's own client
// or server, of which it is handed none. Node's own, half of which is a server, is for who asks for larger headers.
const isAsked = [process.env.NODE_OPTIONS ?? '', ...process.execArgv].some((option) =>
  option.includes('max-http-header-size'),
);

module.exports = {
  IncomingMessage: null,
  maxHeaderSize: isAsked ? process.getBuiltinModule('node:http').maxHeaderSize : 16 * 1024,
};
