# From a bare clone to a running chat or a checked tree: Python, make and a package index are enough.
# Everything lands in .venv/ and var/; what is there already is not done again.

PYTHON ?= python3
PORT ?= 8501
ARGS ?=
# An index of its own for trying things out, unless the environment names another.
DATA_DIR ?= $(or $(ARTICLE_QA_DATA_DIR),var/index)

BIN := .venv/bin
PIP_INSTALL = $(BIN)/python -m pip install --quiet --constraint constraints.txt

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PYTHONNOUSERSITE := 1
# Another project's modules must not stand in for ours.
unexport PYTHONPATH PYTHONHOME

.DEFAULT_GOAL := help
.PHONY: help install chat test bench bench-browser evaluate screenshots

help:
	@echo "make chat         ask the sample articles in the browser, on port $(PORT)"
	@echo "make test         style, types and every test (pytest options: ARGS='-k retriever')"
	@echo "make bench        measure speed and memory"
	@echo "make bench-browser  measure what a reader waits for in the browser"
	@echo "make evaluate     measure the answers on question sets that others wrote (ARGS=FOLDER)"
	@echo "make screenshots  take the pictures in docs/images anew"
	@echo "make install      only prepare .venv"

install: .venv/.installed

chat: .venv/.installed
	@mkdir -p "$(DATA_DIR)"
	@[ -e "$(DATA_DIR)/catalog.sqlite3" ] || touch "$(DATA_DIR)/.samples-wanted"
	@if [ -e "$(DATA_DIR)/.samples-wanted" ]; then \
	  echo "Indexing the sample articles into $(DATA_DIR) …"; \
	  $(BIN)/article-qa --data-dir "$(DATA_DIR)" index index_store/samples && rm "$(DATA_DIR)/.samples-wanted"; \
	fi
	@echo "Starting the chat on http://127.0.0.1:$(PORT) …"
	@exec $(BIN)/article-qa --data-dir "$(DATA_DIR)" chat --port "$(PORT)"

test: .venv/.dev-installed .venv/.browser
	@echo "Checking style …"
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --quiet --check .
	@echo "Checking types …"
	@$(BIN)/mypy
	@echo "Running the tests …"
	@$(BIN)/python -m pytest $(ARGS)

bench: .venv/.dev-installed
	@$(BIN)/python -m tests.benchmarks.run $(ARGS)

bench-browser: .venv/.dev-installed .venv/.browser
	@$(BIN)/python -m tests.benchmarks.browser $(ARGS)

evaluate: .venv/.dev-installed
	@$(BIN)/python -m tests.benchmarks.evaluate --write $(ARGS)

screenshots: .venv/.dev-installed .venv/.browser
	@$(BIN)/python -m tests.ui.screenshots

.venv/.installed: pyproject.toml constraints.txt Makefile
	@command -v "$(PYTHON)" >/dev/null || \
	  { echo "There is no '$(PYTHON)'; install Python 3.11 or newer, or name one: make PYTHON=python3.12" >&2; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "$$("$(PYTHON)" --version 2>&1) is too old; name 3.11 or newer: make PYTHON=python3.12" >&2; exit 1; }
	@"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null || \
	  { echo "This Python cannot make virtual environments; on Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	@echo "Making .venv with $$("$(PYTHON)" --version) …"
	@"$(PYTHON)" -m venv .venv
	@echo "Installing into .venv; the first time this takes a few minutes …"
	@$(PIP_INSTALL) --editable .
	@touch $@

.venv/.dev-installed: .venv/.installed
	@echo "Installing what the tests need into .venv …"
	@$(PIP_INSTALL) --editable '.[dev]'
	@touch $@

# Without a stamp where none was found, so that the next run looks again; its tests are skipped meanwhile.
.venv/.browser: .venv/.dev-installed tests/browser.py
	@echo "Looking for a browser …"
	@if $(BIN)/python -m tests.browser; then touch $@; fi
