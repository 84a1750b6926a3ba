"""What stands on line against what was reviewed: every line of a listing, and every entry, under one heading.

What was not fetched is under a heading of its own and never called missing; where a listing does not hold everything
there is, nothing is called missing at all.
"""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import cast

from django.utils import timezone

from gongkai.readers.sites.listing import Listed, Status
from gongkai.web.cms.matching import (
    DIFFERENCES,
    HOW,
    Index,
    Match,
    Ours,
    differences,
    index,
    match,
    plain_address,
)
from gongkai.web.cms.models import Judgement, Listing, ListingLine, OnLine
from gongkai.web.cms.selectors.standing import exported_before
from gongkai.web.organs.selectors import names_of
from gongkai.web.proactive.selectors.outgoing import Line, ended_lines, standing_lines, text_digests

GROUPS: dict[str, str] = {
    "without": "网上有，没有审查记录",
    "several": "有几个可能，待认定",
    "still": "这里已撤回或者期满，网上还在",
    "differs": "名称、日期或者正文不一致",
    "twice": "同一篇在网上有几处",
    "missing": "已审查公开，网上没有",
    "unknown": "不能断定是否上线",
    "unfetched": "没有取到的网页",
    "agree": "一致",
    "aside": "已认定不属于本县机关或者不是条目",
}
"""The headings, what asks for work first."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the result: what stands there, which entry it is, and what was decided of it."""

    group: str
    url: str = ""
    title: str = ""
    day: date | None = None
    item: uuid.UUID | None = None
    our_title: str = ""
    our_day: date | None = None
    index_number: str = ""
    organ: str = ""
    how: str = ""
    says: str = ""
    candidates: tuple[Ours, ...] = ()
    judged: str = ""
    task: str = ""


@dataclass(slots=True)
class Reconciled:
    """The whole result. `lines` and `entries` are the bases of the counts."""

    listing: Listing
    rows: list[Row] = field(default_factory=list)
    lines: int = 0
    entries: int = 0

    @property
    def counts(self) -> dict[str, int]:
        """How many lines stand under each heading."""
        counted = Counter(row.group for row in self.rows)
        return {group: counted[group] for group in GROUPS}

    def of(self, group: str) -> list[Row]:
        """The lines under a heading."""
        return [row for row in self.rows if row.group == group]

    @property
    def clean(self) -> bool:
        """Whether nothing asks for work."""
        return all(row.group in ("agree", "aside") for row in self.rows)


def listings(county: uuid.UUID, limit: int = 50) -> list[tuple[Listing, int]]:
    """The listings that were read, newest first, with how many addresses each has."""
    rows = list(Listing.objects.filter(county=county)[:limit])
    return [(row, ListingLine.objects.filter(listing=row).count()) for row in rows]


def listing(county: uuid.UUID, key: uuid.UUID) -> Listing | None:
    """One listing."""
    return Listing.objects.filter(county=county, pk=key).select_related("target").first()


@dataclass(slots=True)
class _Said:
    """What people said, the newest of each address and of each entry."""

    same: dict[str, str] = field(default_factory=dict)
    but: dict[str, set[str]] = field(default_factory=dict)
    of_url: dict[str, Judgement] = field(default_factory=dict)
    of_item: dict[uuid.UUID, Judgement] = field(default_factory=dict)


def _said(county: uuid.UUID) -> _Said:
    said = _Said()
    for row in Judgement.objects.filter(county=county).select_related("organ").order_by("id"):
        if row.verdict == "same":
            said.same[row.url] = str(row.item)
            said.but.pop(row.url, None)
        elif row.verdict == "not_same":
            said.but.setdefault(row.url, set()).add(str(row.item))
            if said.same.get(row.url) == str(row.item):
                del said.same[row.url]
        if row.url:
            said.of_url[row.url] = row
        elif row.item:
            said.of_item[row.item] = row
    return said


def _ours(line: Line, states: dict[uuid.UUID, list[OnLine]], digest: str, organs: dict[uuid.UUID, str]) -> Ours:
    addresses = tuple(dict.fromkeys(row.address for row in states.get(line.item, []) if row.address))
    return Ours(
        str(line.item), line.title, line.from_on, line.index_number, line.document_number, addresses, digest,
        organs.get(line.organ, ""), line.because,
    )  # fmt: skip


def _taken_at(listing: Listing) -> datetime:
    """Until when what happened may be in the listing: the end of its day, or when we got it."""
    ends = timezone.make_aware(datetime.combine(listing.taken_on + timedelta(days=1), time()))
    return min(ends, listing.recorded_at)


def _theirs(row: ListingLine) -> Listed:
    return Listed(
        row.url, row.title, row.day, row.index_number, row.document_number, row.digest, cast(Status, row.status)
    )


def reconcile(listing: Listing) -> Reconciled:
    """Put every line of a listing and every entry under its heading, as things stand now."""
    taken = _taken_at(listing)
    lines = list(ListingLine.objects.filter(listing=listing).order_by("number"))
    states: dict[uuid.UUID, list[OnLine]] = {}
    for state in OnLine.objects.filter(county=listing.county).order_by("id"):
        states.setdefault(state.item, []).append(state)
    standing = list(standing_lines(listing.county))
    expected = exported_before(listing.target, listing.recorded_at) if listing.target else None
    ended = [line for line in ended_lines(listing.county) if line.from_at <= taken]
    with_digest = any(line.digest for line in lines)
    digests = text_digests(listing.county, [line.item for line in standing]) if with_digest else {}
    organs = names_of(line.organ for line in (*standing, *ended))
    made = index(_ours(line, states, digests.get(line.item, ""), organs) for line in (*standing, *ended))
    said = _said(listing.county)
    wanted = [line for line in standing if expected is None or line.item in expected]
    result = Reconciled(listing, lines=len(lines), entries=len(wanted))
    met: dict[str, list[str]] = {}
    for line in lines:
        if line.status == "there":
            result.rows.append(_there(line, made, said, met))
    unfetched = [line for line in lines if line.status == "unfetched"]
    result.rows += [Row("unfetched", line.url, line.title, line.day) for line in unfetched]
    result.rows += _twice(made, met)
    hidden = {plain_address(line.url) for line in unfetched}
    result.rows += _not_met(listing, wanted, made, met, said, hidden, taken, unfetched=bool(unfetched))
    return result


def _judged(row: Judgement | None) -> tuple[str, str]:
    """What was decided, and as a task who does it by when."""
    if row is None:
        return "", ""
    words = row.get_verdict_display() + (f"：{row.reason}" if row.reason else "")
    task = f"{row.organ.name}，{row.due_on:%Y年%-m月%-d日}前" if row.organ and row.due_on else ""
    return words, task


def _row(group: str, line: ListingLine, entry: Ours | None, found: Match, said: _Said, says: str = "") -> Row:
    judged, task = _judged(said.of_url.get(line.url))
    how = HOW[found.how] + (f"（相近{found.score}%）" if found.how == "like" else "")
    return Row(
        group, line.url, line.title, line.day, uuid.UUID(entry.key) if entry else None, entry.title if entry else "",
        entry.day if entry else None, entry.index_number if entry else "", entry.organ if entry else "",
        how if entry else "", says, (), judged, task,
    )  # fmt: skip


def _there(line: ListingLine, made: Index, said: _Said, met: dict[str, list[str]]) -> Row:
    verdict = said.of_url.get(line.url)
    found = match(_theirs(line), made, said.same, said.but.get(line.url, ()))
    if found.how == "several":
        row = _row("several", line, None, found, said, f"{len(found.candidates)}个条目都像")
        return replace(row, candidates=tuple(made.by_key[key] for key in found.candidates))
    if not found.key:
        aside = verdict is not None and verdict.verdict in ("other", "no_item")
        return _row("aside" if aside else "without", line, None, found, said)
    entry = made.by_key[found.key]
    met.setdefault(found.key, []).append(line.url)
    if entry.ended:
        return _row("still", line, entry, found, said, entry.ended)
    wrong = differences(_theirs(line), entry)
    if found.how == "like":
        return _row("differs", line, entry, found, said, "名称相近，请认定是不是同一篇")
    if wrong:
        return _row("differs", line, entry, found, said, "、".join(DIFFERENCES[each] for each in wrong))
    return _row("agree", line, entry, found, said)


def _twice(made: Index, met: dict[str, list[str]]) -> Iterator[Row]:
    for key, urls in met.items():
        if len(urls) > 1:
            entry = made.by_key[key]
            yield Row(
                "twice", urls[0], entry.title, item=uuid.UUID(key), our_title=entry.title, our_day=entry.day,
                index_number=entry.index_number, organ=entry.organ, says=f"共{len(urls)}处：" + "；".join(urls[:5]),
            )  # fmt: skip


def _not_met(
    listing: Listing, standing: list[Line], made: Index, met: dict[str, list[str]], said: _Said, hidden: set[str],
    taken: datetime, *, unfetched: bool,
) -> Iterator[Row]:  # fmt: skip
    """Entries of which no line was met. Released after the listing was taken: nothing to say."""
    for line in standing:
        key = str(line.item)
        if key in met or line.from_at > taken:
            continue
        entry = made.by_key[key]
        judged, task = _judged(said.of_item.get(line.item))
        verdict = said.of_item.get(line.item)
        known = [plain_address(address) for address in entry.addresses]
        if verdict is not None and verdict.verdict == "elsewhere":
            group, says = "aside", ""
        elif any(address in hidden for address in known):
            group, says = "unknown", "它的网页这次没有取到"
        elif not listing.whole:
            group, says = "unknown", "这份清单不是网上的全部内容"
        elif unfetched and not known:
            group, says = "unknown", "有没取到的网页，它的网址又没有登记过"
        else:
            group, says = "missing", "登记过的网址不在清单里" if known else ""
        yield Row(
            group, entry.addresses[-1] if entry.addresses else "", item=line.item, our_title=line.title,
            our_day=line.from_on, index_number=line.index_number, organ=entry.organ, says=says, judged=judged, task=task,
        )  # fmt: skip


# ── what was decided ─────────────────────────────────────────────────────────────────────────────────────────────────


def open_tasks(county: uuid.UUID) -> list[Judgement]:
    """What an organ was asked to do about an address or an entry and nobody settled since, first due first."""
    last: dict[tuple[str, uuid.UUID | None], Judgement] = {}
    for row in Judgement.objects.filter(county=county).select_related("organ").order_by("id"):
        last[(row.url, None if row.url else row.item)] = row
    found = [row for row in last.values() if row.due_on is not None]
    return sorted(found, key=lambda row: (row.due_on or date.max, row.pk))
