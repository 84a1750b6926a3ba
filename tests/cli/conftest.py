from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import pytest

from gongkai.cli import main


@dataclass(frozen=True)
class Ran:
    """What a command left: its exit status and its words."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@pytest.fixture
def run(capsys, monkeypatch):
    """Run the command line in this process, as if its output were piped."""
    for name in ("COLUMNS", "FORCE_COLOR", "NO_COLOR", "GONGKAI_DEBUG"):
        monkeypatch.delenv(name, raising=False)

    def ran(*arguments: object) -> Ran:
        capsys.readouterr()
        status = main([str(a) for a in arguments])
        captured = capsys.readouterr()
        return Ran(status, captured.out, captured.err)

    return ran
