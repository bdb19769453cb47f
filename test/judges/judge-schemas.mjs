// The published schemas beside validators in four languages, and an editor's language server.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { COMPLETED, SAID, startEditor } from './editor.mjs';
import { folderWith } from './install.mjs';
import { documents } from './manifests.mjs';

const KINDS_OF_FILES = ['trigger', 'config'];

/** Commands, with the kind of what they print: in one sandbox, one after the other. */
const COMMANDS = [
  ['validate', 'validation'],
  ['environments', 'environments'],
  ['doctor', 'doctor'],
  ['plan', 'plan'],
  ['plan --all-environments', 'plan'],
  ['dry-run', 'dry-run'],
  ['apply --yes', 'result'],
  ['run a', 'run'],
  ['history a', 'history'],
  ['status', 'status'],
  ['pause a --reason trouble', 'result'],
  ['simulate --days 1', 'simulation'],
  ['schedule --live', 'schedule'],
];

export async function judgeSchemas(judges, report, say) {
  const printed = printedBy(judges);
  const kinds = [...new Set([...KINDS_OF_FILES, ...printed.map(({ schema }) => schema)])];
  const schemas = Object.fromEntries(
    kinds.map((kind) => [kind, JSON.parse(judges.mxt('.', ['schema', '--of', kind]))]),
  );
  // What is printed is right; without its version it is not.
  const spoiled = printed.map(({ schema, value: { format_version: _, ...value } }) => ({ schema, value }));
  const given = [...documents(), ...printed, ...spoiled];
  const file = join(folderWith({}), 'given.json');
  writeFileSync(file, JSON.stringify({ schemas, documents: given }));
  const ajv = new Ajv({ strict: true, allErrors: true });
  const compiled = Object.fromEntries(kinds.map((kind) => [kind, ajv.compile(schemas[kind])]));
  const expected = given.map(({ schema, value }) => compiled[schema](value));
  const first = given.length - printed.length * 2;
  const wrong = expected
    .slice(first)
    .flatMap((valid, at) => (valid === at < printed.length ? [] : [JSON.stringify(given[first + at])]));
  report('schemas: strict ajv takes what is printed, and nothing without a version', wrong);
  const valid = expected.filter(Boolean).length;
  report(
    'schemas: the documents are right and wrong alike',
    valid > 200 && valid < given.length - 200 ? [] : [`${valid} of ${given.length}`],
  );
  const verdicts = {
    ...judges.python('schema_validators.py', [file]),
    'jsonschema (Go)': judges.go('schemas', file),
  };
  for (const [validator, said] of Object.entries(verdicts)) {
    const others = said.flatMap((verdict, at) =>
      verdict === expected[at]
        ? []
        : [`${verdict ? 'takes' : 'refuses'} ${JSON.stringify(given[at])}, other than ajv`],
    );
    report(`schemas: ${validator} says what strict ajv says`, others);
  }
  say(
    `schemas: ${kinds.length} schemas, ${given.length} documents (${valid} valid), ${Object.keys(verdicts).length + 1} validators`,
  );
}

function printedBy(judges) {
  const folder = folderWith({
    'mxt.yaml':
      'owner: acme/judges\nenvironments: { staging: { namespace: ns_1 }, production: { namespace: ns_2 } }\n',
    'manifests/a.yaml': `name: a
action_type: cluster
action_config: { cluster_id: clust_1 }
trigger_type: cron
schedule_config: { cron_expression: "0 2 * * *" }
`,
  });
  return COMMANDS.map(([command, schema]) => {
    const words = command.split(' ');
    const all = words.includes('--all-environments') || words[0] === 'environments';
    const sandbox = ['validate', 'environments'].includes(words[0]) ? [] : ['--sandbox'];
    const text = judges.mxt(
      folder,
      [...words, '--format', 'json', ...sandbox],
      all ? {} : { MXT_ENV: 'staging' },
    );
    return { schema, value: JSON.parse(text) };
  });
}

export async function judgeEditor(judges, report, say) {
  const file = new URL('../../schemas/trigger.schema.json', import.meta.url).pathname;
  const editor = await startEditor(judges.editor, file);
  const place = (text) => JSON.stringify(text.length > 90 ? `${text.slice(0, 90)}…` : text);
  for (const [text, expected] of SAID) {
    const said = await editor.check(text);
    const same = JSON.stringify(said.sort()) === JSON.stringify(expected.toSorted());
    report(
      `editor: ${place(text)}`,
      same ? [] : [`says ${JSON.stringify(said)} and not ${JSON.stringify(expected)}`],
    );
  }
  for (const [text, expected] of COMPLETED) {
    const offered = await editor.complete(text);
    const missing = expected.filter((word) => !offered.includes(word));
    report(
      `editor: ${place(text)}`,
      missing.length === 0 ? [] : [`does not offer ${missing} among ${offered}`],
    );
  }
  editor.stop();
  say(`editor: ${SAID.length} texts checked, ${COMPLETED.length} completed`);
}
