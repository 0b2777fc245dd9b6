#!/bin/sh
# Compiles requirements.in and requirements-dev.in to exact versions with hashes. Only whoever
# changes a dependency needs this; it brings its own uv.
#
#   deploy/lock.sh [--upgrade]
set -eu
cd "$(dirname "$0")/.."
if [ ! -x .lock-venv/bin/uv ]; then
    python3 -m venv .lock-venv
    .lock-venv/bin/python -m pip install --quiet --disable-pip-version-check uv
fi
for name in requirements requirements-dev; do
    .lock-venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        "$@" "$name.in" -o "$name.txt"
done
