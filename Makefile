# The commands of this project; `make` alone lists them.
# PYTHON=python3.12 picks the Python for a new .venv, PORT=8502 another port for `make run`.

PORT ?= 8501
PYTHON ?=
VENV := .venv/bin/python
# Two processes share the tests, a file at a time, in the order of tests/conftest.py.
SHARED := --numprocesses=2 --dist=loadfile --no-loadscope-reorder

.DEFAULT_GOAL := help
.PHONY: help run test test-deep lint format bench calibrate docs lock clean venv venv-dev browser postgres

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-10s %s\n", $$1, $$2}' Makefile

run: venv ## start the dashboard on http://localhost:8501, with the demo company the first time
	@deploy/run.sh $(PORT)

test: lint browser postgres ## check style and types, then run all tests (under 15 minutes)
	@$(VENV) -m pytest $(SHARED)

test-deep: venv-dev browser postgres ## run all tests with the long counts in full
	@$(VENV) -m pytest --deep $(SHARED)

lint: venv-dev ## check style, types and the pinned requirements
	@$(VENV) -m ruff check .
	@$(VENV) -m ruff format --check .
	@$(VENV) -m mypy
	@$(VENV) -m pytest --quiet tests/test_requirements.py

format: venv-dev ## rewrite the source in the project's format
	@$(VENV) -m ruff check --fix .
	@$(VENV) -m ruff format .

bench: venv-dev browser postgres ## measure releases, imports and pages against their aims, as ratios
	@$(VENV) -m tests.bench

calibrate: venv-dev ## draw worlds of known truth and write docs/methods/link-calibration.md (2 h)
	@$(VENV) -m tests.calibration

docs: venv-dev ## write docs/data-contract.md, methods.md and works-council.*.md anew from the source
	@$(VENV) manage.py docs

lock: ## compile requirements.in and requirements-dev.in anew (UPGRADE=--upgrade moves versions)
	@deploy/lock.sh $(UPGRADE)

clean: ## remove .venv and what the tools leave behind; data/ stays
	rm -rf .venv .lock-venv .pytest_cache .mypy_cache .ruff_cache .hypothesis bench-results
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

venv:
	@deploy/venv.sh requirements.txt $(PYTHON)

venv-dev:
	@deploy/venv.sh requirements-dev.txt $(PYTHON)

browser:
	@deploy/browser.sh

postgres:
	@deploy/postgres.sh
