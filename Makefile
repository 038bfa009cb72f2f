# Each target works alone on a fresh machine: it makes the environment it needs.
SHELL := /bin/sh
VENV := .venv
BIN := $(VENV)/bin
# A newer Python where there is a working one; 3.11 is the oldest that will do.
PYTHON := $(shell for p in python3.13 python3.12 python3.11 python3 python; do \
	$$p -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && echo $$p && break; done)

.PHONY: help demo test test-slow lint format benchmark clean
help: ## Show the targets
	@grep -hE '^[a-z-]+:.*##' Makefile | sed -E 's/:.*## /\t/' | sort

$(VENV)/.ready: pyproject.toml constraints.txt
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer, with venv, is needed." >&2; exit 2; }
	$(PYTHON) -m venv --clear $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt --editable ".[full]" --group dev
	@touch $@

demo: $(VENV)/.ready ## Run the gate on the worked example, before and after mending
	@$(BIN)/rai-check demo --output build/demo

test: $(VENV)/.ready lint ## Lint, type-check and run every test but the slow ones
	$(BIN)/python -m pytest -n 2 --dist loadscope

test-slow: $(VENV)/.ready ## Simulations of error rates and the twenty-seed runs
	$(BIN)/python -m pytest -m slow -n 2

lint: $(VENV)/.ready ## ruff and mypy --strict
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

format: $(VENV)/.ready ## Format and fix what can be fixed
	$(BIN)/ruff format
	$(BIN)/ruff check --fix

benchmark: $(VENV)/.ready ## Ratios to a peer, and the table of error rates
	@for b in benchmarks/*.py; do echo "== $$b"; $(BIN)/python $$b || exit 1; done

clean: ## Remove the environment and everything built
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
