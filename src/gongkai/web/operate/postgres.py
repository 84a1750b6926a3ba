"""PostgreSQL's own programs for a dump and its return, called with the settings of ours."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

from gongkai.web.operate.manifest import NoBackup


def _program(name: str) -> str:
    places = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda p: int(p.parts[-3].split(".")[0]))
    found = str(places[-1]) if places else shutil.which(name)
    if not found:
        raise NoBackup(f"没有找到 {name}，请先安装 PostgreSQL 的客户端程序（postgresql-client）。")
    return found


def _call(name: str, database: dict[str, Any], *arguments: str) -> None:
    told = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD"}
    environment = {**os.environ, **{k: str(database[v]) for k, v in told.items() if database.get(v)}}
    for key, value in (database.get("OPTIONS") or {}).items():
        if key == "sslmode":
            environment["PGSSLMODE"] = str(value)
    done = subprocess.run(
        [_program(name), "--dbname", str(database["NAME"]), "--no-password", *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        last = (done.stderr.strip().splitlines() or [""])[-1]
        raise NoBackup(f"{name} 没有成功：{last}")


def dump(database: dict[str, Any], target: Path, snapshot: str) -> None:
    """Write the database as it stands in a snapshot that an open transaction holds."""
    _call(
        "pg_dump", database, "--format=custom", "--no-owner", "--no-acl", f"--snapshot={snapshot}", f"--file={target}"
    )


def load(database: dict[str, Any], source: Path) -> None:
    """Bring a dump into an empty database, wholly or not at all."""
    _call("pg_restore", database, "--no-owner", "--no-acl", "--single-transaction", "--exit-on-error", str(source))
