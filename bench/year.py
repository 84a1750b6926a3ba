"""One organ's year with 20,000 applications: compiled from the facts, now and as known at a moment, with what is behind it.

Measured in a process of its own, in a data folder of its own, made once and kept beside the other material.
"""

from __future__ import annotations

import gc
import json
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from bench.figures import ROUNDS, Figure, at_most, shown

CASES = 20_000
YEAR = 2024
FILLING = 1
"""Counted up when what is filled in changes, so that an older set is made anew."""
ORGAN = "云岭县自然资源局"
LIMIT = 1.0
"""Seconds that the compiling of one organ's year may take."""


def figures(build: Path) -> Iterator[Figure]:
    """The figures of this measure, taken in a process of its own."""
    place = build / "year"
    done = subprocess.run(
        [sys.executable, "-m", "bench.year", str(place)],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        env=os.environ | {"GONGKAI_DATA": str(place), "DJANGO_SETTINGS_MODULE": "gongkai.web.settings"},
    )
    told = json.loads(done.stdout)
    yield at_most(f"year: one organ, {CASES:,} cases, compiled", told["now"], "s", LIMIT)
    yield at_most("year: the same as known at a moment", told["known"], "s", LIMIT)
    yield at_most("year: with the membership of every cell", told["membership"], "s", 2 * LIMIT)
    yield shown("year: a ledger of as many rows, compiled", told["ledger"], "s")


def _day(rng: random.Random, n: int) -> date:
    """A day of the year; every twentieth came before it."""
    first = date(YEAR - 1, 10, 1) if n % 20 == 0 else date(YEAR, 1, 1)
    return first + timedelta(rng.randrange(91 if n % 20 == 0 else 366))


def _prepared(place: Path) -> Any:
    """The organ, in a folder that is filled; made anew when an earlier run did not finish."""
    done = place / f"complete-{FILLING}-{CASES}"
    if not done.exists():
        shutil.rmtree(place, ignore_errors=True)
        shutil.rmtree(f"{place}.keys", ignore_errors=True)
    os.environ.setdefault("GONGKAI_BACKGROUND", "0")
    from gongkai.web.operate.prepare import prepare_store

    prepare_store()
    from gongkai.web.organs.models import Organ

    if not done.exists():
        _fill()
        done.write_text("", "ascii")
    return Organ.objects.get(name=ORGAN)


def _fill() -> None:
    from django.db import connection

    from bench.office_data import _write
    from bench.office_rows import bulk
    from gongkai.web.annual.desk import open_desk
    from gongkai.web.organs.models import Organ
    from gongkai.web.people.selectors import local_operator

    county, operator = open_desk(), local_operator()
    assert operator is not None
    organ = Organ.objects.create(county=county.pk, name=ORGAN, form="department", word="云自然")
    rows = bulk(range(CASES), county.pk, operator.pk, [organ.pk], _day)
    while some := list(islice(rows, 20_000)):
        _write(some)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _best(work: Callable[[], object]) -> float:
    """Seconds by the processor's clock, the best of several rounds."""
    work()
    best = float("inf")
    for _ in range(ROUNDS):
        gc.collect()
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best


def main(place: Path) -> None:
    """Print the seconds as JSON."""
    organ = _prepared(place)
    from django.utils import timezone

    from gongkai.readers.ledger import read_ledger
    from gongkai.readers.ledger.compiling import compile_ledger
    from gongkai.web.compilation.selectors.figures import compiled, membership

    made = compiled(organ, YEAR)
    assert made.value("applications.received.total") == CASES * 19 // 20
    lines = ["登记编号,申请人,申请人类型,收到日期,申请内容,答复日期,处理决定,送达日期"]
    lines += [f"{n}号,申请人{n},自然人,{YEAR}-03-01,地块,{YEAR}-03-20,G2,{YEAR}-03-20" for n in range(CASES)]
    ledger = read_ledger("\n".join(lines).encode(), "台账.csv")
    moment = timezone.now()
    told = {
        "now": _best(lambda: compiled(organ, YEAR)),
        "known": _best(lambda: compiled(organ, YEAR, moment)),
        "membership": _best(lambda: membership(organ, YEAR)),
        "ledger": _best(lambda: compile_ledger(ledger, ORGAN, YEAR)),
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
