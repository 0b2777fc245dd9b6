#!/bin/sh
# Sees to it that there are PostgreSQL's server programs for the tests, as far as we may. The tests
# start a server of their own with them. Without them they say loudly that they were skipped, and
# with CI=true they fail.
set -eu
cd "$(dirname "$0")"
if command -v initdb >/dev/null || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 ||
    [ -x "${WERKVLOER_POSTGRES:-}/initdb" ]; then
    exit 0
fi
./apt.sh postgresql ||
    echo "No PostgreSQL here, and no right to install it: apt-get install postgresql" >&2
