# What a person types. Each target sets up what it needs; nothing here needs root, a compiler or a server.

SHELL := bash
.SHELLFLAGS := -o pipefail -ec
PYTHON ?= python3
BENCHMARKS ?= parse store end-to-end
# Clients that never finish, and fifty live streams while the server is told to end.
CLIENTS := tests/integration/web/test_bounds.py tests/integration/web/test_live.py
BIN := .venv/bin
READY := .venv/ready
# Byte code is kept, whatever the environment says: tests start hundreds of commands, and half of a start was compiling.
unexport PYTHONDONTWRITEBYTECODE
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard src/torogoz/web/locale/*/LC_MESSAGES/*.po))

.DEFAULT_GOAL := help
.PHONY: help setup demo test check coverage format bench fuzz chaos bundle machine sbom

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
ifndef TOROGOZ_TEST_POSTGRES
	@echo 'Left out: the tests on PostgreSQL; to run them, name a database: TOROGOZ_TEST_POSTGRES=postgresql://user@host/name'
endif
	tools/test.sh $(BIN) $(if $(TOROGOZ_TEST_POSTGRES),'$(TOROGOZ_TEST_POSTGRES)')

check: setup ## check style, types, floors, documents, translations and licences; change nothing
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	for script in tools/check_*.py; do $(BIN)/python $$script; done

coverage: setup ## measure that tests take every branch of the pure floors and of the door to data
	$(BIN)/coverage run -m pytest tests/unit tests/integration
	$(BIN)/coverage report

format: setup ## rewrite the code in the project's style
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

bench: setup ## run the benchmarks (BENCHMARKS="parse store") into results/
	@mkdir -p results
	for name in $(BENCHMARKS); do $(BIN)/torogoz bench $$name --json | tee results/$$name.json; done

fuzz: setup ## mutate a million messages, and look a hundred times longer for what breaks a property, into results/
	@mkdir -p results
	$(BIN)/python tools/fuzz.py | tee results/fuzz-mutations.txt
	$(BIN)/pytest -m hypothesis --hypothesis-profile=fuzz | tee results/fuzz.txt

# Where a database is named, on PostgreSQL too; with Debian's programs of it, on a server that is stopped and starved.
chaos: setup ## kill, stop and starve it during a day's load, two hundred times, into results/
	@mkdir -p results
	TOROGOZ_CHAOS_KILLS=200 TOROGOZ_CHAOS_PRESET=demo $(BIN)/pytest --durations=0 tests/chaos $(CLIENTS) | tee results/chaos.txt
ifdef TOROGOZ_TEST_POSTGRES
	DATABASE_URL='$(TOROGOZ_TEST_POSTGRES)' $(BIN)/pytest --durations=0 $(CLIENTS) | tee -a results/chaos.txt
endif

bundle: setup ## write one signed archive that installs without a network, into dist/
	$(BIN)/python tools/bundle.py

machine: bundle ## install the bundle on a clean Debian, as docs/operator/install.md says, and misuse it; as root
	@mkdir -p results
	tools/machine.sh 2>&1 | tee results/machine.txt

sbom: setup ## write what Torogoz is made of, as CycloneDX, into results/sbom.cdx.json
	@mkdir -p results
	$(BIN)/python tools/sbom.py > results/sbom.cdx.json
