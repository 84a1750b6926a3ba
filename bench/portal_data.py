"""A county that has published much: filled through the services of the demonstration once, kept beside other material."""

from __future__ import annotations

import os
import shutil
import sys
import time
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
    """The addresses to ask for, over a store that is filled; filled anew when an earlier run did not finish."""
    place = build / f"portal-{SIZE}{'-postgresql' if store() == 'PostgreSQL' else ''}"
    done = place / f"complete-{FILLING}"
    os.environ["GONGKAI_DATA"] = str(place)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.web.settings")
    os.environ.setdefault("GONGKAI_BACKGROUND", "0")
    if not done.exists():
        shutil.rmtree(place, ignore_errors=True)
        shutil.rmtree(f"{place}.keys", ignore_errors=True)
    from gongkai.web.operate.prepare import prepare_store, set_up

    set_up()
    prepare_store()
    if not done.exists():
        start = time.monotonic()
        _fill()
        done.write_text("", "ascii")
        print(f"  {SIZE:,} entries led through review, in {time.monotonic() - start:.0f} s", file=sys.stderr)
    return _addresses()


def _fill() -> None:
    from gongkai.web.annual.desk import open_desk
    from gongkai.web.audit.services import Audit
    from gongkai.web.demo.publishing import open_house, publish
    from gongkai.web.demo.reports import COUNTY, ORGANS
    from gongkai.web.organs.services import keep_list, name_county
    from gongkai.web.people.selectors import local_operator

    county, operator = open_desk(), local_operator()
    assert operator is not None
    audit = Audit(actor=operator.pk, county=county.pk)
    name_county(audit=audit, county=county, name=COUNTY)
    keep_list(audit=audit, county=county, organs=list(ORGANS))
    open_house(county, audit)
    for first in range(0, SIZE, STEP):
        publish(county, audit, first, min(first + STEP, SIZE), count=SIZE)


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
