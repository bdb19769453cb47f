#!/usr/bin/env bash
# mixpeek 1.3.783 (Python): TriggersApi.list_triggers takes a ListTriggersRequest with filters and a page, and sends none of
# it: the method is a GET, and the client's transport sends a body with POST, PUT, PATCH and DELETE alone. No error, no
# warning: who asks for paused triggers gets the first page of all. list_triggers_0 is the one that works.
# Seen:
#   list_triggers   GET /v1/triggers body=''
#   list_triggers_0 POST /v1/triggers/list body='{"status": "paused", "offset": 0, "limit": 50, ...}'
# Exits with 1 where that has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder"
"$folder/bin/pip" install --quiet --disable-pip-version-check mixpeek==1.3.783 pydantic==2.14.4 urllib3==2.8.0
"$folder/bin/python" - <<'PYTHON'
import sys, threading
from http.server import BaseHTTPRequestHandler, HTTPServer
import mixpeek
from mixpeek import models

seen = []

class Handler(BaseHTTPRequestHandler):
    def answer(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        seen.append((self.command, self.path, body))
        text = b'{"results": [], "total": 0, "offset": 0, "limit": 50}'
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)
    do_GET = do_POST = answer
    def log_message(self, *_):
        pass

server = HTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
configuration = mixpeek.Configuration(
    host=f"http://127.0.0.1:{server.server_port}", access_token="k", api_key={"NamespaceHeader": "ns_1"}
)
api = mixpeek.TriggersApi(mixpeek.ApiClient(configuration))
wanted = models.SharedTriggersModelsListTriggersRequest(status="paused")
api.list_triggers(wanted)
api.list_triggers_0(wanted)
for name, (method, path, body) in zip(("list_triggers", "list_triggers_0"), seen):
    print(f"{name:15} {method} {path} body={body!r}")
(first, second) = seen
same = first == ("GET", "/v1/triggers", "") and second[:2] == ("POST", "/v1/triggers/list") and "paused" in second[2]
sys.exit(0 if same else 1)
PYTHON
