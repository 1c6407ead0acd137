# run   sieve INPUT (default: the seeds) and print what came out
# test  all tests but test-browser (Debian's chromium) and test-scale (Dask, Ray); lint  ruff and mypy; bench  the figures of the README; models  train anew; docs  the site
# Works on a fresh clone with Python 3.11, pip and make; uses uv where it is on PATH.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INPUT ?= seeds
OUT ?= out
DATA ?= ../shared/data
UV := $(shell command -v uv 2>/dev/null)
MODELS := boilerplate boilerplate_tagger language sentiment sentiment_targets topics translation
PROJECTS := core/pyproject.toml models/pyproject.toml $(wildcard plugins/*/pyproject.toml)

ifdef UV
INSTALL = uv pip install --quiet --python $(BIN)/python
VENV_CMD = uv venv --quiet --allow-existing --python $(PYTHON) $(VENV)
else
INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check
VENV_CMD = $(PYTHON) -m venv $(VENV)
endif

.PHONY: run test test-browser test-scale lint bench models docs clean

run: $(VENV)/.installed
	@$(BIN)/tamis run default $(INPUT) -o $(OUT)/clean.jsonl --table --overwrite

test: $(VENV)/.installed-dev
	$(BIN)/python -m pytest -q -n 2 --dist loadgroup tests --ignore=tests/scale --ignore=tests/browser --cov --cov-report=term:skip-covered

test-browser: $(VENV)/.installed-dev
	$(BIN)/python -m pytest -q tests/browser

test-scale: $(VENV)/.installed-dev
	$(INSTALL) -r requirements-scale.txt -c constraints.txt
	$(BIN)/python -m pytest -q tests/scale

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy core/src models/src $(wildcard plugins/*/src)

bench: $(VENV)/.installed-dev
	@for script in benchmarks/[a-z]*.py; do echo "== $$script"; $(BIN)/python $$script || exit 1; done

models: $(VENV)/.installed
	$(INSTALL) -r requirements-models.txt -c constraints.txt
	@for name in $(MODELS); do echo "== $$name"; $(BIN)/python models/train/$$name.py $(DATA) || exit 1; done

docs: $(VENV)/.installed-dev
	$(BIN)/mkdocs build --strict

$(VENV)/.installed: requirements.txt constraints.txt $(PROJECTS)
	@test -x $(BIN)/python || $(VENV_CMD)
	$(INSTALL) -r requirements.txt -c constraints.txt
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed requirements-dev.txt requirements-docs.txt
	$(INSTALL) -r requirements-dev.txt -c constraints.txt
	@touch $@

clean:
	rm -rf $(VENV) $(OUT) dist build site .pytest_cache .mypy_cache .ruff_cache
