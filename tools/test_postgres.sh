#!/usr/bin/env bash
# Every test that touches a database, on PostgreSQL: on the server that GONGKAI_DATABASE_URL names, else on one started here for this run,
# in a folder of its own that is gone afterwards. PostgreSQL refuses to run as root, so root starts it as postgres.
set -euo pipefail
cd "$(dirname "$0")/.."

if [ -z "${GONGKAI_DATABASE_URL:-}" ]; then
  bin=$(find /usr/lib/postgresql -maxdepth 2 -name bin 2>/dev/null | sort -V | tail -1)
  [ -n "$bin" ] || { echo "没有 PostgreSQL：请安装 Debian 的 postgresql，或设 GONGKAI_DATABASE_URL。/ PostgreSQL is absent: install Debian's postgresql or set GONGKAI_DATABASE_URL." >&2; exit 1; }
  folder=$(mktemp -d)
  port=${GONGKAI_POSTGRES_PORT:-$(.venv/bin/python -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')}
  as=()
  if [ "$(id -u)" = 0 ]; then
    chown postgres "$folder"
    as=(runuser -u postgres --)
  fi
  stop() { "${as[@]}" "$bin/pg_ctl" -D "$folder/data" -m immediate stop >/dev/null 2>&1 || true; rm -rf "$folder"; }
  trap stop EXIT
  (
    cd "$folder"
    "${as[@]}" "$bin/initdb" -D "$folder/data" -U gongkai -A trust -E UTF8 --locale=C.UTF-8 >/dev/null
    "${as[@]}" "$bin/pg_ctl" -D "$folder/data" -w -l "$folder/log" \
      -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories=$folder -c fsync=off" start >/dev/null
  )
  export GONGKAI_DATABASE_URL="postgresql://gongkai@127.0.0.1:$port/postgres"
fi

export PYTHONHASHSEED=0 # the same run every time, as in `make test`
# Not on the day of `make test`, but in the first half hour of a year: nothing has happened in it yet, and UTC is a year behind.
# Without the browser: there a test and a server, which goes by the machine's clock, speak of the same days.
day=${GONGKAI_TEST_DAY:-2027-01-01T00:30+08:00}
# Each process of the run makes a database of its own, and so does each server or worker that a test starts. The browser
# leaves an event loop running in its process, in which Django would open connections that nobody closes: it runs apart.
# How a page looks is the same on every database: that is left to `make test`. That every address answers is asked here too,
# by tests/web/test_access_objects.py.
GONGKAI_TEST_DAY=$day .venv/bin/python -m pytest -n "${JOBS:-2}" tests/web tests/crash tests/cli/test_help.py "$@"
.venv/bin/python -m pytest -n "${JOBS:-2}" tests/browser \
  --ignore=tests/browser/test_every_page.py --ignore=tests/browser/test_every_thing.py --ignore=tests/browser/test_accessible.py "$@"
