#!/usr/bin/env bash
# All tests with branch coverage. The floor of pyproject.toml holds for all; the core has its own, just
# under the whole; the web is shown, not chased.
set -euo pipefail
cd "$(dirname "$0")/.."
PATH="$PWD/.venv/bin:$PATH"
jobs=$1
shift
status=0
coverage erase
coverage run -m pytest -n "$jobs" "$@" || status=$?
# A process that a test killed leaves half a file behind.
coverage combine --quiet || true
core='src/gongkai/text/*,src/gongkai/law/*,src/gongkai/calendar/*,src/gongkai/onrequest/*,src/gongkai/annual/*,src/gongkai/readers/*'
printf '\n── web, cli, documents\n'
coverage report --omit="$core" --fail-under=0 --skip-covered || status=1
printf '\n── core\n'
coverage report --include="$core" --fail-under=99.5 --skip-covered || status=1
exit "$status"
