#!/usr/bin/env bash
# json-merge-patch 1.0.2: a patch with a member called "constructor" is applied as far as that member and no further, and
# the rest of it is dropped without an error; tiny-merge-patch 1.0.0 applies all of it, as RFC
# 7396 has it. json-merge-patch also changes the target that it is given, which tiny-merge-patch does not.
# Seen, for {"a":1} and the patch {"constructor":1,"b":2}:
#   json-merge-patch {"a":1}
#   tiny-merge-patch {"a":1,"constructor":1,"b":2}
# and for {"f":{"x":1}} and {"f":{"y":2}}, the target afterwards:
#   json-merge-patch {"f":{"x":1,"y":2}}
#   tiny-merge-patch {"f":{"x":1}}
# Exits with 1 where that has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes > /dev/null
npm install --silent --no-audit --no-fund json-merge-patch@1.0.2 tiny-merge-patch@1.0.0
cat > try.mjs <<'JAVASCRIPT'
import jsonMergePatch from 'json-merge-patch';
import { apply } from 'tiny-merge-patch';

const parse = (text) => JSON.parse(text);
const seen = [jsonMergePatch.apply, apply].flatMap((merge) => {
  const target = parse('{"f":{"x":1}}');
  merge(target, parse('{"f":{"y":2}}'));
  return [merge(parse('{"a":1}'), parse('{"constructor":1,"b":2}')), target].map((one) => JSON.stringify(one));
});
console.log(seen.join('\n'));
const expected = ['{"a":1}', '{"f":{"x":1,"y":2}}', '{"a":1,"constructor":1,"b":2}', '{"f":{"x":1}}'];
process.exitCode = seen.join() === expected.join() ? 0 : 1;
JAVASCRIPT
node try.mjs
