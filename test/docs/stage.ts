import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { readDescription } from '../../src/label/parse-label.ts';
import type { Sandbox, SandboxOptions } from '../../src/sandbox/http/server.ts';
import type { StoredTrigger } from '../../src/sandbox/store/namespace-state.ts';
import { childEnv } from '../support/child-env.ts';
import {
  KEY,
  makeRepository,
  type Repository,
  type RunOptions,
  TestClock,
  withSandbox,
} from '../support/cli.ts';

/** When the runs on our pages happen: a Thursday, some weeks before the turn of a year. */
const START = '2026-11-26T04:00:00Z';
const SERVICE = 'https://api.mixpeek.com';
/** `MP_NAMESPACE=ns_search mxt plan` */
const MXT = /^(?:[A-Z_]+=\S+ )*mxt /;

/** Where a page's commands run: a repository, a service, and a clock that only a scene moves. */
export class Stage {
  /** Null is real time, where what is printed tells none. */
  clock: TestClock | null = new TestClock(START);
  repository: Repository = makeRepository();
  /** What the next commands find in their environment. */
  env: Record<string, string> = {};
  service: Sandbox | null = null;
  /** What a page calls the service's address. */
  address = SERVICE;
  /** What is typed at the next command's questions. */
  lines: readonly string[] | undefined;
  #code = 0;
  /** Ids of tasks and commits, in the order in which they were shown first. */
  readonly #shown: string[] = [];

  /** An empty repository, where no service is known. */
  startAnew(): void {
    this.repository = makeRepository();
    this.env = {};
    this.service = null;
    this.address = SERVICE;
  }

  /** From now on commands find the service, as `MP_API_KEY` and `MP_NAMESPACE` say. */
  async connect(
    namespace: string | null = 'ns_prod',
    options: Partial<SandboxOptions> = {},
  ): Promise<Sandbox> {
    const { sandbox } = await withSandbox({
      ...options,
      ...(this.clock === null ? {} : { clock: this.clock.now }),
    });
    this.service = sandbox;
    this.env = { ...this.env, MP_API_URL: sandbox.url, MP_API_KEY: KEY };
    if (namespace !== null) this.env['MP_NAMESPACE'] = namespace;
    return sandbox;
  }

  /** A trigger that somebody made without mxt. */
  async make(trigger: object): Promise<void> {
    const headers = { authorization: `Bearer ${KEY}`, 'x-namespace': this.env['MP_NAMESPACE'] ?? 'ns_prod' };
    const answer = await fetch(`${this.service?.url}/v1/triggers`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify(trigger),
    });
    if (!answer.ok) throw new Error(await answer.text());
  }

  /** A command that no page shows, and that has to go well. */
  async quietly(args: string): Promise<void> {
    const { code, stderr } = await this.#mxt(args.split(' '));
    if (code !== 0) throw new Error(`mxt ${args} exited with ${code}: ${stderr}`);
  }

  /** What somebody else does: in the embedded sandbox, each trigger as it is then. */
  changeEmbedded(change: (trigger: StoredTrigger) => StoredTrigger): void {
    const file = join(this.repository.root, '.mxt/sandbox.json');
    const state = JSON.parse(readFileSync(file, 'utf8'));
    for (const world of Object.values<{ triggers: StoredTrigger[] }>(state.worlds))
      world.triggers = world.triggers.map(change);
    writeFileSync(file, JSON.stringify(state));
  }

  /**
   * Runs a line of a page: mxt in this process, everything else in a shell. As there, a pipe takes what goes to stdout, and
   * of stderr what `2>&1` sends along; the rest of stderr is shown, unless it goes to /dev/null.
   */
  async run(line: string): Promise<string> {
    if (line === 'echo $?') return String(this.#code);
    const [command = '', ...filters] = line.split(' | ');
    if (!MXT.test(command)) return this.#steady(await this.#shell(line, '')).trimEnd();
    const [typed = '', stderr] = command.split(' 2>');
    let piped = '';
    let shown = '';
    await this.#typed(words(typed), (text, stream) => {
      if (stream === 'stdout' || stderr === '&1') piped += text;
      else if (stderr === undefined && filters.length > 0) shown += text;
      else if (stderr === undefined) piped += text;
    });
    const filtered = filters.length === 0 ? piped : await this.#shell(filters.join(' | '), piped);
    return this.#steady(shown + filtered).trimEnd();
  }

  /** @param typed variables that are set for it, `mxt`, and what follows */
  async #typed(typed: readonly string[], onOutput: NonNullable<RunOptions['onOutput']>): Promise<void> {
    const at = typed.indexOf('mxt');
    const set = Object.fromEntries(typed.slice(0, at).map((one) => one.split('=', 2)));
    const { code } = await this.#mxt(typed.slice(at + 1), { env: { ...this.env, ...set }, onOutput });
    this.#code = code;
  }

  #mxt(args: readonly string[], options: RunOptions = {}) {
    const lines = this.lines === undefined ? {} : { lines: this.lines };
    const clock = this.clock === null ? {} : { clock: this.clock };
    return this.repository.mxt(args, { env: this.env, ...clock, ...lines, ...options });
  }

  /** Beside this process, which may be the service that it calls. */
  async #shell(script: string, input: string): Promise<string> {
    const here = this.service === null ? script : script.replaceAll(this.address, this.service.url);
    const shell = spawn('sh', ['-c', here], { cwd: this.repository.root, env: childEnv({}) });
    shell.stdin.on('error', () => {}); // head reads no further than it has to
    shell.stdin.end(input);
    const ended = once(shell, 'close');
    const [stdout, stderr] = await Promise.all([text(shell.stdout), text(shell.stderr)]);
    [this.#code] = await ended;
    if (this.#code === 127) throw new Error(`${script}: ${stderr}`); // no such command
    return (stderr + stdout).trimEnd();
  }

  /** Ids are drawn by chance, and so is the sandbox's port: a page has ids made of names, and the service's address. */
  #steady(printed: string): string {
    const ids = this.#triggerIds();
    const named = printed
      .replaceAll(/trg_[0-9a-f]{16}/g, (id) => ids.get(id) ?? id)
      .replaceAll(/task_[0-9a-f]{16}/g, (id) => `task_${this.#inOrder(id).slice(0, 16)}`)
      .replaceAll(/(?<=since )[0-9a-f]{12}/g, (commit) => this.#inOrder(commit).slice(0, 12));
    const placed = named.replaceAll(this.repository.root, '/home/ana/search');
    return this.service === null ? placed : placed.replaceAll(this.service.url, this.address);
  }

  #triggerIds(): ReadonlyMap<string, string> {
    const seen = new Map<string, number>();
    return new Map(
      this.#triggers().map(({ trigger_id, description, name }) => {
        const read = readDescription(description ?? '');
        const whose = read.kind === 'labelled' ? read.label.name : (name ?? description ?? '');
        const count = (seen.get(whose) ?? 0) + 1;
        seen.set(whose, count);
        return [trigger_id, `trg_${idOf(`${whose} ${count}`)}`];
      }),
    );
  }

  #inOrder(id: string): string {
    const at = this.#shown.indexOf(id);
    return idOf(`shown ${at < 0 ? this.#shown.push(id) - 1 : at}`);
  }

  #triggers(): readonly StoredTrigger[] {
    const file = join(this.repository.root, '.mxt/sandbox.json');
    const embedded: readonly { triggers: StoredTrigger[] }[] = existsSync(file)
      ? Object.values(JSON.parse(readFileSync(file, 'utf8')).worlds)
      : [];
    const served = this.service?.world(this.env['MP_NAMESPACE'] ?? 'ns_prod').triggers ?? [];
    return [...embedded.flatMap(({ triggers }) => triggers), ...served];
  }
}

const idOf = (what: string): string => createHash('sha256').update(what).digest('hex').slice(0, 16);

/** A line's words, as a shell reads plain and single-quoted ones. */
function words(line: string): readonly string[] {
  return [...line.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(
    ([, single, double, plain]) => single ?? double ?? plain ?? '',
  );
}
