#!/usr/bin/env bash
# Makes .venv: what requirements/ pins, then our own package apart from it. A second run finds its stamps and ends.
set -euo pipefail
cd "$(dirname "$0")/.."
kind=${1:-base}
python=${PYTHON:-python3}

say() { printf '%s\n' "$*" >&2; }

need_python() {
  command -v "$python" >/dev/null || { say "没有找到 python3，请先安装 Python 3.11 或更新版本。/ python3 was not found: please install Python 3.11 or newer."; exit 1; }
  "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
    say "需要 Python 3.11 或更新版本，现有的是 $("$python" -V 2>&1)。/ Python 3.11 or newer is needed, this is $("$python" -V 2>&1)."
    exit 1
  }
}

need_venv() {
  "$python" -c 'import venv, ensurepip' 2>/dev/null && return
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    say "正在安装 python3-venv…… / installing python3-venv…"
    export DEBIAN_FRONTEND=noninteractive
    { apt-get update -qq && apt-get install -y -qq --no-install-recommends python3-venv; } >/dev/null 2>&1 || true
    "$python" -c 'import venv, ensurepip' 2>/dev/null && return
  fi
  say "缺少 python3-venv，请管理员先执行 apt-get install python3-venv。/ python3-venv is missing: please have it installed (apt-get install python3-venv)."
  exit 1
}

# A stamp holds what it was made from: the place of the checkout, the Python, and the files that decide what is installed.
mark() {
  printf '%s\n' "$PWD" "$("$1" -c 'import sys; print(sys.version)' 2>/dev/null)"
  cat "requirements/$2.txt" pyproject.toml
}
fresh() { [ -x .venv/bin/gongkai ] && [ "$(mark .venv/bin/python "$1" | cksum)" = "$(cat ".venv/$1.stamp" 2>/dev/null)" ]; }

install() {
  .venv/bin/python -m pip --disable-pip-version-check --no-input install -qq --progress-bar off "$@"
}

if fresh dev || { [ "$kind" = base ] && fresh base; }; then exit 0; fi

need_python
# An environment that was moved, or whose Python is gone, is made anew.
if ! .venv/bin/python -c 'import pip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
  || ! grep -qsF "$PWD/.venv" .venv/bin/activate; then
  need_venv
  say "正在建立 .venv…… / making .venv…"
  "$python" -m venv --clear .venv
fi
say "正在安装所需的软件包，第一次约需一两分钟…… / installing what is needed; the first time takes a minute or two…"
install --require-hashes -r "requirements/$kind.txt"
install --no-deps --no-build-isolation --editable .
mark .venv/bin/python "$kind" | cksum >".venv/$kind.stamp"
say "已装好。/ Ready."
