#!/usr/bin/env bash
set -euo pipefail
url="${MP_API_URL:-}"
[[ -n $url ]] || url='https://api.mixpeek.com'
while [[ $url == */ ]]; do url="${url%/}"; done
key="${MP_API_KEY:-${MIXPEEK_API_KEY:-}}"
: "${key:?MP_API_KEY is not set: it holds the API key}"

# apply would send nothing of this.
echo 'refused (max_deletes): 2 of 9 owned triggers would be deleted or replaced, guard.max_deletes allows 1; --max-deletes 2 allows it this once' >&2
exit 1

# relabel relabel-me
curl -sS --fail-with-body -X PATCH "$url/v1/triggers/trg_relabel-me" \
  -H "Authorization: Bearer $key" \
  -H 'X-Namespace: ns_test' \
  -H 'Content-Type: application/json' \
  --data-raw '{"description":"Nightly clustering\n\n[mxt:1 owner=acme/search name=relabel-me spec=8da67de9ed0efe88 status=active rev=8c1d2e3f4a5b]"}'

# pause pause-me
curl -sS --fail-with-body -X POST "$url/v1/triggers/trg_pause-me/pause" \
  -H "Authorization: Bearer $key" \
  -H 'X-Namespace: ns_test' \
  -H 'Content-Length: 0'

# pause pause-me
curl -sS --fail-with-body -X PATCH "$url/v1/triggers/trg_pause-me" \
  -H "Authorization: Bearer $key" \
  -H 'X-Namespace: ns_test' \
  -H 'Content-Type: application/json' \
  --data-raw '{"description":"Nightly clustering\n\n[mxt:1 owner=acme/search name=pause-me spec=8da67de9ed0efe88 status=paused rev=8c1d2e3f4a5b]"}'

# update drifted
curl -sS --fail-with-body -X PATCH "$url/v1/triggers/trg_drifted" \
  -H "Authorization: Bearer $key" \
  -H 'X-Namespace: ns_test' \
  -H 'Content-Type: application/json' \
  --data-raw '{"schedule_config":{"cron_expression":"0 2 * * *","timezone":"UTC"},"description":"Nightly clustering\n\n[mxt:1 owner=acme/search name=drifted spec=8da67de9ed0efe88 status=active rev=8c1d2e3f4a5b]"}'

# update drifted
curl -sS --fail-with-body -X POST "$url/v1/triggers/trg_drifted/resume" \
  -H "Authorization: Bearer $key" \
  -H 'X-Namespace: ns_test' \
  -H 'Content-Length: 0'

# update update-me
curl -sS --fail-with-body -X PATCH "$url/v1/triggers/trg_update-me" \
  -H "Authorization: Bearer $key" \
  -H 'X-Namespace: ns_test' \
  -H 'Content-Type: application/json' \
  --data-raw '{"schedule_config":{"cron_expression":"0 4 * * *"},"description":"Two\nlines\n\n[mxt:1 owner=acme/search name=update-me spec=8da67de92c3adb4d rev=8c1d2e3f4a5b]"}'

# create create-me
curl -sS --fail-with-body -X POST "$url/v1/triggers" \
  -H "Authorization: Bearer $key" \
  -H 'X-Namespace: ns_test' \
  -H 'Content-Type: application/json' \
  --data-raw '{"action_type":"cluster","action_config":{"cluster_id":"clust_abc123"},"trigger_type":"interval","schedule_config":{"interval_seconds":3600,"start_immediately":true},"description":"Nightly clustering\n\n[mxt:1 owner=acme/search name=create-me spec=6466014084b79076 rev=8c1d2e3f4a5b]","name":"create-me"}'

# replace replace-me
answer=$(
curl -sS --fail-with-body -X POST "$url/v1/triggers" \
  -H "Authorization: Bearer $key" \
  -H 'X-Namespace: ns_test' \
  -H 'Content-Type: application/json' \
  --data-raw '{"action_type":"cluster","action_config":{"cluster_id":"clust_new","filters":{"status":"active"}},"trigger_type":"cron","schedule_config":{"cron_expression":"0 2 * * *","timezone":"UTC"},"description":"Nightly clustering\n\n[mxt:1 owner=acme/search name=replace-me spec=a08a2909ed0efe88 replaces=trg_replace-me was=active rev=8c1d2e3f4a5b]","status":"paused","name":"replace-me"}'
) || { echo "$answer" >&2; exit 1; }
new=$(jq -r '.trigger_id | strings | @uri' <<< "$answer")
[[ -n $new ]] || { echo "the answer has no trigger_id: $answer" >&2; exit 1; }

# replace replace-me
curl -sS --fail-with-body -X DELETE "$url/v1/triggers/trg_replace-me" \
  -H "Authorization: Bearer $key" \
  -H 'X-Namespace: ns_test'

# replace replace-me
curl -sS --fail-with-body -X POST "$url/v1/triggers/$new/resume" \
  -H "Authorization: Bearer $key" \
  -H 'X-Namespace: ns_test' \
  -H 'Content-Length: 0'

# replace replace-me
curl -sS --fail-with-body -X PATCH "$url/v1/triggers/$new" \
  -H "Authorization: Bearer $key" \
  -H 'X-Namespace: ns_test' \
  -H 'Content-Type: application/json' \
  --data-raw '{"description":"Nightly clustering\n\n[mxt:1 owner=acme/search name=replace-me spec=a08a2909ed0efe88 rev=8c1d2e3f4a5b]"}'

# delete delete-me
curl -sS --fail-with-body -X DELETE "$url/v1/triggers/trg_delete-me" \
  -H "Authorization: Bearer $key" \
  -H 'X-Namespace: ns_test'
