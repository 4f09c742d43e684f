# Two commands: `make demo` and `make test`. Everything they need they install themselves.
SHELL := /bin/bash
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
RUN := unset PYTHONDONTWRITEBYTECODE; $(BIN)
PYTEST := $(RUN)/pytest -n 3 --dist worksteal

.PHONY: demo test test-full check bench format lock browser

$(VENV)/.installed: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Touchstone needs Python 3.11 or later; set PYTHON=/path/to/it"; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	touch $@

$(VENV)/.installed-dev: requirements-dev.txt $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	touch $@

demo: $(VENV)/.installed
	@$(RUN)/flask demo serve

check: $(VENV)/.installed-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

browser: $(VENV)/.installed-dev
	@bash tests/fetch_browser.sh $(BIN)

test: $(VENV)/.installed-dev check browser
	$(PYTEST) -m "not full and not corpora"
	$(PYTEST) -m "not full and not corpora and not browser" --database postgresql
	$(RUN)/python bench/chaos.py --short

test-full: test
	@test -n "$$CORPORA_DIR" || { echo "Set CORPORA_DIR to the folder of the corpora"; exit 1; }
	$(PYTEST) -m "full or corpora"
	$(RUN)/python bench/chaos.py
	$(RUN)/python bench/upgrade.py

bench: $(VENV)/.installed-dev
	@for script in bench/*.py; do $(RUN)/python $$script || exit 1; done

format: $(VENV)/.installed-dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock:
	uv pip compile --quiet --universal --generate-hashes --no-annotate --no-emit-index-url --no-emit-find-links pyproject.toml -o requirements.txt
	uv pip compile --quiet --universal --generate-hashes --no-annotate --no-emit-index-url --no-emit-find-links pyproject.toml --group dev -o requirements-dev.txt
