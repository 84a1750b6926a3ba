#!/usr/bin/env bash
# Every check that does not run the product; all of them run, so that one look shows all that is wrong.
set -uo pipefail
cd "$(dirname "$0")/.."
PATH="$PWD/.venv/bin:$PATH"
failed=()
step() {
  local name=$1
  shift
  printf '── %s\n' "$name"
  "$@" || failed+=("$name")
}
step "ruff check" ruff check --quiet --output-format concise .
step "ruff format" ruff format --check --output-format concise .
step "mypy" mypy
step "lint-imports" lint-imports --no-logo
step "reference pages" python -m tools.reference --check
step "house rules" python -m pytest -q -p no:cacheprovider tests/house
if [ ${#failed[@]} -gt 0 ]; then
  printf '\n没有通过 / failed: %s\n' "${failed[*]}"
  exit 1
fi
printf '\n全部通过 / all checks passed\n'
