# `make` lists the verbs. Everything runs in .venv, which the lock files fill.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: help report test check bench pictures words lab clean

help: ## List the verbs
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 10

report: $(VENV)/.run ## Do the main job on an invented organisation; prints the page to open
	@$(BIN)/taskmix demo .

test: $(VENV)/.dev $(VENV)/.chromium ## Install what tests need and run them all
	$(BIN)/python -m pytest -n auto --dist loadgroup

check: $(VENV)/.dev ## Lint, check the layers and the types
	$(BIN)/ruff format --check src tests benchmarks docs/*.py docs/scheduling
	$(BIN)/ruff check src tests benchmarks docs/*.py docs/scheduling
	$(BIN)/lint-imports
	$(BIN)/mypy
	$(BIN)/nbstripout --verify notebooks/*.ipynb

bench: $(VENV)/.dev ## Run the benchmarks: tables on the screen
	@for script in benchmarks/[a-z]*.py; do echo "== $$script"; $(BIN)/python $$script || exit 1; done

pictures: $(VENV)/.dev $(VENV)/.chromium ## Take the pictures in docs/pictures anew, on a new demo
	@$(BIN)/python docs/pictures.py

words: $(VENV)/.run ## Bring the catalogues of other languages up to date with the code
	@$(BIN)/python docs/catalogue.py

lab: $(VENV)/.run ## Open JupyterLab on the notebooks
	$(BIN)/jupyter lab --notebook-dir notebooks

clean: ## Remove the environment and everything that was made
	rm -rf $(VENV) data/processed/* data/analyst data/forgotten.json reports/* data/raw/demo_* people.csv

# pip refuses an editable install under --require-hashes, so taskmix follows its locked parts.
$(VENV)/.run: requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

# Playwright drives Debian's Chromium; its own browser download is not used.
$(VENV)/.chromium:
	@command -v chromium >/dev/null || { \
	  SUDO=$$([ "$$(id -u)" = 0 ] || echo sudo); \
	  $$SUDO apt-get update -qq && DEBIAN_FRONTEND=noninteractive $$SUDO apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core; } \
	  || { echo "Chromium is needed for the browser tests: install Debian's package chromium" >&2; exit 1; }
	@touch $@
