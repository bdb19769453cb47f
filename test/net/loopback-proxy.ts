import { createServer, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** What a proxy makes of a CONNECT. */
export type Manner =
  | { readonly kind: 'tunnel' }
  /** Refuses with a status, and a page as squid gives it. */
  | { readonly kind: 'refuse'; readonly status: number }
  /** Takes the connection and says nothing. */
  | { readonly kind: 'silent' }
  | { readonly kind: 'hang-up' }
  /** Opens the tunnel and cuts it once the request went through it. */
  | { readonly kind: 'cut' };

export interface LoopbackProxy {
  readonly url: string;
  /** `service.invalid:80`, of each CONNECT. */
  readonly asked: string[];
  readonly headers: IncomingMessage['headers'][];
  manner: Manner;
}

/** A real proxy on loopback. Whatever host it is asked for, it tunnels to one place. */
export async function startProxy(
  target: string,
  manner: Manner = { kind: 'tunnel' },
): Promise<LoopbackProxy> {
  const { port } = new URL(target);
  const server = createServer();
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => sockets.add(socket));
  const proxy: { -readonly [name in keyof LoopbackProxy]: LoopbackProxy[name] } = {
    url: '',
    asked: [],
    headers: [],
    manner,
  };
  server.on('connect', (request, socket: Socket) => {
    proxy.asked.push(request.url ?? '');
    proxy.headers.push(request.headers);
    socket.on('error', () => {});
    const { manner } = proxy;
    if (manner.kind === 'silent') return;
    if (manner.kind === 'hang-up') return void socket.destroy();
    if (manner.kind === 'refuse') {
      return void socket.end(
        `HTTP/1.1 ${manner.status} No\r\ncontent-type: text/html\r\ncontent-length: 6\r\n\r\n<html>`,
      );
    }
    const tunnel = connect(Number(port), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      tunnel.pipe(socket);
      socket.pipe(tunnel);
      if (manner.kind === 'cut') socket.once('data', () => setImmediate(() => socket.destroy()));
    });
    tunnel.on('error', () => socket.destroy());
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  proxy.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return proxy;
}
