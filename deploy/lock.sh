#!/bin/sh
# Compiles requirements-dev.in and requirements.in to exact versions with hashes. Only whoever
# changes a dependency needs this; it brings its own uv.
#
#   deploy/lock.sh [--upgrade]
set -eu
cd "$(dirname "$0")/.."
if [ ! -x .lock-venv/bin/uv ]; then
    python3 -m venv .lock-venv
    .lock-venv/bin/python -m pip install --quiet --disable-pip-version-check uv
fi
compile() {
    .lock-venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes "$@"
}
# The larger set first, and the smaller within it: users run what the tests ran on.
compile "$@" requirements-dev.in -o requirements-dev.txt
compile "$@" --constraint requirements-dev.txt requirements.in -o requirements.txt
