#!/usr/bin/env bash
# A vm.Script with importModuleDynamically set to vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER may import(), as its
# documentation says. On Node 20, where V8 takes the cachedData of a run before, the same script with the same option may not:
# import() rejects with "A dynamic import callback was not specified". So it works in the first run and fails in every
# later one. Node 22 and 24 import in both.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat >probe.cjs <<'JS'
const { existsSync, readFileSync, writeFileSync } = require('node:fs');
const { constants, Script } = require('node:vm');
const kept = existsSync('code') ? { cachedData: readFileSync('code') } : {};
const script = new Script("(function () { return import('node:dns'); })", {
  ...kept,
  filename: __filename,
  importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
});
const how = script.cachedDataRejected === false ? 'taken from a cache' : 'compiled';
script
  .runInThisContext()()
  .then(
    () => console.log(`${how}: imported`),
    ({ message }) => console.log(`${how}: ${message}`),
  )
  .then(() => writeFileSync('code', script.createCachedData()));
JS
mkdir 20.20.2 22.23.3 24.21.0
(cd 20.20.2 && npm init --yes >/dev/null && npm install --silent --no-audit --no-fund node@20.20.2)
(cd 22.23.3 && npm init --yes >/dev/null && npm install --silent --no-audit --no-fund node@22.23.3)
(cd 24.21.0 && npm init --yes >/dev/null && npm install --silent --no-audit --no-fund node@24.21.0)
for version in 20.20.2 22.23.3 24.21.0; do
  rm -f code
  for run in 1 2; do
    echo "Node $version, run $run: $("$version/node_modules/node/bin/node" --no-warnings probe.cjs)"
  done
done | tee said
diff said - <<'EXPECTED'
Node 20.20.2, run 1: compiled: imported
Node 20.20.2, run 2: taken from a cache: A dynamic import callback was not specified.
Node 22.23.3, run 1: compiled: imported
Node 22.23.3, run 2: taken from a cache: imported
Node 24.21.0, run 1: compiled: imported
Node 24.21.0, run 2: taken from a cache: imported
EXPECTED
