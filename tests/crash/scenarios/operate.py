"""A backup that has its name is whole."""

from __future__ import annotations

import shutil
from typing import Any

from gongkai.web.audit.services import Audit
from gongkai.web.operate import manifest
from gongkai.web.operate.backup import backup
from tests.crash.scenarios.scenario import Scenario, log_of


def _folder() -> Any:
    return log_of("x").parent / "backups"


def _backup(audit: Audit, number: int) -> Any:
    _folder().mkdir(exist_ok=True)
    backup(_folder() / str(number))
    return number


def _check(audit: Audit, receipts: list[Any]) -> list[str]:
    wrong = [f"backup {n} was promised and is not there" for n in receipts if not (_folder() / str(n)).is_dir()]
    for path in _folder().iterdir() if _folder().exists() else []:
        if not path.name.startswith("."):
            try:
                manifest.check_files(path, manifest.read(path))
            except manifest.NoBackup as error:
                wrong.append(f"backup {path.name}: {error}")
        shutil.rmtree(path)
    return wrong


SCENARIOS = [Scenario("backup", _backup, _check)]
