# What a person types. Each target sets up what it needs; nothing here needs root, a compiler or a server.

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/ready
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard src/torogoz/web/locale/*/LC_MESSAGES/*.po))

.DEFAULT_GOAL := help
.PHONY: help setup demo test check coverage format bench fuzz

help: ## list what can be made
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 12

setup: $(READY) $(CATALOGUES) ## make .venv with the locked dependencies and compile the translations

$(READY): uv.lock pyproject.toml requirements/uv.txt tools/setup.sh
	PYTHON='$(PYTHON)' tools/setup.sh
	@touch $@

%.mo: %.po | $(READY)
	@$(BIN)/pybabel --quiet compile --input-file=$< --output-file=$@

demo: setup ## make a synthetic day of flights, screen it, and serve it on http://localhost:8000
	$(BIN)/torogoz demo

test: setup ## run every test that this machine can run
	$(BIN)/pytest

check: setup ## run style, types, floors, translations and licences; change nothing
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/python tools/check_licences.py
