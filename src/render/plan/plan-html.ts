import type { Operation as OperationJson, Plan as PlanJson, Warning } from '../../../generated/plan.d.ts';
import { SANDBOX_URL } from '../../domain/plan.ts';
import { documentHtml, type Html, html } from '../html/html.ts';
import { healthWords, holdLines, withoutHolds } from '../text/health-words.ts';
import { truncate } from '../text/truncate.ts';
import { countWords, nameIds } from '../text/value.ts';
import { aboutWords, groupWarnings, type WarningGroup } from '../text/warning-groups.ts';
import { changeLines, type DiffLine, FULL } from './change-lines.ts';
import { forecastWords } from './forecast-words.ts';
import { PLAN_STYLE } from './plan-html-style.ts';
import { causeWords, labelNote, notManaged, sentence } from './plan-words.ts';
import { scheduleLines } from './schedule-lines.ts';
import { SEVERITY, type Section, sectionsOf } from './severity.ts';
import { planSummaryOf } from './summary.ts';

/** Most characters of a name or an id. */
const NAME = 200;
/** Wider than in a comment: the page scrolls. */
const DETAIL = { ...FULL, width: 4000, lines: 2000 };

/**
 * A plan as one file of HTML: nothing is loaded, no script is needed or allowed to run, whatever stands in it. What
 * cannot be undone comes first and is open; the rest unfolds.
 */
export function planHtml(plans: readonly PlanJson[]): string {
  const several = plans.length === 1 ? null : contents(plans);
  const targets = plans.map((plan) => planSummaryOf(plan).target).join(', ');
  const bodies = plans.map((plan, at) => planBody(plan, several === null ? '' : `-${at + 1}`));
  return documentHtml(`mxt plan: ${truncate(targets, NAME)}`, PLAN_STYLE, html`${several}${bodies}`);
}

/** The way to each plan, with what it comes to. */
function contents(plans: readonly PlanJson[]): Html {
  return html`<header>
<p class="tool">mxt plan</p>
<h1>${plans.length} environments</h1>
<ul class="contents">${plans.map((plan, at) => {
    const { target, verdict } = planSummaryOf(plan);
    return html`<li><a href="#plan-${at + 1}">${truncate(target, NAME)}</a>: ${verdict}</li>`;
  })}</ul>
</header>
`;
}

/** @param suffix keeps the ids of one plan apart from another's */
function planBody(plan: PlanJson, suffix: string): Html {
  const { target, verdict, asides } = planSummaryOf(plan);
  const title =
    suffix === ''
      ? html`<p class="tool">mxt plan</p>\n<h1>${truncate(target, NAME)}</h1>`
      : html`<h1 class="one" id="plan${suffix}">${truncate(target, NAME)}</h1>`;
  return html`<header>
${title}
<p class="place">${placeOf(plan)}</p>
${holdLines(plan.health).map((line) => html`<p class="aside held">${truncate(line, FULL.message)}</p>\n`)}${badges(plan) ?? html`<p class="verdict">${verdict}</p>`}
${asides.map((aside) => html`<p class="aside">${aside}</p>`)}
</header>
<main>
${plan.guards.map(({ guard, message }) => html`<p class="refused" role="note"><strong>Refused</strong> (${guard}): ${truncate(message, FULL.message)}</p>\n`)}
${sectionsOf(plan).map((section) => sectionHtml(section, plan, suffix))}
${warningsHtml(withoutHolds(plan.warnings, plan.health), suffix)}
</main>
<footer>
${forecastHtml(plan)}${notManagedHtml(plan)}
<p><code>${truncate(plan.digest, NAME)}</code></p>
</footer>
`;
}

function placeOf({ api_url, git }: PlanJson): Html {
  const place = api_url === SANDBOX_URL ? 'the embedded sandbox' : truncate(api_url, NAME);
  const commit =
    git.commit === null
      ? null
      : html` · commit <code>${git.commit.slice(0, 12)}</code>${git.dirty ? ', with uncommitted changes' : null}`;
  return html`${place}${commit}`;
}

/** The counts of the verdict, each in its colour; null where there is none to colour. */
function badges({ operations, summary, health }: PlanJson): Html | null {
  const words = healthWords(health);
  const own = operations.filter(({ pending }) => !pending);
  if (own.length === 0) return null;
  const counts = SEVERITY.map((kind) => ({ kind, count: own.filter((one) => one.kind === kind).length }));
  return html`<ul class="badges">${counts
    .filter(({ count }) => count > 0)
    .map(
      ({ kind, count }) =>
        html`<li class="kind ${kind}">${count} ${kind === 'blocked' ? '' : 'to '}${kind}</li> `,
    )}<li class="kind">${summary.unchanged} unchanged</li>${words === null ? null : html` <li class="kind">${words}</li>`}</ul>`;
}

function sectionHtml({ key, title, note, operations }: Section, plan: PlanJson, suffix: string): Html {
  const names = new Map(Object.entries(plan.resources ?? {}));
  return html`<section aria-labelledby="${key}${suffix}">
<h2 id="${key}${suffix}">${title}</h2>
${note === null ? null : html`<p class="note">${note}</p>`}
${operations.map((operation) => operationHtml({ ...operation, changes: nameIds(operation.changes, names) }, key === 'grave'))}
</section>
`;
}

function operationHtml(operation: OperationJson, open: boolean): Html {
  const { kind, intended, name, trigger_id, source, cause, blocked_by, warnings, pending } = operation;
  const note = labelNote(operation);
  const facts = [
    trigger_id === null ? 'a new trigger' : html`<code>${truncate(trigger_id, NAME)}</code>`,
    source === null ? 'in no manifest' : html`<code>${truncate(source.file, NAME)}:${source.line}</code>`,
  ];
  return html`<details${open ? html` open` : null}>
<summary>
<span class="kind ${kind}">${kind === 'blocked' ? `blocked ${intended ?? ''}` : kind}</span>
<span class="name">${truncate(name, NAME)}</span>
<span class="cause">${causeWords(cause, intended ?? kind, blocked_by)}${blocked_by === null ? null : ` · blocked_by: ${blocked_by}`}${pending ? ' · pending already' : null}${warnings.length === 0 ? null : html` · <b class="mark">warning</b>`}</span>
</summary>
<div class="body">
<p class="facts">${facts[0] ?? null} · ${facts[1] ?? null}</p>
${warnings.map((warning) => html`<p class="warning">${warningText(warning)}</p>\n`)}
${note === null ? diffHtml(changeLines(operation.changes, DETAIL)) : html`<p>${sentence(note)}</p>`}
${scheduleHtml(operation)}
${requestsHtml(operation)}
</div>
</details>
`;
}

const CLASSES: Readonly<Record<DiffLine['sign'], string>> = { '-': 'old', '+': 'now', ' ': 'same' };

/** Wide lines wrap, and hang below their sign. */
function diffHtml(lines: readonly DiffLine[]): Html | null {
  if (lines.length === 0) return null;
  return html`<div class="diff" role="group" aria-label="Changes">${lines.map(
    ({ sign, text }) =>
      html`<div class="${CLASSES[sign]}"><span class="sign">${sign}</span><code>${text}</code></div>`,
  )}</div>`;
}

function scheduleHtml(operation: OperationJson): Html | null {
  const lines = scheduleLines(operation);
  if (lines.length === 0) return null;
  return html`<dl class="schedule">${lines.map(
    ({ about, before, after }) =>
      html`<dt>${about}</dt><dd>${before === null ? null : html`<span class="was">${before}</span> → `}<b>${after}</b></dd>`,
  )}</dl>`;
}

function requestsHtml({ requests }: OperationJson): Html | null {
  if (requests.length === 0) return null;
  return html`<details class="requests"><summary>${countWords(requests.length, 'request')}</summary>
<ol>${requests.map(({ method, path }) => html`<li><code>${method} ${truncate(path, 2 * NAME)}</code></li>`)}</ol></details>`;
}

function warningsHtml(warnings: readonly Warning[], suffix: string): Html | null {
  if (warnings.length === 0) return null;
  return html`<section aria-labelledby="warnings${suffix}">
<h2 id="warnings${suffix}">Warnings</h2>
${groupWarnings(warnings).map((group) => html`<p class="warning">${namesHtml(group)}${warningText(group)}</p>\n`)}
</section>
`;
}

function namesHtml(group: WarningGroup): Html | null {
  const names = aboutWords(group, ({ name }) => name && truncate(name, NAME));
  return names === '' ? null : html`<b>${names.slice(0, -2)}</b>: `;
}

function warningText({ code, message }: Pick<WarningGroup, 'code' | 'message'>): string {
  return `${truncate(message, FULL.message)} (${truncate(code, NAME)})`;
}

function forecastHtml({ forecast }: PlanJson): Html | null {
  const words = forecastWords(forecast);
  return words === null
    ? null
    : html`<p class="forecast">Forecast: <b>${words.sum}</b>. ${words.counts}</p>\n`;
}

function notManagedHtml(plan: PlanJson): Html | null {
  const others = notManaged(plan);
  return others === null ? null : html`<p>Not managed here: ${others}.</p>`;
}
