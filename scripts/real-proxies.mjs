// Forty creates through real gateways and proxies of Debian's on loopback, with a reload, a restart, a cut tunnel or a
// time-out in their middle. Outside CI: it needs the packages, takes some minutes, and what it shows is for reading.
//   apt-get install nginx-light haproxy squid tinyproxy openssl && npm run bundle && npm run test:proxies [PART…]
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttp, request } from 'node:http';
import { createServer as createHttps } from 'node:https';
import { createServer as createPort } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const MXT = fileURLToPath(new URL('../dist/mxt.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'mxt-proxies-'));
/** Loopback is never proxied, so tunnels go to this machine's own address, over TLS. */
const address = Object.values(networkInterfaces())
  .flat()
  .find((one) => one?.family === 'IPv4' && !one.internal)?.address;
const children = new Set();

function start(command, args, cwd = folder) {
  const child = spawn(command, args, {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  children.add(child);
  child.done = new Promise((ended) => child.on('close', (code) => ended(code)));
  child.text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (child.text += chunk));
  child.on('close', () => children.delete(child));
  return child;
}

/** With its workers: those of nginx go on serving without their master. */
function end({ pid }) {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

async function freePort() {
  const server = createPort();
  await new Promise((ready) => server.listen(0, ready));
  const { port } = server.address();
  await new Promise((closed) => server.close(closed));
  return port;
}

async function listening(port) {
  for (let tries = 0; tries < 100; tries++) {
    const open = await fetch(`http://127.0.0.1:${port}/`).then(
      () => true,
      (error) => error.cause?.code !== 'ECONNREFUSED',
    );
    if (open) return;
    await sleep(100);
  }
  throw new Error(`nothing listens at ${port}`);
}

/** The sandbox behind a server that takes its time over creates, and goes on when its client is gone. */
async function startBackend(name, { createMs, tls = false }) {
  const port = await freePort();
  // It keeps its state where it is started.
  start('node', [MXT, 'sandbox', '--port', String(port)], mkdtempSync(join(folder, 'sandbox-')));
  await listening(port);
  const state = { creates: 0, onCreate: () => {}, port };
  const handle = async (incoming, response) => {
    const chunks = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const isCreate = incoming.method === 'POST' && incoming.url === '/v1/triggers';
    if (isCreate) {
      state.creates += 1;
      state.onCreate(state.creates);
      await sleep(createMs);
    }
    const headers = { ...incoming.headers, host: `127.0.0.1:${port}` };
    const onward = request(
      { port, host: '127.0.0.1', method: incoming.method, path: incoming.url, headers },
      (answer) => {
        response.writeHead(answer.statusCode, answer.headers);
        answer.pipe(response);
      },
    );
    onward.on('error', () => response.destroy());
    onward.end(Buffer.concat(chunks));
  };
  const server = tls
    ? createHttps(
        { key: readFileSync(join(folder, 'key.pem')), cert: readFileSync(join(folder, 'cert.pem')) },
        handle,
      )
    : createHttp(handle);
  await new Promise((ready) => server.listen(0, tls ? address : '127.0.0.1', ready));
  server.unref();
  const scheme = tls ? `https://${address}` : 'http://127.0.0.1';
  return Object.assign(state, {
    url: `${scheme}:${server.address().port}`,
    own: server.address().port,
    namespace: `ns_${name}`,
  });
}

function repository(name, count) {
  const root = join(folder, name);
  mkdirSync(join(root, 'manifests'), { recursive: true });
  writeFileSync(join(root, 'mxt.yaml'), 'owner: acme/search\n');
  const names = Array.from({ length: count }, (_, at) => `t${at}`);
  for (const one of names) {
    writeFileSync(
      join(root, 'manifests', `${one}.yaml`),
      `name: ${one}\naction_type: cluster\naction_config: { cluster_id: c_${one} }\ntrigger_type: cron\nschedule_config: { cron_expression: "0 2 * * *" }\n`,
    );
  }
  return { root, names };
}

/** Applies until it says that live equals the manifests, then counts what is live by the sandbox's own list. */
async function tryOut(name, backend, { count = 40, env, at = 10, disturb = async () => {} }) {
  const { root, names } = repository(name, count);
  backend.onCreate = (nth) => void (nth === at && disturb());
  const settings = {
    MP_API_KEY: 'key_0123456789',
    MP_NAMESPACE: backend.namespace,
    NODE_EXTRA_CA_CERTS: join(folder, 'cert.pem'),
    CI: '',
    ...env,
  };
  const lines = [];
  for (let run = 1; run <= 4; run++) {
    const began = Date.now();
    const sent = backend.creates;
    const child = spawn('node', [MXT, 'apply', '--yes'], { cwd: root, env: { ...process.env, ...settings } });
    let text = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (text += chunk));
    const code = await new Promise((ended) => child.on('close', ended));
    const words = text
      .split('\n')
      .filter((line) => /^(Apply:|Nothing|error:|.*(?:unknown|not sent|failed|✗))/.test(line));
    lines.push(
      `  run ${run}: exit ${code}, ${backend.creates - sent} creates arrived, ${Math.round((Date.now() - began) / 1000)} s`,
    );
    lines.push(...[...new Set(words)].slice(0, 6).map((line) => `    ${line.slice(0, 230)}`));
    if (code === 0) break;
  }
  const live = await fetch(`http://127.0.0.1:${backend.port}/v1/triggers/list`, {
    method: 'POST',
    headers: {
      authorization: 'Bearer key_0123456789',
      'x-namespace': backend.namespace,
      'content-type': 'application/json',
    },
    body: '{"limit":1000}',
  }).then((answer) => answer.json());
  const made = live.results
    .filter(({ status }) => status !== 'disabled')
    .map(({ description }) => / name=(\S+)/.exec(description)?.[1]);
  const ok =
    made.length === count && new Set(made).size === count && names.every((one) => made.includes(one));
  console.log(
    [`${ok ? 'ok  ' : 'FAIL'} ${name}: ${made.length} live for ${count} manifests`, ...lines].join('\n'),
  );
  if (!ok) process.exitCode = 1;
}

function file(name, text) {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

async function nginx(name, backend, timeout = '60s') {
  const port = await freePort();
  const conf = file(
    `${name}.conf`,
    `daemon off; worker_processes 1; pid ${folder}/${name}.pid; error_log ${folder}/${name}.log;
events {} http { access_log off; client_body_temp_path ${folder}/${name}-b; proxy_temp_path ${folder}/${name}-p;
fastcgi_temp_path ${folder}/${name}-f; uwsgi_temp_path ${folder}/${name}-u; scgi_temp_path ${folder}/${name}-s;
server { listen 127.0.0.1:${port}; location / { proxy_pass ${backend.url}; proxy_read_timeout ${timeout}; } } }`,
  );
  const run = () => start('nginx', ['-c', conf, '-e', `${folder}/${name}.log`]);
  const control = { port, conf, child: run(), run };
  await listening(port);
  return control;
}

async function haproxy(name, backend, timeout) {
  const port = await freePort();
  const conf = file(
    `${name}.cfg`,
    `defaults
  mode http
  timeout connect 5s
  timeout client 60s
  timeout server ${timeout}
listen l
  bind 127.0.0.1:${port}
  server s 127.0.0.1:${backend.own}
`,
  );
  start('haproxy', ['-f', conf]);
  await listening(port);
  return port;
}

async function squid(name, rules = 'http_access allow all') {
  const port = await freePort();
  const conf = file(
    `${name}.conf`,
    `http_port 127.0.0.1:${port}\n${rules}\npid_filename ${folder}/${name}.pid\naccess_log none\ncache deny all
cache_log ${folder}/${name}.log\ncoredump_dir ${folder}\nshutdown_lifetime 0 seconds\npinger_enable off\n`,
  );
  const run = () => start('squid', ['-N', '-f', conf]);
  const control = { port, run, child: run() };
  await listening(port);
  return control;
}

async function tinyproxy(name) {
  const port = await freePort();
  const conf = file(
    `${name}.conf`,
    `Port ${port}\nListen 127.0.0.1\nTimeout 600\nMaxClients 50\nLogLevel Error\n`,
  );
  const run = () => start('tinyproxy', ['-d', '-c', conf]);
  const control = { port, run, child: run() };
  await listening(port);
  return control;
}

/** Ends it at once and starts it again: every connection through it breaks. */
async function restart(control, pause = 300) {
  end(control.child);
  await control.child.done;
  await sleep(pause);
  control.child = control.run();
}

const PARTS = {
  'nginx-reload': async (name) => {
    const backend = await startBackend(name, { createMs: 150 });
    const gateway = await nginx(name, backend);
    const disturb = () =>
      execFileSync('nginx', ['-c', gateway.conf, '-e', `${folder}/${name}.log`, '-s', 'reload']);
    await tryOut(name, backend, { env: { MP_API_URL: `http://127.0.0.1:${gateway.port}` }, disturb });
  },
  'nginx-restart': async (name) => {
    const backend = await startBackend(name, { createMs: 150 });
    const gateway = await nginx(name, backend);
    await tryOut(name, backend, {
      env: { MP_API_URL: `http://127.0.0.1:${gateway.port}` },
      disturb: () => restart(gateway),
    });
  },
  'haproxy-gives-up': async (name) => {
    const backend = await startBackend(name, { createMs: 25_000 });
    const port = await haproxy(name, backend, '3s');
    await tryOut(name, backend, { count: 2, env: { MP_API_URL: `http://127.0.0.1:${port}` } });
  },
  'nginx-gives-up': async (name) => {
    const backend = await startBackend(name, { createMs: 8_000 });
    const gateway = await nginx(name, backend, '2s');
    await tryOut(name, backend, { count: 6, env: { MP_API_URL: `http://127.0.0.1:${gateway.port}` } });
  },
  'squid-restart': async (name) => {
    const backend = await startBackend(name, { createMs: 150, tls: true });
    const proxy = await squid(name);
    const env = { MP_API_URL: backend.url, HTTPS_PROXY: `127.0.0.1:${proxy.port}` };
    await tryOut(name, backend, { env, disturb: () => restart(proxy) });
  },
  'squid-forbids': async (name) => {
    const backend = await startBackend(name, { createMs: 0, tls: true });
    const proxy = await squid(name, 'http_access deny all');
    const { root } = repository(name, 1);
    const env = {
      MP_API_URL: backend.url,
      MP_API_KEY: 'key_0123456789',
      MP_NAMESPACE: 'ns',
      HTTPS_PROXY: `http://127.0.0.1:${proxy.port}`,
    };
    const began = Date.now();
    const child = spawn('node', [MXT, 'plan'], { cwd: root, env: { ...process.env, ...env } });
    let text = '';
    child.stderr.on('data', (chunk) => (text += chunk));
    await new Promise((ended) => child.on('close', ended));
    const ok = text.includes('answered 403 and opened no tunnel');
    console.log(`${ok ? 'ok  ' : 'FAIL'} ${name}: ${Date.now() - began} ms\n${text.replace(/^/gm, '    ')}`);
    if (!ok) process.exitCode = 1;
  },
  'tinyproxy-restart': async (name) => {
    const backend = await startBackend(name, { createMs: 150, tls: true });
    const proxy = await tinyproxy(name);
    const env = { MP_API_URL: backend.url, ALL_PROXY: `http://127.0.0.1:${proxy.port}` };
    await tryOut(name, backend, { env, disturb: () => restart(proxy) });
  },
};

const chosen = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(PARTS);
try {
  execFileSync(
    'openssl',
    [
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-days',
      '2',
      '-subj',
      '/CN=mxt',
      '-addext',
      `subjectAltName=IP:${address}`,
    ].concat(['-keyout', join(folder, 'key.pem'), '-out', join(folder, 'cert.pem')]),
    { stdio: 'ignore' },
  );
  await Promise.all(
    chosen.map((name) =>
      PARTS[name](name).catch((error) => {
        process.exitCode = 1;
        console.log(`FAIL ${name}: ${error.stack}`);
      }),
    ),
  );
} finally {
  for (const child of children) end(child);
  rmSync(folder, { recursive: true, force: true });
}
process.exit();
