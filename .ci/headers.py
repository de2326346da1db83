"""A server sends for each file what the site's `_headers` asks of hosts that read it, and the usual types for the rest.

Call: headers.py SITE URL. Prints a line for each header that differs, and fails if there is one.
"""
import os
import sys
import urllib.error
import urllib.parse
import urllib.request
from fnmatch import fnmatchcase

site, url = sys.argv[1].rstrip("/"), sys.argv[2].rstrip("/")
TYPES = {
    ".html": "text/html", ".css": "text/css", ".txt": "text/plain", ".json": "application/json", ".svg": "image/svg+xml",
    ".asc": "application/pgp-signature", ".zip": "application/zip", ".csv": "text/csv",
}

rules = []
with open(f"{site}/_headers", encoding="utf-8") as file:
    for line in file.read().splitlines():
        if line.startswith("/"):
            rules.append((line, []))
        else:
            rules[-1][1].append(tuple(part.strip() for part in line.split(":", 1)))

bad = seen = 0
for folder, _, names in sorted(os.walk(site)):
    for name in sorted(names):
        path = os.path.relpath(f"{folder}/{name}", site)
        asked = "/" + (path[: -len("index.html")] if name == "index.html" else path)
        wanted = dict(header for pattern, headers in rules if fnmatchcase(asked, pattern) for header in headers)
        wanted.setdefault("Content-Type", TYPES.get(os.path.splitext(name)[1]))
        request = urllib.request.Request(url + urllib.parse.quote(asked), method="HEAD")
        try:
            sent = urllib.request.urlopen(request, timeout=60).headers
        except urllib.error.HTTPError as error:
            sent = {"status": error.code}
        seen += 1
        for header, value in wanted.items():
            got = sent.get(header)
            # What says no charset leaves it to the server.
            same = got == value or header == "Content-Type" and got and value and got.split(";")[0] == value
            if value and not same:
                bad += 1
                print(f"FAIL: {asked}: {header} is {got}, not {value}", file=sys.stderr)
print(f"{seen} files, {bad} headers that differ")
sys.exit(bad != 0)
