#!/bin/sh
# Makes .venv with a Python of 3.11 or newer and installs one requirements file into it, hashes
# checked, when something changed since the last time.
#
#   deploy/venv.sh requirements.txt [PYTHON]
set -eu
cd "$(dirname "$0")/.."
requirements=$1
wanted=${2:-}

new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

find_python() {
    for candidate in $wanted python3 python3.11 python3.12 python3.13 python3.14 python; do
        if new_enough "$candidate"; then
            echo "$candidate"
            return
        fi
    done
    found=$(python3 --version 2>/dev/null || echo "no Python at all")
    echo "Werkvloer needs Python 3.11 or newer; found: $found." >&2
    echo "Install one (Debian, Ubuntu: apt-get install python3 python3-venv), or name it:" >&2
    echo "    make run PYTHON=/path/to/python3.11" >&2
    exit 1
}

make_venv() {
    python=$(find_python)
    echo "Making a virtual environment with $("$python" --version) in .venv"
    if ! "$python" -c 'import ensurepip' 2>/dev/null && ! deploy/apt.sh python3-venv; then
        echo "This Python can't make virtual environments." >&2
        echo "On Debian and Ubuntu: apt-get install python3-venv" >&2
        exit 1
    fi
    rm -rf .venv
    "$python" -m venv .venv
}

new_enough .venv/bin/python || make_venv

# Both files together: they are compiled together, so a change of one may move the other's versions.
version=$(cat requirements.txt requirements-dev.txt | cksum | cut -d ' ' -f 1)
stamp=.venv/installed-$version-$requirements
if [ ! -e "$stamp" ]; then
    echo "Installing what $requirements names (a minute or two the first time)"
    find .venv -maxdepth 1 -name 'installed-*' ! -name "installed-$version-*" -delete
    .venv/bin/python -m pip install --quiet --no-input --disable-pip-version-check \
        --require-hashes -r "$requirements"
    touch "$stamp"
fi
