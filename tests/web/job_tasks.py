"""Jobs of the tests."""

from __future__ import annotations

import os
import time
from pathlib import Path

from django_tasks import task

done: list[str] = []


@task()
def note(word: str) -> None:
    done.append(word)


@task()
def fail(word: str) -> None:
    done.append(word)
    raise RuntimeError("张三 110101199003070000")


@task()
def slow(word: str) -> None:
    """Say that it was begun, then take long; a second time it takes no time."""
    path = Path(os.environ["GONGKAI_DATA"]) / f"{word}.begun"
    again = path.exists()
    with path.open("a") as out:
        out.write("begun\n")
    if not again:
        time.sleep(60)
