#!/bin/sh
# Sees to it that there is a Chromium for the browser tests, as far as we may. Without one the tests
# say loudly that they were skipped, and with CI=true they fail.
set -eu
cd "$(dirname "$0")"
for name in "${WERKVLOER_CHROMIUM:-chromium}" chromium-browser google-chrome; do
    if command -v "$name" >/dev/null; then
        exit 0
    fi
done
./apt.sh chromium || echo "No Chromium here, and no right to install it: apt-get install chromium" >&2
