// The entry of the GitHub Action: action.yml runs it as the single file action/index.mjs.
import { runAction } from './action/run-action.ts';
import { runCli } from './cli/cli.ts';
import { main } from './main.ts';

await main((io) => runAction(io, runCli));
