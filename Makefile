# Each target makes what it needs: the environment in .venv is built on first use, from the lock in requirements/.

.DEFAULT_GOAL := help
CORPUS ?= seeds
ARGS ?=
PYTHON ?= .venv/bin/python python3.11 python3.12 python3.13 python3
BIN := .venv/bin
export PIP_DISABLE_PIP_VERSION_CHECK = 1
export PIP_NO_INPUT = 1

.PHONY: help chat index test check eval bench compare golden vocabulary late reader lock clean all runtime dev with-others

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

chat: runtime ## start the chat over CORPUS=seeds on 127.0.0.1; ARGS="--port 8080" and the like are passed on
	$(BIN)/pilcrow chat --corpus $(CORPUS) $(ARGS)

index: runtime ## index CORPUS=seeds without starting anything
	$(BIN)/pilcrow index $(CORPUS) $(ARGS)

test: dev ## run all tests; ARGS="-k span" and the like are passed to pytest
	$(BIN)/python -m pytest $(ARGS)

check: dev ## lint, formatting, types, and who may import whom
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo --no-cache

eval: runtime ## run the question sets of evals/sets and print the figures
	$(BIN)/pilcrow eval $(ARGS)

bench: runtime ## measure how long answers take
	$(BIN)/python -m evals.bench.latency $(ARGS)

compare: with-others ## set Pilcrow beside BM25, plain MiniLM, and the stock splitters of LangChain and LlamaIndex
	$(BIN)/python -m evals.bench.compare $(ARGS)

golden: dev ## rewrite the expected answers of tests/golden; review the diff
	$(BIN)/python -m pytest tests/golden --rewrite-golden $(ARGS)

vocabulary: runtime ## rebuild the small token vocabulary in assistant/data
	$(BIN)/python -m assistant.tokens

late: runtime ## train the late interaction anew from ../shared/evaldata into build/late.safetensors: some minutes; ARGS=--smoke tries it
	$(BIN)/python -m evals.training.late --out build/late.safetensors $(ARGS)

reader: runtime ## train the Reader anew from ../shared/evaldata into build/reader.safetensors: an hour or more; ARGS=--smoke tries it
	$(BIN)/python -m evals.training --out build/reader.safetensors $(ARGS)

lock: dev ## resolve requirements/ anew from pyproject.toml; ARGS=--upgrade takes newer versions
	$(LOCK) pyproject.toml --output-file requirements/lock.txt $(ARGS)
	$(LOCK) pyproject.toml --extra dev --constraint requirements/lock.txt --output-file requirements/lock-dev.txt $(ARGS)
	$(LOCK) pyproject.toml --extra compare --constraint requirements/lock.txt --constraint requirements/lock-dev.txt \
		--output-file requirements/lock-compare.txt $(ARGS)

clean: ## remove the environment and every cache
	rm -rf .venv build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find assistant embeddings evals tests ui -name __pycache__ -prune -exec rm -rf {} +

all: check test eval ## everything that must pass before a change lands

LOCK = $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-annotate --no-emit-package torch \
	--custom-compile-command "make lock"

runtime:
	$(call install,lock.txt,.venv/.runtime)

with-others:
	$(call install,lock-compare.txt,.venv/.compare .venv/.runtime)

dev:
	$(call install,lock-dev.txt,.venv/.dev .venv/.runtime)

# install(lock, stamps) brings .venv to the lock, and does nothing where the first stamp says that it is there already.
# The lock lists every package, so pip resolves nothing (--no-deps); torch comes apart, so that pip is free to take a CPU build.
define install
@set -eu; python=; \
for name in $(PYTHON); do \
	if $$name -c 'import ensurepip, sys, venv; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null; \
	then python=$$name; break; fi; \
done; \
if [ -z "$$python" ]; then \
	echo "Pilcrow needs CPython 3.11, 3.12 or 3.13 with its venv module, and none of '$(PYTHON)' is one; name yours: make $(firstword $(MAKECMDGOALS)) PYTHON=/path/to/python3.12" >&2; \
	exit 1; \
fi; \
version="$$($$python -VV)"; \
key="$$version $(CURDIR) $$(cat pyproject.toml requirements/*.txt | cksum)"; \
if [ "$$(cat $(firstword $(2)) 2>/dev/null)" = "$$key" ]; then exit 0; fi; \
if [ "$$($(BIN)/python -VV 2>/dev/null)" != "$$version" ] || ! $(BIN)/python -m pip --version >/dev/null 2>&1; then \
	echo "Making the environment .venv with $$version"; \
	$$python -m venv --clear .venv; \
fi; \
echo "Installing the packages of requirements/$(1) and PyTorch: a few minutes, once"; \
$(BIN)/python -m pip install -qq --no-deps --only-binary :all: --require-hashes -r requirements/$(1); \
$(BIN)/python -m pip install -qq -r requirements/torch.txt; \
$(BIN)/python -m pip install -qq --no-deps --no-build-isolation --editable .; \
for stamp in $(2); do echo "$$key" > $$stamp; done
endef
