"""An entry's release, correction and withdrawal: wholly public or not at all, its number nobody else's, the news in step."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from gongkai.proactive.procedure import Act
from gongkai.web.audit.models import Entry
from gongkai.web.audit.services import Audit
from gongkai.web.changes.models import Row
from gongkai.web.changes.selectors import generation
from gongkai.web.organs.models import Organ
from gongkai.web.proactive import rulekeys
from gongkai.web.proactive.models import Attachment, IndexCounter, IndexNumber, Item, ItemAct, Release, Shelf, Standing
from gongkai.web.proactive.selectors.facts import newest_version, possible, progress, was_checked
from gongkai.web.proactive.selectors.public import on_shelf, public, public_by_number, public_file, public_item
from gongkai.web.proactive.services import drafting, release, review
from gongkai.web.proactive.services.batches import pass_many, release_many
from gongkai.web.proactive.services.book import Book
from gongkai.web.proactive.services.drafting import Content, NewFile, content_of
from gongkai.web.proactive.services.searching import differences
from gongkai.web.rules.selectors import setting
from gongkai.web.rules.services import set_value
from gongkai.web.search.selectors import search, suggestions
from tests.crash.scenarios.scenario import Scenario

NEWEST = 60
CODE = "11371522004222241N"
META = {
    "theme": "06/水利",
    "issuing_organ": "云岭县水务局",
    "written_on": "2026-02-26",
    "items": ["general"],
    "columns": ["item.general"],
}


def _organ(audit: Audit) -> Organ:
    found, _ = Organ.objects.get_or_create(county=audit.county, name="云岭县水务局", defaults={"form": "department"})
    if setting(audit.county, rulekeys.INDEX_CODE, on=timezone.localdate()) != CODE:
        set_value(audit=audit, key=rulekeys.INDEX_CODE, value=CODE, valid_from=date(2026, 1, 1))
    return found


def _content(number: int) -> Content:
    day = timezone.localdate()
    file = NewFile("清单.txt", f"第{number}件清单".encode(), "text/plain", text=f"第{number}件清单的内容。")
    body = f"<p>第{number}条的内容。</p>"
    return Content("general", f"第{number}条", day, META, "proactive", body=body, files=(file,))


def _pass(audit: Audit, item: Item) -> None:
    review.submit(audit=audit, item=item)
    while progress(item).next_stage:
        review.pass_stage(audit=audit, item=item)


def _publish(audit: Audit, number: int) -> Any:
    """What the user is told: the key, and as what it was last seen."""
    item = drafting.draft(audit=audit, organ=_organ(audit), content=_content(number), once=f"crash:{number}")
    _pass(audit, item)
    if number % 3 == 2:
        release.release(audit=audit, item=item, from_at=timezone.now() + timedelta(milliseconds=20))
        time.sleep(0.03)
        release.note_what_time_did(audit=audit)
        return [str(item.pk), "public"]
    release.release(audit=audit, item=item)
    if number % 3 == 0:
        drafting.correct(audit=audit, item=item, reason="更正")
        content = replace(content_of(newest_version(item)), body="<p>更正后的内容。</p>")  # type: ignore[arg-type]
        drafting.edit(audit=audit, item=item, content=content)
        _pass(audit, item)
        release.release(audit=audit, item=item)
        return [str(item.pk), "corrected"]
    release.withdraw(audit=audit, item=item, reason="有误")
    return [str(item.pk), "withdrawn"]


def _publish_many(audit: Audit, number: int) -> Any:
    """Two at once: passed and released in batches, one of them drafted in one."""
    item = drafting.draft(audit=audit, organ=_organ(audit), content=_content(number), once=f"crash:{number}m")
    book = Book()
    other = book.draft(audit, _organ(audit), _content(number + 100_000), timezone.now(), f"crash:{number}b")
    book.write()
    for each in (item, other):
        review.submit(audit=audit, item=each)
    while progress(item).next_stage or progress(other).next_stage:
        pass_many(audit=audit, items=[each for each in (item, other) if progress(each).next_stage], opinion="同意")
    release_many(audit=audit, items=[item, other])
    return [str(other.pk), "public"]


def _check_many(audit: Audit, receipts: list[Any]) -> list[str]:
    """What was told; everything else the other scenario looks at, these entries among them."""
    return [f"entry {key} was told {told}" for key, told in receipts if public_item(audit.county, UUID(key)) is None]


def _recover(audit: Audit) -> None:
    """What the worker does every minute."""
    release.note_what_time_did(audit=audit)


def _check(audit: Audit, receipts: list[Any]) -> list[str]:
    wrong = []
    for key, told in receipts:
        found = public_item(audit.county, Item.objects.get(pk=key).pk)
        if (found is None) != (told == "withdrawn"):
            wrong.append(f"entry {key} was told {told}")
        if told == "corrected" and found and found.edition != 2:
            wrong.append(f"entry {key} shows edition {found.edition}")
    for item in Item.objects.order_by("-id")[:NEWEST]:
        wrong += _whole(item) + _by_every_way(item)
    if differs := differences():
        wrong.append(f"the search is not what is released: {differs}")
    return wrong + _numbers(audit) + _news(audit)


def _whole(item: Item) -> list[str]:
    """An entry's caches are what its acts say, and a release has its number, its shelves and its audit row."""
    wrong, now = [], timezone.now()
    standing = Standing.objects.filter(item=item).first()
    if standing is None or newest_version(item) is None:
        return [f"entry {item.pk} has no text or standing"]
    then = progress(item, now)
    if standing.state != then.state.value:
        wrong.append(f"entry {item.pk} stands as {standing.state}, its acts say {then.state.value}")
    rows = list(Release.objects.filter(item=item).order_by("edition"))
    windows = [(w.edition, w.from_at, w.until_at, w.withdrawn_at) for w in then.windows]
    if [(r.edition, r.from_at, r.until_at, r.withdrawn_at) for r in rows] != windows:
        wrong.append(f"entry {item.pk} has other releases than its acts")
    if rows and (not IndexNumber.objects.filter(item=item).exists() or any(not r.index_number for r in rows)):
        wrong.append(f"entry {item.pk} is released without a number")
    if any(not Shelf.objects.filter(release=row).exists() for row in rows):
        wrong.append(f"entry {item.pk} is on no shelf")
    wrong += _looked_through(item, rows)
    acts = ItemAct.objects.filter(item=item)
    if Entry.objects.filter(object_id__in=acts.values("pk")).count() != acts.count():
        wrong.append(f"an act on {item.pk} has no audit row")
    return wrong


def _by_every_way(item: Item) -> list[str]:
    """Page, list, number, file and search tell the same of an entry, and all of the same version."""
    found = public_item(item.county, item.pk)
    title = newest_version(item).title  # type: ignore[union-attr]
    wanted = [found.version_id] if found else []
    number = IndexNumber.objects.filter(item=item).values_list("text", flat=True).first()
    by_number = public_by_number(item.county, number) if number else None
    files = Attachment.objects.filter(version__item=item).values_list("file", "version")
    served = {file for file, _ in files if public_file(item.county, item.pk, file)}
    ways = {
        "list": [row.version_id for row in on_shelf(item.county, "kind", "general") if row.item_id == item.pk],
        "number": [by_number.version_id] if by_number else [],
        "search": _hits(item, title),
        "words of the file": _hits(item, title.replace("条", "件清单的内容")),
        "suggestions": wanted if title in suggestions(title, county=item.county) and found else [],
    }
    wrong = [
        f"entry {item.pk} is {wanted} on its page and {told} by {way}" for way, told in ways.items() if told != wanted
    ]
    if served != {file for file, version in files if [version] == wanted}:
        wrong.append(f"entry {item.pk} gives other files than its page names")
    if found is None and title in suggestions(title, county=item.county):
        wrong.append(f"entry {item.pk} is suggested and not public")
    return wrong


def _hits(item: Item, typed: str) -> list[Any]:
    """The versions of an entry that a search finds."""
    hits = [hit.release for hit in search(typed, county=item.county).hits if hit.item == item.pk]
    return list(Release.objects.filter(pk__in=hits).values_list("version", flat=True))


def _looked_through(item: Item, rows: list[Release]) -> list[str]:
    """Whoever died between an act and its check: nothing unchecked is released, and no stage passes it."""
    wrong = [f"entry {item.pk} is released unchecked" for row in rows if not was_checked(row.version)]
    waits = newest_version(item)
    assert waits is not None
    if not was_checked(waits) and possible(item, Act.PASS).allowed:
        wrong.append(f"entry {item.pk} may pass a stage unchecked")
    return wrong


def _numbers(audit: Audit) -> list[str]:
    serials = sorted(IndexNumber.objects.filter(county=audit.county).values_list("serial", flat=True))
    last = IndexCounter.objects.filter(county=audit.county).values_list("last", flat=True).first() or 0
    return [] if serials == list(range(1, last + 1)) else ["index numbers have gaps or doubles"]


def _news(audit: Audit) -> list[str]:
    """Who reads the changes from the first believes what the pages show."""
    believed: dict[Any, Any] = {}
    numbers = []
    for row in Row.objects.filter(county=audit.county).order_by("generation"):
        numbers.append(row.generation)
        if row.kind == "begin":
            believed[row.subject] = row.version
        elif row.kind == "end" and believed.get(row.subject) == row.version:
            del believed[row.subject]
    wrong = [] if numbers == list(range(1, generation(audit.county).value + 1)) else ["the changes have gaps"]
    if believed != {r.item_id: r.version_id for r in public(audit.county)}:
        wrong.append("the changes tell something else than the pages")
    return wrong


SCENARIOS = [
    Scenario("proactive.publish", _publish, _check, _recover),
    Scenario("proactive.many", _publish_many, _check_many, _recover),
]
