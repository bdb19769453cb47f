import { createReadClient } from '../api/client.ts';
import { preloadTransport } from '../api/preload.ts';
import { isDeliberate } from '../apply/converge.ts';
import { announcePlan } from '../ci/announce.ts';
import { ciFor } from '../ci/ci.ts';
import type { Plan } from '../domain/plan.ts';
import { FORMATS, type PlanFormat } from '../render/formats.ts';
import { COMMENT_LIMIT, linksFrom, SUMMARY_LIMIT } from '../render/markdown-options.ts';
import { planJson } from '../render/plan-json.ts';
import { colorsFor } from '../render/style.ts';
import { markPending, readBase } from './base.ts';
import { colored } from './colored.ts';
import type { PlanningFlags } from './flags.ts';
import type { Io } from './io.ts';
import { planFails, plannerFor } from './planning.ts';
import { readRepository, refuseEmpty } from './repository.ts';
import { writeText } from './save.ts';
import { openService } from './service.ts';

export interface PlanCommandFlags extends PlanningFlags {
  readonly format: PlanFormat;
  /** The saved plan: the same as `outJson`, under the name that apply's users know. */
  readonly out?: string;
  readonly outJson?: string;
  readonly outMarkdown?: string;
  readonly outHtml?: string;
  readonly base?: string;
  readonly detailedExitcode?: boolean;
}

/** `mxt plan`: manifests → desired, service → live, both → plan, plan → text. Writes nothing but `--out` and the like. */
export async function planCommand(flags: PlanCommandFlags, io: Io): Promise<number> {
  preloadTransport();
  const repository = await readRepository(flags, io);
  refuseEmpty(repository, flags.allowEmpty === true);
  const base = flags.base === undefined ? null : await readBase(flags.base, repository, flags, io);
  const service = await openService(repository.root, flags, io);
  const client = createReadClient(service.clientOptions);
  try {
    const live = await client.listTriggers();
    const own = await plannerFor(repository, service, flags, io).plan(live);
    const plan = base === null ? own : markPending(own, base, live, service, flags, io);
    await show(plan, flags, io);
    if (planFails(plan)) return 1;
    return flags.detailedExitcode && !plan.operations.every(isDeliberate) ? 2 : 0;
  } finally {
    await client.close();
    await service.close();
  }
}

/** One plan in every form that was asked for: files first, so that a reader that closes the pipe loses none. */
async function show(plan: Plan, flags: PlanCommandFlags, io: Io): Promise<void> {
  const options = {
    colors: colorsFor(colored(flags, io)),
    markdown: { limit: COMMENT_LIMIT, ...linksFrom(io.env) },
  };
  const files: readonly (readonly [PlanFormat, string | undefined])[] = [
    ['json', flags.out],
    ['json', flags.outJson],
    ['markdown', flags.outMarkdown],
    ['html', flags.outHtml],
  ];
  for (const [format, path] of files) {
    if (path !== undefined) await writeText(io, path, await FORMATS[format](plan, options));
  }
  const ci = ciFor(io);
  if (ci !== null) {
    const { planMarkdown } = await import('../render/plan-markdown.ts');
    const json = planJson(plan);
    const summary = { ...options.markdown, limit: SUMMARY_LIMIT, unit: 'bytes' as const };
    announcePlan(ci, json, planMarkdown(json, summary));
  }
  io.out(await FORMATS[flags.format](plan, options));
}
