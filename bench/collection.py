"""The county's table of sixty organs with 200,000 records: from the facts alone, and refreshed after one new record.

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
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from bench.figures import Figure, at_most

ORGANS = 60
CASES, ROWS = 170_000, 30_000
YEAR = 2025
FILLING = 1
"""Counted up when what is filled in changes, so that an older set is made anew."""
WHOLE, AGAIN = 10.0, 0.2
"""Seconds that the whole may take, and the table after one new record."""
REPORT, REPORT_NOW = 15.0, 0.5
"""Seconds for the county's report with the organs behind each cell and its seal: signing and freezing reckon it once each."""
TIMES = 5


def figures(build: Path) -> Iterator[Figure]:
    """The figures of this measure, taken in a process of its own."""
    place = build / "county"
    done = subprocess.run(
        [sys.executable, "-m", "bench.collection", str(place)],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        env=os.environ | {"GONGKAI_DATA": str(place), "DJANGO_SETTINGS_MODULE": "gongkai.web.settings"},
    )
    told = json.loads(done.stdout)
    peer = "a full recount"
    yield at_most(f"county: {ORGANS} organs, {CASES + ROWS:,} records, from the facts", told["whole"], "s", WHOLE)
    yield at_most("county: refreshed after a new application", told["case"], "s", AGAIN, told["whole"], peer)
    yield at_most("county: its report put together as known at a moment", told["report"], "s", REPORT)
    yield at_most("county: its report put together as known now", told["report_now"], "s", REPORT_NOW)
    yield at_most("county: refreshed after a new row of a register", told["row"], "s", AGAIN, told["whole"], peer)


def _day(rng: random.Random, n: int) -> date:
    """A day of the three years that end with the one that is rolled up."""
    return date(YEAR, 12, 31) - timedelta(rng.randrange(3 * 365))


def _prepared(place: Path) -> Any:
    """The county, in a folder that is filled; made anew when an earlier run did not finish."""
    done = place / f"complete-{FILLING}-{CASES}-{ROWS}"
    if not done.exists():
        shutil.rmtree(place, ignore_errors=True)
        shutil.rmtree(f"{place}.keys", ignore_errors=True)
    os.environ.setdefault("GONGKAI_BACKGROUND", "0")
    from gongkai.web.operate.prepare import prepare_store

    prepare_store()
    from gongkai.web.annual.desk import open_desk

    county = open_desk()
    if not done.exists():
        _fill(county)
        done.write_text("", "ascii")
    return county


def _fill(county: Any) -> None:
    from django.db import connection, transaction

    from bench.office_data import _write
    from bench.office_rows import bulk
    from gongkai.web.people.selectors import local_operator
    from tests.web.collection import made

    operator = local_operator()
    assert operator is not None
    organs = [organ.pk for organ in made.offices(county.pk, ORGANS)]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=OFF")  # for the filling alone: it is made anew if the machine stops
    rows = bulk(range(CASES), county.pk, operator.pk, organs, _day)
    while some := list(islice(rows, 20_000)):
        _write(some)
    with transaction.atomic():
        made.write(made.licences(county.pk, organs, ROWS, operator.pk))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def main(place: Path) -> None:
    """Print the seconds as JSON; fails where the cache and a recount differ."""
    county = _prepared(place)
    from django.utils import timezone

    from gongkai.onrequest.procedure import Act
    from gongkai.web.audit.services import Audit
    from gongkai.web.collection.models import Contribution
    from gongkai.web.collection.selectors.countyreport import figures as report_figures
    from gongkai.web.collection.selectors.rollup import consolidated, recounted
    from gongkai.web.issuing.packing import seal_of, written
    from gongkai.web.onrequest.models import Application
    from gongkai.web.onrequest.services.acts import perform
    from gongkai.web.people.selectors import local_operator
    from gongkai.web.registers.models import Row
    from gongkai.web.registers.services.rows import enter

    operator = local_operator()
    assert operator is not None
    audit = Audit(actor=operator.pk, county=county.pk)
    Contribution.objects.all().delete()  # the leader's measure adds reports to this store, and no act tells of them
    table = consolidated(county, YEAR)
    gc.collect()
    gc.freeze()  # as the server does once everything is loaded
    start = time.process_time()
    recounted(county, YEAR)
    told = {"whole": time.process_time() - start}
    row = Row.objects.filter(register="licences").first()
    assert row is not None
    for name, moment in (("report", timezone.now()), ("report_now", None)):
        start = time.process_time()
        made = report_figures(row.organ, YEAR, moment)
        seal_of(written(made.kept), written(made.report.to_json()), made.members)
        told[name] = time.process_time() - start
    open_ones = list(Application.objects.filter(case__open=1, case__state="handling").order_by("-id")[:TIMES])
    values = {
        "entered_as": "single", "decided_on": f"{YEAR}-06-03", "matter": "取水许可", "party_kind": "organisation",
        "party": "云岭县石桥百货店", "outcome": "granted",
    }  # fmt: skip
    for name in ("case", "row"):
        moments = []
        for n in range(TIMES):
            if name == "case":
                perform(audit=audit, application=open_ones[n], act=Act.WITHDRAW, on=date.today())  # noqa: DTZ011
            else:
                number = f"许{time.time_ns()}号"
                enter(audit=audit, organ=row.organ, register="licences", values=values | {"document_number": number})
            gc.collect()
            start = time.process_time()
            table = consolidated(county, YEAR)
            moments.append(time.process_time() - start)
        told[name] = sorted(moments)[TIMES // 2]
        again = recounted(county, YEAR)
        assert (table.cells, table.reporters) == (again.cells, again.reporters), "the cache is not a recount"
    print(json.dumps(told))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
