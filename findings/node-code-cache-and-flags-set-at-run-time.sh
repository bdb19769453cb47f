#!/usr/bin/env bash
# vm.Script's createCachedData notes the flags of V8 at that moment, and a later process takes the code only under the same
# ones. A program that has called v8.setFlagsFromString in between writes a cache that is refused in every run after it: no
# error, no warning, only cachedDataRejected and no time won. Setting the flag back before createCachedData mends it, but
# not by naming it alone: --liftoff-only implied two more flags on Node 20 and 22, which stay when --no-liftoff-only is said,
# and does not on Node 24.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat >probe.cjs <<'JS'
const { readFileSync, writeFileSync } = require('node:fs');
const { setFlagsFromString } = require('node:v8');
const { Script } = require('node:vm');
const text = `(function () { return ${'1 + '.repeat(100)}1; })`;
const [how, ...flags] = process.argv.slice(2);
if (how === 'write') {
  const script = new Script(text);
  for (const flag of flags) setFlagsFromString(flag);
  writeFileSync('code', script.createCachedData());
} else {
  const { cachedDataRejected } = new Script(text, { cachedData: readFileSync('code') });
  console.log(cachedDataRejected ? 'refused' : 'taken');
}
JS
mkdir 20.20.2 22.23.3 24.21.0
(cd 20.20.2 && npm init --yes >/dev/null && npm install --silent --no-audit --no-fund node@20.20.2)
(cd 22.23.3 && npm init --yes >/dev/null && npm install --silent --no-audit --no-fund node@22.23.3)
(cd 24.21.0 && npm init --yes >/dev/null && npm install --silent --no-audit --no-fund node@24.21.0)
for version in 20.20.2 22.23.3 24.21.0; do
  node="$version/node_modules/node/bin/node"
  while read -r flags; do
    # shellcheck disable=SC2086
    "$node" probe.cjs write $flags
    echo "Node $version: ${flags:-no flags}: $("$node" probe.cjs read)"
  done <<'FLAGS'

--liftoff-only
--liftoff-only --no-liftoff-only
--liftoff-only --no-liftoff-only --wasm-tier-up --wasm-dynamic-tiering
FLAGS
done | tee said
diff said - <<'EXPECTED'
Node 20.20.2: no flags: taken
Node 20.20.2: --liftoff-only: refused
Node 20.20.2: --liftoff-only --no-liftoff-only: refused
Node 20.20.2: --liftoff-only --no-liftoff-only --wasm-tier-up --wasm-dynamic-tiering: taken
Node 22.23.3: no flags: taken
Node 22.23.3: --liftoff-only: refused
Node 22.23.3: --liftoff-only --no-liftoff-only: refused
Node 22.23.3: --liftoff-only --no-liftoff-only --wasm-tier-up --wasm-dynamic-tiering: taken
Node 24.21.0: no flags: taken
Node 24.21.0: --liftoff-only: refused
Node 24.21.0: --liftoff-only --no-liftoff-only: taken
Node 24.21.0: --liftoff-only --no-liftoff-only --wasm-tier-up --wasm-dynamic-tiering: taken
EXPECTED
