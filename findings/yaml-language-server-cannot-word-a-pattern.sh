#!/usr/bin/env bash
# yaml-language-server 2.0.0 (VS Code, Neovim, …): what breaks a pattern is told by quoting the regular expression. Its
# private keyword patternErrorMessage words it, but strict ajv 8.20.0 then refuses the schema. A constant in the else of an
# `if` that holds the pattern is standard draft-07, and gives a sentence in both.
# Seen, for the name "Nightly Clusters":
#   pattern              editor: String does not match the pattern of "^[a-z0-9-]+$".   strict ajv compiles it
#   patternErrorMessage  editor: lower case letters, digits and -                       strict ajv: unknown keyword: "patternErrorMessage"
#   if, else, const      editor: Value must be "lower case letters, digits and -".      strict ajv compiles it
# Exits with 1 where that has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes > /dev/null
npm install --silent --no-audit --no-fund yaml-language-server@2.0.0 ajv@8.20.0
cat > try.mjs <<'JAVASCRIPT'
import { Ajv } from 'ajv';
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const [pattern, words] = ['^[a-z0-9-]+$', 'lower case letters, digits and -'];
const forms = {
  pattern: { type: 'string', pattern },
  patternErrorMessage: { type: 'string', pattern, patternErrorMessage: words },
  'if, else, const': { type: 'string', if: { pattern }, else: { const: words } },
};

function editor(schema) {
  writeFileSync('schema.json', JSON.stringify({ type: 'object', properties: { name: schema } }));
  const child = spawn(process.execPath, ['node_modules/yaml-language-server/bin/yaml-language-server', '--stdio'], { stdio: ['pipe', 'pipe', 'ignore'] });
  const send = (message) => {
    const body = JSON.stringify({ jsonrpc: '2.0', ...message });
    child.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  };
  const yaml = { validate: true, schemaStore: { enable: false }, schemas: { [pathToFileURL('schema.json').href]: '*' } };
  const textDocument = { uri: 'file:///a.yaml', languageId: 'yaml', version: 1, text: 'name: Nightly Clusters\n' };
  return new Promise((done) => {
    let rest = '';
    child.stdout.setEncoding('utf8').on('data', (data) => {
      rest += data;
      for (let head = rest.indexOf('\r\n\r\n'); head !== -1; head = rest.indexOf('\r\n\r\n')) {
        const length = Number(/Content-Length: (\d+)/.exec(rest.slice(0, head))[1]);
        if (rest.length < head + 4 + length) return;
        const message = JSON.parse(rest.slice(head + 4, head + 4 + length));
        rest = rest.slice(head + 4 + length);
        if (message.id === 'start') {
          send({ method: 'initialized', params: {} });
          send({ method: 'workspace/didChangeConfiguration', params: { settings: { yaml } } });
          send({ method: 'textDocument/didOpen', params: { textDocument } });
        } else if (message.method === 'textDocument/publishDiagnostics') {
          child.kill();
          done(message.params.diagnostics.map((one) => one.message).join(' '));
        } else if (message.id !== undefined) send({ id: message.id, result: message.params?.items?.map(() => yaml) ?? null });
      }
    });
    send({ id: 'start', method: 'initialize', params: { processId: null, rootUri: null, capabilities: { workspace: { configuration: true } } } });
  });
}

function ajv(schema) {
  try {
    new Ajv({ strict: true }).compile(schema);
    return ' compiles it';
  } catch (error) {
    return `: ${error.message.replace('strict mode: ', '')}`;
  }
}

const seen = [];
for (const [form, schema] of Object.entries(forms)) {
  seen.push([await editor(schema), ajv(schema)]);
  console.log(`${form.padEnd(20)} editor: ${seen.at(-1)[0].padEnd(60)} strict ajv${seen.at(-1)[1]}`);
}
const expected = [
  [`String does not match the pattern of "${pattern}".`, ' compiles it'],
  [words, ': unknown keyword: "patternErrorMessage"'],
  [`Value must be "${words}".`, ' compiles it'],
];
process.exitCode = JSON.stringify(seen) === JSON.stringify(expected) ? 0 : 1;
JAVASCRIPT
node try.mjs
