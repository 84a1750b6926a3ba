"""The command as its users run it: a process of its own, in a folder of its own."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.environment import own_environment

GONGKAI = ("-m", "gongkai.cli")


@dataclass(frozen=True)
class Office:
    """Runs `gongkai` with these words, or other Python, with its folder as the place where it stands."""

    folder: Path
    environment: dict[str, str]

    def __call__(self, *words: str, python: tuple[str, ...] = GONGKAI) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, *python, *words],
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=900,
            check=False,
        )
        assert "Traceback" not in done.stderr, done.stderr
        return done


@contextmanager
def office_in(folder: Path) -> Iterator[Office]:
    """An office whose data folder goes with it."""
    with own_environment(folder, tables=True, PYTHONUTF8="1") as environment:
        yield Office(folder, environment)
