#!/usr/bin/env bash
# All tests with the branch coverage of the core, which has its floor. `tools/coverage.sh all JOBS` measures the web, the
# command line and the writers as well, which are shown, not chased: whatever they do then takes longer.
set -euo pipefail
cd "$(dirname "$0")/.."
PATH="$PWD/.venv/bin:$PATH"
what=$1 jobs=$2
shift 2
others='src/gongkai/web/*,src/gongkai/cli/*,src/gongkai/documents/*'
measured=()
[ "$what" = all ] && measured=(--omit=none)
status=0
coverage erase
PYTHONHASHSEED=0 coverage run "${measured[@]}" -m pytest -n "$jobs" "$@" || status=$?
coverage combine --quiet
if [ "$what" = all ]; then
  printf '\n── web, cli, documents\n'
  coverage report --include="$others" --fail-under=0 --skip-covered || status=1
fi
printf '\n── core\n'
coverage report --omit="$others" --fail-under=99.5 --skip-covered || status=1
exit "$status"
