#!/usr/bin/env bash
# Kills a bare service process KILLS times, then the real server SERVER_KILLS times, and checks what is left, in data folders
# of their own (see tests/crash/run.py, tests/crash/server.py). With GONGKAI_DATABASE_URL on PostgreSQL, in databases made for it.
set -euo pipefail
cd "$(dirname "$0")/.."
exec .venv/bin/python - "${KILLS:-2000}" "${SERVER_KILLS:-200}" "$@" <<'PY'
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, ".")
from tests.environment import own_environment

status = 0
for module, kills, more in (("run", sys.argv[1], sys.argv[3:]), ("server", sys.argv[2], [])):
    if kills == "0":
        continue
    with tempfile.TemporaryDirectory(prefix="gongkai-crash-") as folder, own_environment(Path(folder)) as environment:
        command = [sys.executable, "-m", f"tests.crash.{module}", "--kills", kills, *more]
        status |= subprocess.run(command, env=environment).returncode
sys.exit(status)
PY
