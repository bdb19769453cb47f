#!/usr/bin/env bash
# node:v8's setFlagsFromString, for a flag that this V8 does not have, neither throws nor returns anything: V8 itself writes
# "Error: unrecognized flag" and a hint on the process's stderr, past process.stderr, and the program goes on with exit code 0.
# Flags go from one major to the next: Node 20 has --interrupt-budget, Node 22 has --invocation-count-for-turbofan in its place,
# and each says so of the other's. A library that sets one for every Node writes into its users' error output.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat >probe.cjs <<'JS'
const { setFlagsFromString } = require('node:v8');
process.stderr.write = () => true; // what V8 writes does not come this way
for (const flag of ['--interrupt-budget=1200000', '--invocation-count-for-turbofan=54000']) {
  const returned = setFlagsFromString(flag);
  require('node:fs').writeSync(2, `${flag}: returned ${returned}\n`);
}
JS
mkdir 20.20.2 22.23.3
(cd 20.20.2 && npm init --yes >/dev/null && npm install --silent --no-audit --no-fund node@20.20.2)
(cd 22.23.3 && npm init --yes >/dev/null && npm install --silent --no-audit --no-fund node@22.23.3)
for version in 20.20.2 22.23.3; do
  "$version/node_modules/node/bin/node" probe.cjs 2>"$version/said" && echo "Node $version: exit code 0"
  cat "$version/said"
done | tee said
diff said - <<'EXPECTED'
Node 20.20.2: exit code 0
--interrupt-budget=1200000: returned undefined
Error: unrecognized flag --invocation-count-for-turbofan=54000
Try --help for options
--invocation-count-for-turbofan=54000: returned undefined
Node 22.23.3: exit code 0
Error: unrecognized flag --interrupt-budget=1200000
Try --help for options
--interrupt-budget=1200000: returned undefined
--invocation-count-for-turbofan=54000: returned undefined
EXPECTED
