#!/usr/bin/env bash
# The pages of the application desk on PostgreSQL with BENCH_SIZE cases (1,000,000 by default). The server and its data
# are kept beside, so that a second run measures at once. Other measures by name: tools/bench_postgres.sh search
set -euo pipefail
cd "$(dirname "$0")/.."
bin=$(find /usr/lib/postgresql -maxdepth 2 -name bin 2>/dev/null | sort -V | tail -1)
[ -n "$bin" ] || { echo "没有 PostgreSQL：请安装 Debian 的 postgresql。/ PostgreSQL is absent: install Debian's postgresql." >&2; exit 1; }
export BENCH_SIZE=${BENCH_SIZE:-1000000}
# The server's own user must reach its folder, which a folder of root's does not let it.
folder=${GONGKAI_BENCH_POSTGRES:-/var/tmp/gongkai-bench-postgresql}-$BENCH_SIZE
port=${GONGKAI_POSTGRES_PORT:-54330}
# A quarter of the memory, as the handbook of PostgreSQL advises for a machine of its own.
buffers=${GONGKAI_BENCH_BUFFERS:-$(awk '/^MemTotal:/ {printf "%dMB", $2 / 4096}' /proc/meminfo)}
as=()
mkdir -p "$folder"
if [ "$(id -u)" = 0 ]; then
  chown postgres "$folder"
  as=(runuser -u postgres --)
fi
(
  cd "$folder"
  [ -d data ] || "${as[@]}" "$bin/initdb" -D "$folder/data" -U gongkai -A trust -E UTF8 --locale=C.UTF-8 >/dev/null
  "${as[@]}" "$bin/pg_ctl" -D "$folder/data" -w -l "$folder/log" \
    -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories=$folder -c shared_buffers=$buffers -c max_wal_size=4GB" start >/dev/null
)
trap '"${as[@]}" "$bin/pg_ctl" -D "$folder/data" -m fast stop >/dev/null 2>&1 || true' EXIT
export GONGKAI_DATABASE_URL="postgresql://gongkai@127.0.0.1:$port/postgres"
.venv/bin/python -m bench "${@:-office_pages}"
