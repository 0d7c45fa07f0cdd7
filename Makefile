# `make` prints what there is. Everything it sets up lies in .venv, node_modules and var.
SHELL := /bin/bash
.DEFAULT_GOAL := what-there-is
.SILENT:
.DELETE_ON_ERROR:

# Whatever of these is Python 3.11; PYTHON=… names another.
PYTHONS := python3.11 python3 python $(wildcard $(HOME)/.pyenv/versions/3.11*/bin/python)
IS_311 := import sys; sys.exit(sys.version_info[:2] != (3, 11))
PYTHON ?= $(firstword $(foreach p,$(PYTHONS),$(shell $(p) -c '$(IS_311)' 2>/dev/null && echo $(p))))
RUN := .venv/bin/python
PIP := $(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes
export DEMO ?= 1

what-there-is: ## this list
	echo "Nobat. First of all: make run"
	grep -hE '^[a-z-]+:.*## ' Makefile | sed -E 's/:.*## /\t/' | expand -t 16 | sed 's/^/  make /'

run: .venv/.runtime ## the whole system with a demo country, at http://127.0.0.1:8000 (PORT=…)
	$(RUN) -m scripts.build_assets
	exec $(RUN) -m nobat.demo.serve

install: .venv/.runtime ## what a machine that serves needs, and nothing for trying it out
	$(RUN) -m scripts.build_assets

test: .venv/.test browser ## every test
	$(RUN) -m scripts.build_assets
ifdef ARGS
	$(RUN) -m pytest $(ARGS)
else
	$(RUN) -m pytest -n auto --maxprocesses 4 --ignore tests/browser
	$(RUN) -m pytest -n auto --maxprocesses 4 --dist worksteal tests/browser
endif

check: static test ## what must pass before a change is handed in

static: .venv/.test ## format, lint, templates, types, imports, migrations
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/djade --check --target-version 5.2 $$(find nobat -name '*.html')
	.venv/bin/mypy
	.venv/bin/lint-imports
	$(RUN) manage.py makemigrations --check --dry-run

bench: .venv/.runtime ## how near to the limit: bookings, pages, check-ins a second (ARGS=…)
	$(RUN) -m scripts.build_assets
	$(RUN) -m bench $(ARGS)

bench-peers: .venv/.bench ## the same beside plain Django and the leanest stack
	$(RUN) -m scripts.build_assets
	$(RUN) -m bench --peers --seconds 4 $(ARGS)

bench-rush: .venv/.runtime ## the doors open: ten times as many come as there are seats
	$(RUN) -m scripts.build_assets
	$(RUN) -m bench.rush $(ARGS)

bench-growth: .venv/.runtime ## the same with four times the offices and three times the days
	$(RUN) -m scripts.build_assets
	$(RUN) -m bench.growth $(ARGS)

soak: .venv/.runtime ## half an hour of ordinary life, after which nothing may have grown
	$(RUN) -m scripts.build_assets
	$(RUN) -m bench.soak $(ARGS)

sms-trial: .venv/.runtime ## messages leave while the worker is killed and gateways fail
	$(RUN) -m bench.sms

closure-trial: .venv/.runtime ## a province of 10,000 appointments closes while the worker is killed
	$(RUN) -m bench.closure

fuzz: .venv/.test ## bad input to every page for ten minutes (ARGS="--minutes 60 --seed 1")
	$(RUN) -m tests.fuzz $(ARGS)

restore-drill: .venv/.runtime ## the database is lost twice, and comes back from its backups
	$(RUN) -m drill.restore

sbom: .venv/.test ## what a server runs, package by package: var/sbom.json (CycloneDX)
	$(RUN) -m scripts.sbom

drill: .venv/.runtime ## the country's cluster on this machine, and all that may happen to it
	scripts/install_cluster.sh
	$(RUN) -m scripts.build_assets
	exec $(RUN) -m drill $(ARGS)

screenshots: .venv/.test browser ## pictures of every page, for docs/pictures
	$(RUN) -m scripts.build_assets
	$(RUN) -m scripts.screenshots

browser:
	scripts/install_browser.sh

# Root may run PostgreSQL as another user, who has to be able to read its programs.
.venv/.runtime: requirements/runtime.txt
	$(call make_venv)
	echo "Installing what the system runs on (once, about half a minute) …"
	umask 022 && $(PIP) -r $< && touch $@

.venv/.test: requirements/test.txt
	$(call make_venv)
	echo "Installing what the tests need (once, about a minute) …"
	umask 022 && $(PIP) -r $< && touch $@ .venv/.runtime

.venv/.bench: requirements/bench.txt .venv/.runtime
	echo "Installing what the peers run on (once) …"
	umask 022 && $(PIP) -r $< && touch $@

define make_venv
	test -n "$(PYTHON)" || { echo "Nobat needs Python 3.11; name it: make PYTHON=/…/python3.11" >&2; exit 1; }
	$(RUN) -m pip --version >/dev/null 2>&1 || { umask 022 && $(PYTHON) -m venv --clear .venv; }
endef

.PHONY: what-there-is run install test check static bench bench-peers bench-rush bench-growth soak closure-trial sms-trial restore-drill sbom screenshots browser drill fuzz
