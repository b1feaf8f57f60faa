# The commands of this project. `make` alone lists them.
SHELL := /bin/bash
.DEFAULT_GOAL := help

# The first Python of at least 3.11 that can make a virtual environment; PYTHON=... overrules.
PYTHON ?= $(firstword $(foreach p,python3.11 python3.12 python3.13 python3 python,$(shell $(p) -c 'import sys, venv, ensurepip; sys.version_info[:2] >= (3, 11) and print("$(p)")' 2>/dev/null)))
VENV := .venv
RUN := $(VENV)/bin
STAMP := $(VENV)/.dragoman-setup
BASE := $(VENV)/.dragoman-base
LANGUAGE := $(wildcard language/en/pyproject.toml language/en/*/meta.json language/en/*/*/meta.json)
DEMO := demo.db
PAIR := CZE KAZ
export OMP_NUM_THREADS ?= 1

LOCKED := --quiet --universal --python-version 3.11 --generate-hashes --no-config --custom-compile-command "make lock"

.PHONY: help setup demo test lint docs benchmark scale changed trust floors lock audit clean

help:  ## list the commands
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 20

setup: $(STAMP)  ## make .venv with dragoman, its English pipeline, all its parts and the tools for tests; does nothing when that stands

$(BASE): pyproject.toml $(LANGUAGE)
	@test -n "$(PYTHON)" || { echo "No Python of at least 3.11 with venv was found. Install one (on Debian: apt-get install python3 python3-venv), or name it: make setup PYTHON=/path/to/python3.11" >&2; exit 1; }
	@test -x $(RUN)/python || { echo "Making $(VENV) with $$($(PYTHON) --version)"; $(PYTHON) -m venv $(VENV); }
	@echo "Installing the English pipeline from language/en"
	@$(RUN)/python -m pip install --quiet --disable-pip-version-check ./language/en
	@echo "Installing dragoman and what it needs"
	@$(RUN)/python -m pip install --quiet --disable-pip-version-check -e '.[web,book,export]'
	@touch $(BASE)
	@echo "Ready: $(RUN)/dragoman"

$(STAMP): $(BASE)
	@echo "Installing all parts (PostgreSQL, daft and Ray, an assistant's server) and the tools for tests"
	@$(RUN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $(STAMP)

demo: $(BASE)  ## read examples/ into demo.db and print a briefing on one pair of states
	@rm -f $(DEMO) $(DEMO)-wal $(DEMO)-shm
	@DRAGOMAN_RECORD=$(DEMO) $(RUN)/dragoman read examples
	@echo
	@DRAGOMAN_RECORD=$(DEMO) $(RUN)/dragoman brief $(PAIR)
	@echo
	@echo "The record is $(DEMO). Next:"
	@echo "  export DRAGOMAN_RECORD=$(DEMO)"
	@echo "  $(RUN)/dragoman documents                    what was read, and when it was published"
	@echo "  $(RUN)/dragoman claims --kind figure         every figure, with its claimant"
	@echo "  $(RUN)/dragoman serve                        the record in a browser"
	@echo "  $(RUN)/dragoman brief $(PAIR) --format pdf --to book.pdf"
	@echo "  $(RUN)/dragoman conflicts                    what cannot all hold, with the arithmetic"
	@echo "  $(RUN)/dragoman facts commitment             promises, and what came of them"
	@echo "  $(RUN)/dragoman search turnover              full text, over documents and claims"
	@echo "  $(RUN)/dragoman explain CLAIM                the words behind one line of the briefing"
	@echo "  $(RUN)/dragoman read PATH...                 read documents of your own"

test: setup  ## run all tests; what is skipped is listed with its reason
	@$(RUN)/python -m pytest -n 2 -q -rs

lint: setup  ## ruff and mypy
	@$(RUN)/ruff check .
	@$(RUN)/mypy

docs: setup  ## generate the reference and build the pages into site/
	@$(RUN)/python docs/generate.py
	@NO_MKDOCS_2_WARNING=1 $(RUN)/mkdocs build --strict --quiet && echo "site/index.html"

benchmark: setup  ## reading speed against the pipeline alone, triage, memory over 5,000 documents, cost of resolving
	@$(RUN)/python benchmarks/reading.py
	@$(RUN)/python benchmarks/triage.py
	@$(RUN)/python benchmarks/memory.py
	@$(RUN)/python benchmarks/resolving.py

scale: setup  ## reading at scale: against no triage, words a CPU second, workers, memory, the engine's overhead; the desk at 1,000,000 claims
	@$(RUN)/python benchmarks/scale.py
	@$(RUN)/python benchmarks/desk.py

changed: setup  ## how far the figures move on a copy of the benchmark with other names, dates and amounts
	@$(RUN)/python benchmarks/changed.py --separately

trust: setup  ## kill it, fill the disk, feed it anything, load the server; the table goes into docs/trust.md
	@$(RUN)/python benchmarks/trust.py --write

floors: setup  ## measure accuracy, raise the floors of the tests and write the tables into README.md and docs/
	@$(RUN)/python -m training.confidence --write > /dev/null
	@$(RUN)/python benchmarks/accuracy.py --pin --write

lock: setup  ## pin every part with its hashes into requirements/, from pyproject.toml; needs the network
	@$(RUN)/uv pip compile pyproject.toml --extra dev $(LOCKED) -o requirements/dev.txt
	@$(RUN)/uv pip compile pyproject.toml --extra all -c requirements/dev.txt $(LOCKED) -o requirements/lock.txt

audit: setup  ## ask the database of known flaws about every locked version; needs the network
	@$(RUN)/pip-audit --strict --disable-pip --require-hashes -r requirements/lock.txt

clean:  ## remove .venv and everything that was built
	rm -rf $(VENV) site dist build $(DEMO) $(DEMO)-wal $(DEMO)-shm .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -not -path './.git/*' -prune -exec rm -rf {} +
