# The two commands a newcomer needs: `make demo` and `make test`. Both do all their own set-up.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# In how many processes tests run: one a processor, four at most; `make test JOBS=0` for this one alone.
JOBS ?= logical
STAMP := $(VENV)/.installed

# Images of containers set this; then each of the hundreds of processes that tests start would compile every module.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo test fast check docs faults clean

demo: $(STAMP)
	$(BIN)/backstory chain "Yekaterinburg raids" --as-of 2025-07-14 --format table
	$(BIN)/backstory context "Yekaterinburg raids" --as-of 2025-07-14 --words 150 --format text
	@mkdir -p out
	$(BIN)/backstory page "Yekaterinburg raids" --as-of 2025-07-14 -o out/yekaterinburg-raids.html
	@echo "Open out/yekaterinburg-raids.html in a browser."

test: $(VENV)/.tested chromium
	$(BIN)/python -m pytest -n $(JOBS) --maxprocesses 4

fast: $(VENV)/.tested
	$(BIN)/python -m pytest -n $(JOBS) --maxprocesses 4 -m "not browser and not slow"

check:
	./.ci/run

docs: $(VENV)/.docs
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet
	@echo "Open site/index.html in a browser."

# What happens when processes are killed, disks are full and clients are slow: fifty tries of each fault.
faults: $(VENV)/.tested
	BACKSTORY_FAULTS=50 $(BIN)/python -m pytest tests/faults --timeout 1800

clean:
	rm -rf $(VENV) out site

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed"; exit 1; }
	@$(PYTHON) -m venv $(VENV) 2>/dev/null || { rm -rf $(VENV); ./.ci/debian python3-venv && $(PYTHON) -m venv $(VENV); }

$(STAMP): pyproject.toml constraints.txt $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable .
	@touch $@

$(VENV)/.tested: $(STAMP)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[test,dev,server]'
	@touch $@

$(VENV)/.docs: $(STAMP)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[docs]'
	@touch $@

.PHONY: chromium
chromium:
	@test -x /usr/bin/chromium || ./.ci/debian chromium
