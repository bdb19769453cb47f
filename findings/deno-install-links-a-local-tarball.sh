#!/usr/bin/env bash
# Deno 2.9.6: `deno install` with a package.json whose dependency is a local tarball (`file:./tiny-1.0.0.tgz`, which npm
# unpacks) exits 0 and makes node_modules/tiny a link to the .tgz file itself. Nothing is unpacked, so an import fails,
# with the advice to run `deno install`.
# Seen:
#   deno install: exit 0, node_modules/tiny -> ../tiny-1.0.0.tgz
#   deno run: exit 1, Could not resolve "tiny" … Did you forget to run `deno install`?
#   npm install, then node: 1
# Exits with 1 where that has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
mkdir tools tiny project
(cd tools && npm init -y >/dev/null && npm install --no-audit --no-fund --loglevel=error deno@2.9.6 >/dev/null 2>&1)
deno="$folder/tools/node_modules/.bin/deno"
export DENO_DIR="$folder/cache" DENO_NO_UPDATE_CHECK=1 NO_COLOR=1
printf '{"name":"tiny","version":"1.0.0","main":"index.js"}' >tiny/package.json
printf 'module.exports = 1;\n' >tiny/index.js
(cd tiny && npm pack --silent --pack-destination ../project >/dev/null)
cd project
printf '{"name":"p","version":"1.0.0","dependencies":{"tiny":"file:./tiny-1.0.0.tgz"}}' >package.json
printf 'import tiny from "tiny";\nconsole.log(tiny);\n' >main.mjs

"$deno" --version | head -1
"$deno" install
link=$(readlink node_modules/tiny || true)
echo "deno install: exit 0, node_modules/tiny -> $link"
said=$("$deno" run -A main.mjs 2>&1) && ran=0 || ran=$?
echo "deno run: exit $ran, $(head -1 <<<"$said")"
rm -rf node_modules
npm install --no-audit --no-fund --loglevel=error >/dev/null 2>&1
echo "npm install, then node: $(node main.mjs)"
[ "$link" = ../tiny-1.0.0.tgz ] && [ "$ran" != 0 ] && [[ $said == *'Could not resolve "tiny"'* ]]
