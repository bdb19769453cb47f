// Puts a plan on its merge request: one note for each environment, kept up to date, and counts.json for the widget.
// Usage: node note.mjs plan.json plan.md, in a merge request's pipeline, with GITLAB_TOKEN (scope api) in the environment.
import { readFileSync, writeFileSync } from 'node:fs';

const [planFile, markdownFile] = process.argv.slice(2);
const plan = JSON.parse(readFileSync(planFile, 'utf8'));
const { create, update, replace, delete: deleted } = plan.summary;

// The widget counts as Terraform does: what is replaced is created and deleted.
writeFileSync('counts.json', JSON.stringify({ create: create + replace, update, delete: deleted + replace }));

const { CI_API_V4_URL, CI_MERGE_REQUEST_IID, CI_PROJECT_ID, GITLAB_TOKEN } = process.env;
if (!GITLAB_TOKEN) fail('GITLAB_TOKEN is not set: a project access token with the scope api.');
const notes = `/projects/${CI_PROJECT_ID}/merge_requests/${CI_MERGE_REQUEST_IID}/notes`;

const marker = `<!-- mxt:note ${JSON.stringify([plan.owner, plan.environment]).replaceAll('-->', '')} -->`;
// A line that begins with a slash would be a command to GitLab.
const body = `${marker}\n${readFileSync(markdownFile, 'utf8').replace(/^(\s*)\//gm, '$1&#47;')}`;

const me = (await call('GET', '/user')).json;
const mine = await find(({ author, body: text }) => author.id === me.id && text.startsWith(marker));
if (mine !== undefined) await call('PUT', `${notes}/${mine.id}`, { body });
else if (plan.operations.length + plan.guards.length > 0) await call('POST', notes, { body });

/** The first note that fits, of however many pages. */
async function find(fits) {
  for (let page = '1'; page; ) {
    const { json, next } = await call('GET', `${notes}?per_page=100&page=${page}`);
    const found = json.find(fits);
    if (found !== undefined) return found;
    page = next;
  }
}

async function call(method, path, content) {
  const answer = await fetch(`${CI_API_V4_URL}${path}`, {
    method,
    headers: { 'PRIVATE-TOKEN': GITLAB_TOKEN, 'content-type': 'application/json' },
    ...(content === undefined ? {} : { body: JSON.stringify(content) }),
  });
  if (!answer.ok)
    fail(`${method} ${path} was answered ${answer.status}: may the token write notes (scope api)?`);
  return { json: await answer.json(), next: answer.headers.get('x-next-page') };
}

function fail(message) {
  process.stderr.write(`note.mjs: ${message}\n`);
  process.exit(1);
}
