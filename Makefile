# `make demo` and `make test` do everything from a fresh clone with Python 3.11 or newer, git and make.
SHELL := bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: demo test check format bench cost peers adversarial fuzz clean

$(STAMP): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[development]"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[second-reader]" \
		|| echo "note: the second reader (latex2sympy2) could not be installed; its tests are skipped"
	@touch $@

demo: $(STAMP)  ## check our own post and the Python proof, write LaTeX to build/
	@mkdir -p build
	$(BIN)/derive check --second-reader proofs/steepest_ascent.md
	$(BIN)/derive check --second-reader proofs/steepest_ascent.py
	$(BIN)/derive write proofs/steepest_ascent.py --to latex -o build/steepest_ascent.tex
	$(BIN)/derive write proofs/steepest_ascent.py --to markdown -o build/steepest_ascent.md
	@echo "written: build/steepest_ascent.tex, build/steepest_ascent.md"

test: $(STAMP)  ## every test; those of the kernel with the share of its branches that they use
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest -q -n auto --maxprocesses 4 --dist worksteal $(OF_THE_KERNEL)
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report --skip-covered --include 'derive/kernel/*' | tail -40
	$(BIN)/pytest -q -n auto --maxprocesses 4 --dist worksteal $(addprefix --ignore=,$(OF_THE_KERNEL))
	$(BIN)/coverage report --include 'derive/kernel/*' --fail-under=$(KERNEL_COVERAGE) > /dev/null

KERNEL_COVERAGE ?= 100
OF_THE_KERNEL = tests/kernel tests/test_theories.py

FUZZ ?= -max_total_time=600
$(VENV)/.fuzzing: $(STAMP)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[fuzzing]"
	@touch $@

fuzz: $(VENV)/.fuzzing  ## the reader's properties, guided by coverage; FUZZ has the options, what was found is kept in build/fuzz
	@mkdir -p build/fuzz
	$(BIN)/python tests/fuzz.py $(FUZZ) -artifact_prefix=build/fuzz/ build/fuzz 2>&1 | grep -v -E "^INFO: Instrumenting|# Uses"; exit $${PIPESTATUS[0]}

check: $(STAMP)  ## format, lint, types, layers
	$(BIN)/ruff format --check derive tests proofs bench
	$(BIN)/ruff check derive tests proofs bench
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(STAMP)
	$(BIN)/ruff format derive tests proofs bench
	$(BIN)/ruff check --fix derive tests proofs bench

bench: $(STAMP)  ## speed; the benchmark sets when ../shared is there
	$(BIN)/python bench/speed.py
	$(BIN)/python bench/scanning.py

cost: $(STAMP)  ## cost against size: vectors, factors, terms; writes bench/cost.svg
	$(BIN)/python bench/cost.py --plot bench/cost.svg

peers: $(STAMP)  ## beside other tools, each in an environment of its own under build/: reading, deciding
	$(BIN)/python bench/readers.py
	$(BIN)/python bench/deciding.py

adversarial: $(STAMP)  ## false verdicts on documents that try to mislead (bench/adversarial/README.md); takes minutes
	$(BIN)/python bench/attack.py

clean:
	rm -rf $(VENV) build dist *.egg-info .coverage .coverage.*
