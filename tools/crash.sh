#!/usr/bin/env bash
# Kills a bare service process KILLS times and checks what is left, in a data folder of its own (see tests/crash/run.py). With
# GONGKAI_DATABASE_URL on PostgreSQL, in a database made for it.
set -euo pipefail
cd "$(dirname "$0")/.."
exec .venv/bin/python - "${KILLS:-2000}" "$@" <<'PY'
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, ".")
from tests.environment import own_environment

with tempfile.TemporaryDirectory(prefix="gongkai-crash-") as folder, own_environment(Path(folder)) as environment:
    command = [sys.executable, "-m", "tests.crash.run", "--kills", sys.argv[1], *sys.argv[2:]]
    sys.exit(subprocess.run(command, env=environment).returncode)
PY
