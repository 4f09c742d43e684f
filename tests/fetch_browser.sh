#!/usr/bin/env bash
# Make sure there is a Chromium for the browser tests: Debian's, or Playwright's own. Fails where neither can be had.
set -euo pipefail
bin=$1
command -v chromium >/dev/null && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null && command -v chromium >/dev/null && exit 0
fi
"$bin/python" -m playwright install --with-deps chromium || "$bin/python" -m playwright install chromium
