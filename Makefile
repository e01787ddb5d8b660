# make run    open the screens (installs into its own .venv first)
# make test   everything that CI runs
# make bench  each budget beside its yardstick, medians of seven rounds in turns
# make stress real trouble: kills, full disk, races, spoiled files; some minutes
PYTHON ?= python3
BIN := .venv/bin
ifeq ($(OS),Windows_NT)
BIN := .venv/Scripts
endif

.PHONY: run demo test newer format catalogue docs pictures snapshots bench stress clean

run: .venv/ready
	@$(BIN)/workbench

demo: .venv/ready
	@$(BIN)/workbench demo

test: .venv/ready-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/python -m pytest -n auto --dist worksteal
	$(BIN)/python -m tools.newer

# All screens' tests on the newest Python of this machine, such as 3.13; `make test` runs those of typing there.
newer: .venv/ready-dev
	$(BIN)/python -m tools.newer --all

# Rewrites what can be rewritten: layout, import order, the message catalogues.
format: .venv/ready-dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

catalogue: .venv/ready-dev
	$(BIN)/python tools/catalogue.py

# Writes the documents that are made from the program's own data.
docs: .venv/ready-dev
	$(BIN)/python -m tools.policy_docs
	$(BIN)/python -m tools.docs

# Draws the pictures of the documents from the program; look at them before committing.
pictures: .venv/ready-dev
	$(BIN)/python -m tools.pictures

# New pictures of the screens for the snapshot tests; look at them before committing.
snapshots: .venv/ready-dev
	$(BIN)/python -m pytest tests/ui --snapshot-update

# The table goes to docs/bench.md, too, with machine and day; `python -m tests.bench NAME...` measures some lines.
bench: .venv/ready-dev
	$(BIN)/python -m tests.bench --write

# Kills, full disks, races and spoiled files on real processes; ends by itself after some minutes.
stress: .venv/ready-dev
	$(BIN)/python -m tests.stress

clean:
	rm -rf .venv build dist .mypy_cache .ruff_cache .import_linter_cache .hypothesis

.venv/ready: pyproject.toml requirements.txt
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint requirements.txt --editable .
	@$(BIN)/python -m compileall -q workbench # an editable install leaves that to the first start
	@touch $@

.venv/ready-dev: .venv/ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement requirements.txt
	@touch $@
