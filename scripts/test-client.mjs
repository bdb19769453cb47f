// Drives `mxt sandbox` with the service's own Python client, pinned, and `mxt` with what that client made and edited.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { mxt, pythonEnvironment, root, startSandbox } from './python-sandbox.mjs';

const bin = pythonEnvironment(join(root, 'test/client/requirements.txt'));
const { url, stop } = await startSandbox();
const { status } = spawnSync(join(bin, 'python'), ['-B', join(root, 'test/client/main.py'), url], {
  stdio: 'inherit',
  env: { ...process.env, MXT: mxt, NODE: process.execPath },
});
stop();
process.exitCode = status ?? 1;
