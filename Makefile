# SSCard Desk. `make help` lists what there is; `make run` and `make test` do everything from a fresh checkout.

PYTHON ?= python3
BIN := .venv/bin
OUT := out

.DEFAULT_GOAL := help
.PHONY: help setup run test lint shots bench contract bench-card faults-card faults-sync faults-line faults-recover faults-ways bench-sync bench-register demo docs lock clean

help: ## say what there is
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: ## system packages, .venv, fonts and models; does only what is missing
	@$(PYTHON) tools/setup.py --for test

run: ## open the counter in training mode with simulated devices (no display: serve one applicant into out/demo)
	@$(PYTHON) tools/setup.py --for run
	@$(BIN)/sscard-desk train --out $(OUT)/demo

test: setup ## all tests, real parts included, two at a time
	$(BIN)/python -m pytest -n 2

lint: setup ## ruff, mypy strict, the floors of the house
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

shots: setup ## photograph every screen in every state, and the administration's pages
	$(BIN)/python tools/shots.py --out $(OUT)/shots
	$(BIN)/python -m tests.pictures.administration --out $(OUT)/administration

bench: setup ## measure speed and memory; JSON on stdout
	@$(BIN)/python tools/bench.py

contract: setup ## ask the centre many more things than make test does, within its OpenAPI and outside
	$(BIN)/python -m pytest -q -n 2 tests/central/test_openapi.py --contract-examples 300

faults-card: setup ## tear a card's writing at every command in every way; JSON, goes on where it was stopped
	@mkdir -p $(OUT)
	@$(BIN)/python -m tests.faults.tear.matrix --state $(OUT)/faults-card.jsonl

faults-recover: setup ## put a centre on PostgreSQL back to random moments; JSON: what its desks brought again
	@$(BIN)/python -m tests.faults.recover_centre --rounds 20

faults-ways: setup ## kill a restore, a desk that reads a stick and a server that brings a list in; JSON
	@$(BIN)/python -m tests.faults.kill_ways --rounds 100 --json

faults-line: setup ## a desk's backlog over a line of 32 kbit/s that drops every 20 s, by the kernel (Linux, root); JSON
	@$(BIN)/python -m tests.faults.kernel_line

faults-sync: setup ## kill desks and servers, stop PostgreSQL, cut every message of a sync; JSON, goes on where it stopped
	@mkdir -p $(OUT)
	@$(BIN)/python -m tests.faults.sync.run --state $(OUT)/faults-sync.jsonl

bench-card: setup ## measure the writing of a card: commands, commits, processor time, the line's own time; JSON
	@$(BIN)/python tools/bench.py card

bench-sync: setup ## measure the centre on PostgreSQL: push beside a bare script, pull, photos, polls; JSON (ARGS=--full for more)
	@$(BIN)/python -m tests.benchmarks.bench_centre $(ARGS)

bench-register: setup ## a register of a million persons: taken over the line and by stick, memory and searches meanwhile; JSON
	@$(BIN)/python -m tests.benchmarks.bench_population
	@$(BIN)/python -m tests.benchmarks.bench_stick_register

demo: setup ## serve one applicant end to end without a display into out/demo
	rm -rf $(OUT)/demo
	$(BIN)/sscard-desk demo --out $(OUT)/demo

docs: setup ## write the generated parts of the docs anew
	$(BIN)/python tools/build_docs.py
	$(BIN)/python -m tests.imaging.portrait_table
	$(BIN)/python -m tests.devices.scanner.faults

lock: setup ## write the lock files anew (needs uv on the path)
	sh tools/lock.sh

clean: ## remove what was made, not the environment
	rm -rf $(OUT) .pytest_cache .mypy_cache .ruff_cache .hypothesis
