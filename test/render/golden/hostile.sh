#!/usr/bin/env bash
set -euo pipefail
url="${MP_API_URL:-}"
[[ -n $url ]] || url='https://api.mixpeek.com'
while [[ $url == */ ]]; do url="${url%/}"; done
key="${MP_API_KEY:-${MIXPEEK_API_KEY:-}}"
: "${key:?MP_API_KEY is not set: it holds the API key}"

# update a
curl -sS --fail-with-body -X PATCH "$url/v1/triggers/%1B%5B2J%1B%5D0%3Btitle%07%20%3A%3Aset-output%20name%3Dx%3A%3Ay%0A%3A%3Aerror%3A%3Aforged%0D%0A%E2%80%AEgnp.exe%20%3Cscript%3Ealert(1)%3C%2Fscript%3E%20%60%60%60%20%E2%80%8B%E2%80%A8%EF%BF%BD%20%C2%9B31m" \
  -H "Authorization: Bearer $key" \
  -H 'X-Namespace: ns_test' \
  -H 'Content-Type: application/json' \
  --data-raw '{"schedule_config":{"cron_expression":"0 2 * * *","timezone":"UTC"},"description":"\u001b[2J\u001b]0;title\u0007 ::set-output name=x::y\n::error::forged\r\n\u202egnp.exe <script>alert(1)</script> ``` \u200b\u2028\ud800 \u009b31m\n\n[mxt:1 owner=acme/search name=a spec=8da67de9a8c1fe24]"}'

# create b
curl -sS --fail-with-body -X POST "$url/v1/triggers" \
  -H "Authorization: Bearer $key" \
  -H 'X-Namespace: ns_test' \
  -H 'Content-Type: application/json' \
  --data-raw '{"action_type":"cluster","action_config":{"cluster_id":"\u001b[2J\u001b]0;title\u0007 ::set-output name=x::y\n::error::forged\r\n\u202egnp.exe <script>alert(1)</script> ``` \u200b\u2028\ud800 \u009b31m"},"trigger_type":"cron","schedule_config":{"cron_expression":"0 2 * * *","timezone":"UTC"},"description":"Nightly clustering\n\n[mxt:1 owner=acme/search name=b spec=980455dded0efe88]","name":"b"}'

# delete c
curl -sS --fail-with-body -X DELETE "$url/v1/triggers/trg_c" \
  -H "Authorization: Bearer $key" \
  -H 'X-Namespace: ns_test'

# delete d
curl -sS --fail-with-body -X DELETE "$url/v1/triggers/trg_d" \
  -H "Authorization: Bearer $key" \
  -H 'X-Namespace: ns_test'
