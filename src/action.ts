// The entry of the GitHub Action: action.yml runs it as the single file action/index.mjs, with no arguments. It is also
// the command line where nothing was built: bin/mxt.js then loads the same file.
import { basename } from 'node:path';
import { runAction } from './action/run-action.ts';
import { runCli } from './cli/cli.ts';
import { main } from './main.ts';

const [, script = '', ...args] = process.argv;
const isAction = args.length === 0 && basename(script) === 'index.mjs';
await main((io) => (isAction ? runAction(io, runCli) : runCli(args, io)));
