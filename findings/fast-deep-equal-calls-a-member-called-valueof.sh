#!/usr/bin/env bash
# fast-deep-equal 3.1.3 (the comparison that ajv 8 uses for `const`, `enum` and `uniqueItems`) asks each object for its own
# valueOf and toString, and calls what it finds. In parsed JSON that may be a member: comparing two values throws a TypeError
# in place of an answer, and so does ajv for a document that its schema allows. `node:util`'s isDeepStrictEqual says true.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts fast-deep-equal@3.1.3 ajv@8.20.0
cat >probe.mjs <<'JS'
import { isDeepStrictEqual } from 'node:util';
import Ajv from 'ajv';
import equal from 'fast-deep-equal';

const say = (what, ask) => {
  try {
    console.log(`${what}: ${ask()}`);
  } catch (error) {
    console.log(`${what}: ${error.name}: ${error.message}`);
  }
};
const twice = (text) => [JSON.parse(text), JSON.parse(text)];
for (const text of ['{"name":1}', '{"valueOf":1}', '{"toString":"x"}']) {
  say(`fast-deep-equal ${text}`, () => equal(...twice(text)));
  say(`isDeepStrictEqual ${text}`, () => isDeepStrictEqual(...twice(text)));
}
const validate = new Ajv().compile({ type: 'array', uniqueItems: true });
say('ajv uniqueItems, two different objects', () => validate(JSON.parse('[{"valueOf":1},{"valueOf":2}]')));
JS
node probe.mjs | tee seen
cat >expected <<'TEXT'
fast-deep-equal {"name":1}: true
isDeepStrictEqual {"name":1}: true
fast-deep-equal {"valueOf":1}: TypeError: a.valueOf is not a function
isDeepStrictEqual {"valueOf":1}: true
fast-deep-equal {"toString":"x"}: TypeError: a.toString is not a function
isDeepStrictEqual {"toString":"x"}: true
ajv uniqueItems, two different objects: TypeError: a.valueOf is not a function
TEXT
diff expected seen
