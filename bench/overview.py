"""The leader's page of a county of sixty organs with 200,000 records and the reports of six years.

Measured in a process of its own, over the data that `bench.collection` fills in; the reports are added to them once.
"""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.collection import CASES, ORGANS, ROWS, YEAR
from bench.figures import Figure, at_most, shown

PAGE = 200.0
"""Milliseconds that the page may take, from the request to the last byte."""
TIMES = 9
REPORTED = range(2019, YEAR + 1)
URLS = {"page": "/overview?year={}", "peers": "/compare/peers?year={}"}


def figures(build: Path) -> Iterator[Figure]:
    """The figures of this measure, taken in a process of its own."""
    place = build / "county"
    done = subprocess.run(
        [sys.executable, "-m", "bench.overview", str(place)],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        env=os.environ | {"GONGKAI_DATA": str(place), "DJANGO_SETTINGS_MODULE": "gongkai.web.settings"},
    )
    told = json.loads(done.stdout)
    reports = ORGANS * len(REPORTED)
    yield at_most(f"leader's page: {ORGANS} organs, {CASES + ROWS:,} records", told["page"], "ms", PAGE)
    yield shown(f"leader's page: the first time, with {reports} reports to read", told["first"], "ms")
    yield at_most("leader's page: right after a case changed", told["changed"], "ms", PAGE)
    yield at_most(f"organs of a kind, of {reports} reports", told["peers"], "ms", PAGE)


def _reports(county: Any) -> None:
    """A frozen report of every organ and year; of some years some organs have none."""
    from gongkai.annual.forms import edition_for, form
    from gongkai.web.issuing.models import Frozen
    from gongkai.web.organs.models import Organ
    from tests.web.overview import made

    if Frozen.objects.filter(county=county.pk).exists():
        return
    for n, organ in enumerate(Organ.objects.filter(county=county.pk)):
        for year in REPORTED:
            edition = edition_for(year)
            if (n + year) % 17 and edition:
                cells = {address: (n + at) % 50 for at, address in enumerate(form(edition).addresses)}
                made.frozen(organ, made.report(year, cells, edition=edition))


def _taken(url: str) -> float:
    """The middle of some requests, in milliseconds."""
    return sorted(_once(url) for _ in range(TIMES))[TIMES // 2]


def _once(url: str) -> float:
    from django.test import Client

    gc.collect()
    start = time.process_time()
    answer = Client().get(url)
    taken = time.process_time() - start
    assert answer.status_code == 200, url
    return taken * 1000


def _changed() -> float:
    """The page after a case was touched, so that nothing that was kept of cases holds."""
    from django.utils import timezone

    from gongkai.web.onrequest.models import Case

    case = Case.objects.order_by("pk").values_list("pk", flat=True)[:1]
    Case.objects.filter(pk=case[0]).update(changed_at=timezone.now())
    return _once(URLS["page"].format(YEAR))


def main(place: Path) -> None:
    """Print the milliseconds as JSON."""
    from bench.collection import _prepared

    county = _prepared(place)
    from django.conf import settings

    from gongkai.web.overview.models import ReportFigures

    settings.ALLOWED_HOSTS = ["testserver"]
    _reports(county)
    gc.collect()
    gc.freeze()  # as the server does once everything is loaded
    _once("/organs")  # what is loaded once a process
    ReportFigures.objects.all().delete()
    told = {"first": _once(URLS["page"].format(YEAR))}
    told |= {name: _taken(url.format(YEAR)) for name, url in URLS.items()}
    told["changed"] = sorted(_changed() for _ in range(TIMES))[TIMES // 2]
    print(json.dumps(told))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
