"""A county that has published much: filled through the services of the demonstration once, kept beside other material.

Filling that was broken off goes on where it stopped. It waits for no disk: what a crash takes is filled again.
"""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

SIZE = int(os.environ.get("BENCH_PORTAL_ITEMS", "20000"))
FILLING = 1
"""Counted up when what is filled in changes."""
STEP = 400


def store() -> str:
    """The kind of database that is measured."""
    return "PostgreSQL" if os.environ.get("GONGKAI_DATABASE_URL") else "SQLite"


@dataclass(frozen=True, slots=True)
class Published:
    """What there is to ask for: the pages of the frame, lists, items; and how many entries are public."""

    count: int
    pages: list[str]
    lists: list[str]
    items: list[str]


def prepared(build: Path) -> Published:
    """The addresses to ask for, over a store that is filled; what an earlier run began is finished."""
    place = build / f"portal-{SIZE}{'-postgresql' if store() == 'PostgreSQL' else ''}"
    done, begun = place / f"complete-{FILLING}", place / f"begun-{FILLING}"
    os.environ["GONGKAI_DATA"] = str(place)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.web.settings")
    os.environ.setdefault("GONGKAI_BACKGROUND", "0")
    if not done.exists() and not begun.exists():
        shutil.rmtree(place, ignore_errors=True)
        shutil.rmtree(f"{place}.keys", ignore_errors=True)
    from gongkai.web.operate.prepare import prepare_store, set_up

    set_up()
    prepare_store()
    if not done.exists():
        start = time.monotonic()
        with _without_waiting():
            _fill(begun)
        done.write_text("", "ascii")
        print(f"  {SIZE:,} entries led through review, in {time.monotonic() - start:.0f} s", file=sys.stderr)
    return _addresses()


@contextmanager
def _without_waiting() -> Iterator[None]:
    """Write without asking the disk each time whether it is there."""
    from django.db import connection

    lite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous=OFF" if lite else "SET synchronous_commit TO off")
    yield
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous=FULL" if lite else "SET synchronous_commit TO on")
        if lite:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _fill(begun: Path) -> None:
    """Fill in what is missing, each batch in one transaction; `begun` says from which number on."""
    from django.db import transaction

    from gongkai.web.annual.desk import open_desk
    from gongkai.web.audit.services import Audit
    from gongkai.web.demo.publishing import open_house, publish
    from gongkai.web.demo.reports import COUNTY, ORGANS
    from gongkai.web.organs.services import keep_list, name_county
    from gongkai.web.people.selectors import local_operator

    county, operator = open_desk(), local_operator()
    assert operator is not None
    audit = Audit(actor=operator.pk, county=county.pk)
    if not begun.exists():
        name_county(audit=audit, county=county, name=COUNTY)
        keep_list(audit=audit, county=county, organs=list(ORGANS))
        open_house(county, audit)
        begun.write_text("0", "ascii")
    for first in range(int(begun.read_text("ascii")), SIZE, STEP):
        last = min(first + STEP, SIZE)
        with transaction.atomic():
            publish(county, audit, first, last, count=SIZE)
        begun.write_text(str(last), "ascii")
        print(f"  {last:,} of {SIZE:,} entries led through review", file=sys.stderr)


def _addresses() -> Published:
    from gongkai.web.annual.desk import open_desk
    from gongkai.web.organs.selectors import living_organs
    from gongkai.web.proactive.selectors.public import count, counts, public

    county = open_desk().pk
    keys = public(county).values_list("item_id", flat=True)
    held = counts(county, "organ")
    organs = [str(organ.pk) for organ in living_organs(county) if str(organ.pk) in held]
    by_item = counts(county, "item")
    lists = [f"/statutory/item/{key}" for key in by_item]
    lists += [f"/statutory/organ/{key}" for key in organs]
    lists += [f"/statutory/theme/{key}" for key in counts(county, "theme") if "/" not in key]
    pages = ["/portal", "/boards", "/statutory", "/bodies", "/guide", "/system", "/yearly", "/topics"]
    pages += [f"/organs/{key}" for key in organs[:10]]
    return Published(count(county), pages, lists, [f"/items/{key}" for key in keys[:5000]])
