# relabel relabel-me
curl -sS --fail-with-body -X PATCH "$MP_API_URL/v1/triggers/trg_relabel-me" \
  -H "Authorization: Bearer $MP_API_KEY" \
  -H 'X-Namespace: ns_test' \
  -H "Content-Type: application/json" \
  -d '{"description":"Nightly clustering\n\n[mxt:1 owner=acme/search name=relabel-me spec=8da67de9ed0efe88 status=active rev=8c1d2e3f4a5b]"}'
# pause pause-me
curl -sS --fail-with-body -X POST "$MP_API_URL/v1/triggers/trg_pause-me/pause" \
  -H "Authorization: Bearer $MP_API_KEY" \
  -H 'X-Namespace: ns_test'
# pause pause-me
curl -sS --fail-with-body -X PATCH "$MP_API_URL/v1/triggers/trg_pause-me" \
  -H "Authorization: Bearer $MP_API_KEY" \
  -H 'X-Namespace: ns_test' \
  -H "Content-Type: application/json" \
  -d '{"description":"Nightly clustering\n\n[mxt:1 owner=acme/search name=pause-me spec=8da67de9ed0efe88 status=paused rev=8c1d2e3f4a5b]"}'
# update drifted
curl -sS --fail-with-body -X PATCH "$MP_API_URL/v1/triggers/trg_drifted" \
  -H "Authorization: Bearer $MP_API_KEY" \
  -H 'X-Namespace: ns_test' \
  -H "Content-Type: application/json" \
  -d '{"schedule_config":{"cron_expression":"0 2 * * *","timezone":"UTC"},"description":"Nightly clustering\n\n[mxt:1 owner=acme/search name=drifted spec=8da67de9ed0efe88 status=active rev=8c1d2e3f4a5b]"}'
# update drifted
curl -sS --fail-with-body -X POST "$MP_API_URL/v1/triggers/trg_drifted/resume" \
  -H "Authorization: Bearer $MP_API_KEY" \
  -H 'X-Namespace: ns_test'
# update update-me
curl -sS --fail-with-body -X PATCH "$MP_API_URL/v1/triggers/trg_update-me" \
  -H "Authorization: Bearer $MP_API_KEY" \
  -H 'X-Namespace: ns_test' \
  -H "Content-Type: application/json" \
  -d '{"schedule_config":{"cron_expression":"0 4 * * *"},"description":"Two\nlines\n\n[mxt:1 owner=acme/search name=update-me spec=8da67de92c3adb4d rev=8c1d2e3f4a5b]"}'
# create create-me
curl -sS --fail-with-body -X POST "$MP_API_URL/v1/triggers" \
  -H "Authorization: Bearer $MP_API_KEY" \
  -H 'X-Namespace: ns_test' \
  -H "Content-Type: application/json" \
  -d '{"action_type":"cluster","action_config":{"cluster_id":"clust_abc123"},"trigger_type":"interval","schedule_config":{"interval_seconds":3600,"start_immediately":true},"description":"Nightly clustering\n\n[mxt:1 owner=acme/search name=create-me spec=6466014084b79076 rev=8c1d2e3f4a5b]"}'
# replace replace-me
new=$(curl -sS --fail-with-body -X POST "$MP_API_URL/v1/triggers" \
  -H "Authorization: Bearer $MP_API_KEY" \
  -H 'X-Namespace: ns_test' \
  -H "Content-Type: application/json" \
  -d '{"action_type":"cluster","action_config":{"cluster_id":"clust_new","filters":{"status":"active"}},"trigger_type":"cron","schedule_config":{"cron_expression":"0 2 * * *","timezone":"UTC"},"description":"Nightly clustering\n\n[mxt:1 owner=acme/search name=replace-me spec=a08a2909ed0efe88 replaces=trg_replace-me was=active rev=8c1d2e3f4a5b]","status":"paused"}' | jq -r .trigger_id)
# replace replace-me
curl -sS --fail-with-body -X DELETE "$MP_API_URL/v1/triggers/trg_replace-me" \
  -H "Authorization: Bearer $MP_API_KEY" \
  -H 'X-Namespace: ns_test'
# replace replace-me
curl -sS --fail-with-body -X POST "$MP_API_URL/v1/triggers/$new/resume" \
  -H "Authorization: Bearer $MP_API_KEY" \
  -H 'X-Namespace: ns_test'
# replace replace-me
curl -sS --fail-with-body -X PATCH "$MP_API_URL/v1/triggers/$new" \
  -H "Authorization: Bearer $MP_API_KEY" \
  -H 'X-Namespace: ns_test' \
  -H "Content-Type: application/json" \
  -d '{"description":"Nightly clustering\n\n[mxt:1 owner=acme/search name=replace-me spec=a08a2909ed0efe88 rev=8c1d2e3f4a5b]"}'
# delete delete-me
curl -sS --fail-with-body -X DELETE "$MP_API_URL/v1/triggers/trg_delete-me" \
  -H "Authorization: Bearer $MP_API_KEY" \
  -H 'X-Namespace: ns_test'
