import connect from 'undici/lib/api/api-connect.js';
import Dispatcher from 'undici/lib/dispatcher/dispatcher.js';
import EnvHttpProxyAgent from 'undici/lib/dispatcher/env-http-proxy-agent.js';

// The proxy agent opens its tunnels with `dispatcher.connect()`, which undici's index puts on the prototype.
Object.assign(Dispatcher.prototype, { connect });

export { EnvHttpProxyAgent };
