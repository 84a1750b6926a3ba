# Gongkai: everything starts here. `make run` serves the desk, `make test` passes the tests.
SHELL := /bin/bash
PYTHON ?= python3
PORT ?= 8000
JOBS ?= 2
PYTEST_FLAGS ?=
KILLS ?= 2000
SERVER_KILLS ?= 200
CRASH_FLAGS ?=
ROUNDS ?= 5
COUNTY ?= 60x20000
BIN := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev run test check format reference unseen explore test-counties bench bench-postgres test-postgres crash pictures pins clean

help: ## 列出各项 / list the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | sort

setup: ## 建立 .venv，装好 gongkai / make .venv with the command gongkai
	@PYTHON="$(PYTHON)" tools/setup.sh base

setup-dev:
	@PYTHON="$(PYTHON)" tools/setup.sh dev

run: setup ## 打开工作台（PORT=8000）/ serve the desk
	@$(BIN)/gongkai serve --port $(PORT)

test: setup-dev ## 全部测试（COVERAGE=1 计核心的覆盖率，COVERAGE=all 计全部）/ all tests (COVERAGE=1: with the coverage of the core)
ifdef COVERAGE
	@tools/coverage.sh $(COVERAGE) $(JOBS) $(PYTEST_FLAGS)
else
	@PYTHONHASHSEED=0 $(BIN)/python -m pytest -n $(JOBS) $(PYTEST_FLAGS)
endif

check: setup-dev ## 不运行产品的全部检查 / every check that does not run the product
	@tools/check.sh

format: setup-dev ## 排版 / put the code into the house's layout
	@$(BIN)/ruff check --fix-only --quiet .
	@$(BIN)/ruff format --quiet .

reference: setup-dev ## 由代码重写参考手册 / write the reference pages from the code
	@$(BIN)/python -m tools.reference

unseen: setup-dev ## 换新种子再读没见过的报告 / unseen reports under a seed of their own
	@GONGKAI_SEED=$$(od -An -N4 -tu4 /dev/urandom | tr -d ' ') $(BIN)/python -m pytest -n $(JOBS) tests/readers/test_unseen.py

explore: setup-dev ## 性质测试换没见过的例子（ROUNDS=5，每轮新种子）/ the property tests on examples nobody has seen
	@for round in $$(seq $(ROUNDS)); do \
	  seed=$$(od -An -N4 -tu4 /dev/urandom | tr -d ' '); echo "-- $$round/$(ROUNDS): --hypothesis-seed=$$seed"; \
	  $(BIN)/python -m pytest -q -n $(JOBS) -m hypothesis --hypothesis-profile=explore --hypothesis-seed=$$seed $(PYTEST_FLAGS) || exit 1; \
	done

test-counties: setup-dev ## 虚构的县过三年（COUNTY=60x20000，机关数x每年件数）/ three years of an invented county at full size
	@GONGKAI_COUNTY=$(COUNTY) $(BIN)/python -m pytest -n 0 tests/web/counties $(PYTEST_FLAGS)

bench: setup-dev ## 量速度，写 build/bench.json / measure
	@$(BIN)/python -m bench

bench-postgres: setup-dev ## 在 PostgreSQL 上量申请工作台（一百万件）/ measure the application desk on PostgreSQL
	@tools/bench_postgres.sh

test-postgres: setup-dev ## 在 PostgreSQL 上跑用到数据库的全部测试 / every test with a database, on PostgreSQL
	@JOBS=$(JOBS) tools/test_postgres.sh $(PYTEST_FLAGS)

crash: setup-dev ## 反复杀死进程再核对（KILLS=2000 SERVER_KILLS=200）/ kill the process again and again, and look at what is left
	@KILLS=$(KILLS) SERVER_KILLS=$(SERVER_KILLS) tools/crash.sh $(CRASH_FLAGS)

pictures: setup-dev ## 重拍说明书里的图 / take the pictures of the manual again
	@$(BIN)/python -m pytest -q -n 0 tests/browser/test_two_sides.py -k both_sides
	@$(BIN)/python -m pytest -q -n 0 $(addprefix tests/browser/test_,$(addsuffix .py,issuing report_words county supervising assessment appraisal overview))
	@$(BIN)/python -m tools.pictures

pins: setup-dev ## 由 requirements/*.in 重定版本 / pin anew from requirements/*.in
	@tools/pins.sh

clean: ## 清掉可重建的东西，不动数据 / remove what can be made again, never the data
	rm -rf build .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache .coverage .coverage.*
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
	rm -rf src/*.egg-info
