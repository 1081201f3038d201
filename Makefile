# make run · make test · make demo · make remind · make bench · make messages · make icons · make locks
PYTHON ?= python3
BIN := .venv/bin
HOST ?= 127.0.0.1
PORT ?= 8000
export HOST PORT

.PHONY: run dev demo test bench build messages icons locks remind reset-link clean

run: build
	$(BIN)/python wsgi.py

dev: build
	$(BIN)/flask --app wsgi run --debug --host $(HOST) --port $(PORT)

demo: build
	$(BIN)/flask --app wsgi demo

# For cron or a timer, every quarter of an hour or so; needs what `make run` built.
remind:
	@$(BIN)/flask --app wsgi remind

reset-link: build
	$(BIN)/flask --app wsgi reset-link $(EMAIL)

test: .venv/test node_modules/.ready build
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/node --test --test-reporter=dot "tests/js/*.test.js"
	$(BIN)/python -m pytest -n 2

bench: .venv/test build
	$(BIN)/python -m bench

# --- what these stand on ---------------------------------------------------

build: node_modules/.ready
	$(BIN)/pybabel -q compile -d tracker/translations -D "messages flask_security"
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/node build.mjs
	$(BIN)/python -m whitenoise.compress -q static

.venv/run: requirements.txt requirements-build.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Sweetspot needs Python 3.11 or newer: make PYTHON=python3.11 run")'
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-build.txt
	touch $@

.venv/test: requirements-test.txt .venv/run
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-test.txt
	touch $@

node_modules/.ready: package.json package-lock.json .venv/run
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/npm ci --no-progress --loglevel=error
	touch $@

messages: .venv/run
	mkdir -p tracker/translations
	PYTHONPATH=. $(BIN)/pybabel -q extract -F babel.cfg -k lazy -k lazy_gettext --no-location --sort-output -o tracker/translations/messages.pot .
	$(BIN)/pybabel -q update -i tracker/translations/messages.pot -d tracker/translations --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date -w 100

icons: .venv/test
	$(BIN)/python -m tests.browser.draw_icons

# Locks are made with uv; they hold versions and hashes, never addresses.
LOCK = uv pip compile -q --universal --generate-hashes --python-version 3.11 --no-emit-index-url --no-annotate --no-header
locks:
	$(LOCK) pyproject.toml -o requirements.txt
	$(LOCK) -c requirements.txt --extra build pyproject.toml -o requirements-build.txt
	$(LOCK) -c requirements.txt --extra build --extra test pyproject.toml -o requirements-test.txt
	npm install --package-lock-only

clean:
	rm -rf .venv node_modules static/vendor
	find static -name '*.gz' -delete -o -name '*.br' -delete
