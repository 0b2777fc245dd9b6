#!/bin/sh
# Starts the dashboard on this machine only; the first start fills it with the demo company.
#
#   deploy/run.sh [PORT]
set -eu
cd "$(dirname "$0")/.."
port=${1:-8501}

.venv/bin/python deploy/port.py "$port"
.venv/bin/python manage.py upgrade
.venv/bin/python manage.py seed --if-empty

# The first visitor of a fresh server may open any address: Streamlit knows the pages behind them
# only after the app has run once.
.venv/bin/python deploy/wake.py "$port" &

echo "Werkvloer: http://localhost:$port  (Ctrl-C stops it)"
exec .venv/bin/python -m streamlit run app.py \
    --server.address=localhost --server.port="$port" --server.headless=true
