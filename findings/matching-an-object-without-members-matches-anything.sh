#!/usr/bin/env bash
# expect(actual).toMatchObject(expected), in Vitest 4.1.12 and in Jest 30.2.0 alike, compares the enumerable members that the
# expected object has of its own. A regular expression, a URL, an empty object and an instance without fields have none, so each of
# them, wherever it stands below the expected object, matches whatever is there: a string that the expression does not match,
# a number, another URL. toEqual fails for all of them; expect.stringMatching is what was meant.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund vitest@4.1.12 jest@30.2.0
cat >cases.cjs <<'JS'
class Empty {}
module.exports = [
  ['/yes/ and "no"', /yes/, 'no'],
  ['/yes/ and /no/', /yes/, /no/],
  ['/yes/ and 1', /yes/, 1],
  ['a URL and another', new URL('https://a.example/'), new URL('https://b.example/')],
  ['{} and "no"', {}, 'no'],
  ['an instance without fields and "no"', new Empty(), 'no'],
  ['a Date and "no"', new Date(0), 'no'],
  ['a Set and "no"', new Set([1]), 'no'],
  ['stringMatching(/yes/) and "no"', null, 'no'],
];
JS
cat >body.js <<'JS'
for (const [name, expected, actual] of require('./cases.cjs'))
  for (const how of ['toMatchObject', 'toEqual'])
    test(`${name}: ${how}`, () => {
      expect({ member: actual })[how]({ member: expected ?? expect.stringMatching(/yes/) });
    });
JS
{
  echo "import { createRequire } from 'node:module'; import { expect, test } from 'vitest';"
  echo 'const require = createRequire(import.meta.url);'
  cat body.js
} >vitest.test.mjs
cp body.js jest.spec.cjs
npx vitest run --reporter json --outputFile vitest.json vitest.test.mjs >/dev/null 2>&1 || true
npx jest --json --outputFile jest.json --testMatch '**/jest.spec.cjs' >/dev/null 2>&1 || true
for runner in vitest jest; do
  node -e "
    const [{ assertionResults }] = require('./$runner.json').testResults;
    for (const { title, status } of assertionResults) console.log('$runner', status, title);
  "
done | tee said
expected() {
  cat <<EXPECTED
$1 passed /yes/ and "no": toMatchObject
$1 failed /yes/ and "no": toEqual
$1 passed /yes/ and /no/: toMatchObject
$1 failed /yes/ and /no/: toEqual
$1 passed /yes/ and 1: toMatchObject
$1 failed /yes/ and 1: toEqual
$1 passed a URL and another: toMatchObject
$1 failed a URL and another: toEqual
$1 passed {} and "no": toMatchObject
$1 failed {} and "no": toEqual
$1 passed an instance without fields and "no": toMatchObject
$1 failed an instance without fields and "no": toEqual
$1 failed a Date and "no": toMatchObject
$1 failed a Date and "no": toEqual
$1 failed a Set and "no": toMatchObject
$1 failed a Set and "no": toEqual
$1 failed stringMatching(/yes/) and "no": toMatchObject
$1 failed stringMatching(/yes/) and "no": toEqual
EXPECTED
}
diff said <(expected vitest; expected jest)
