#!/bin/sh
# CSAF documents, as the shared check judges them: every mandatory and optional test counts, but one. Test 6.2.3 asks for a
# score of each affected product. Only an author can give that: half of the RustSec database has no vector, and CSAF 2.0 has
# no place for one of CVSS 4.0. `secsite check` warns of both where they are written.
# usage: check-csaf.sh SITE_DIR [BASE_URL]
. "$(dirname "$0")/lib/common.sh"; need_site "$@"; need_cmd node
findings=$(mktemp); trap 'rm -f "$findings"' EXIT
node "$HERE/lib/csaf-lib.mjs" "$SITE" warn 2> "$findings" || { cat "$findings" >&2; die "csaf-validator-lib finds errors"; }
! grep -v ': optionalTest_6_2_3: ' "$findings" >&2 || die "csaf-validator-lib advises against this"
# shellcheck disable=SC2038
find "$SITE" -name '*.json' -exec grep -l '"csaf_version"' {} + | sort | tr '\n' '\0' |
  xargs -0 "$TOOLS/rust/bin/csaf-validate" --preset extended --warn 6.2.3 > "$findings" 2>&1 ||
  { grep '^FAIL' "$findings" >&2; die "csaf-rs finds errors"; }
echo "ok: csaf-rs; without a score for want of a vector: $(grep -c ' 6.2.3 ' "$findings" || true)"
