#!/bin/sh
# What people write before they use a tool: yq, jq and curl. Reads, lists, compares; no validation, no positions.
# usage: shell.sh MANIFESTS URL
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
case $(yq --version) in
  *mikefarah*) asJson='yq -o=json -I=0 .' ;;
  *) asJson='yq -c .' ;;
esac
# shellcheck disable=SC2086
find "$1" -name '*.yaml' -print0 | xargs -0 $asJson >"$work/desired"
offset=0
while
  curl -sSf -X POST "$2/v1/triggers/list" -H 'content-type: application/json' -H "authorization: Bearer $MP_API_KEY" \
    -d "{\"offset\":$offset,\"limit\":1000,\"sort_by\":\"created_at\",\"direction\":\"asc\"}" >"$work/page"
  jq -c '.results[]' "$work/page" >>"$work/live"
  offset=$(wc -l <"$work/live")
  test "$offset" -lt "$(jq .total "$work/page")"
do :; done
jq -n -r --slurpfile desired "$work/desired" --slurpfile live "$work/live" '
  def half: {action_type, action_config, trigger_type, schedule_config};
  ($live | map({key: (.description | capture(" name=(?<name>[^ ]+) ").name), value: .}) | from_entries) as $byName
  | [$desired[] | select(
      $byName[.name] as $other
      | $other == null or half != ($other | half) or .description != ($other.description | split("\n\n[mxt:1 ")[0])
    )] | "\(length) changes, \($live | length) live"'
