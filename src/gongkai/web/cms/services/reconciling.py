"""Reading a listing of what stands on line, noting where entries stand, and deciding about what does not fit."""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from gongkai.readers.sites.labels import day_of
from gongkai.readers.sites.listing import address as address_of
from gongkai.web.audit.services import Audit, salted
from gongkai.web.cms.matching import plain_address
from gongkai.web.cms.models import Exported, Judgement, Listing, ListingLine, OnLine, Target
from gongkai.web.cms.selectors.standing import pending_removals, targets
from gongkai.web.facts import Refused
from gongkai.web.files.bounded import WorkerFailed, pool
from gongkai.web.files.services import plain_name
from gongkai.web.organs.models import Organ
from gongkai.web.proactive.selectors.entries import entry
from gongkai.web.proactive.selectors.relations import named
from gongkai.web.typed import check_come

LIMIT = 64 * 1024 * 1024
_BATCH = 1000


def read_listing(name: str, data: bytes, base: str = "") -> dict[str, Any]:
    """A listing, read in the bounded process. Refused with a sentence for what is none."""
    said = plain_name(name)
    if len(data) > LIMIT:
        raise Refused(f"“{said}”超过{LIMIT // 1024 // 1024}MB，请分成几个文件。")
    if base and not address_of(base):
        raise Refused("列表页的网址应以http://或者https://开头。")
    try:
        found, _ = pool().call(
            "sitelist", data, seconds=settings.GONGKAI_READING_SECONDS, name=said, base=address_of(base)
        )
    except WorkerFailed as error:
        raise Refused(f"“{said}”在限定的时间和内存内没有读完，请分成几个文件。") from error
    if "error" in found:
        raise Refused(f"“{said}”：{found['error']['message']}{found['error'].get('advice') or ''}")
    return found


def keep_listing(
    *, audit: Audit, name: str, data: bytes, taken_on: date, whole: bool = False, base: str = "",
    target: Target | None = None,
) -> Listing:  # fmt: skip
    """Keep what a listing says as facts. `whole`: the person says that it holds everything there is."""
    check_come(taken_on, "清单的日期")
    found = read_listing(name, data, base)
    with transaction.atomic():
        listing = Listing.objects.create(
            county=audit.county, target=target, name=plain_name(name), kind=found["kind"], sha256=hashlib.sha256(data).hexdigest(),
            taken_on=taken_on, whole=whole or found["whole"], said=found["said"], by=audit.actor,
        )  # fmt: skip
        lines = (
            ListingLine(
                county=audit.county, listing=listing, number=place, url=line["url"], title=line["title"],
                day=date.fromisoformat(line["day"]) if line["day"] else None, index_number=line["index_number"],
                document_number=line["document_number"], digest=line["digest"], status=line["status"],
            )
            for place, line in enumerate(found["lines"], start=1)
        )  # fmt: skip
        ListingLine.objects.bulk_create(lines, batch_size=_BATCH)
        audit.record(
            "cms.keep_listing", listing, {"lines": len(found["lines"]), "kind": listing.kind, "whole": listing.whole}
        )
        gone = {plain_address(line["url"]) for line in found["lines"] if line["status"] == "gone"}
        for site in targets(audit.county) if gone else ():
            for removal in pending_removals(site):
                if removal.address and plain_address(removal.address) in gone:
                    _write(audit, removal.item, "gone", "", taken_on, "listing", site)
    return listing


# ── where entries stand on line ──────────────────────────────────────────────────────────────────────────────────────


@dataclass(slots=True)
class Noted:
    """What a table of addresses brought."""

    on: int = 0
    gone: int = 0
    same: int = 0
    unknown: list[str] = field(default_factory=list)


def _write(
    audit: Audit, item: uuid.UUID, state: str, address: str, on: date | None, how: str, target: Target | None
) -> bool:
    """Note where an entry stands. Whether that was news. Inside the caller's transaction."""
    last = OnLine.objects.filter(county=audit.county, item=item, target=target).order_by("-id").first()
    ordered = (
        Exported.objects.filter(target=target, item=item).exclude(act="refused").order_by("-id").first()
        if target
        else None
    )
    told_before = last is not None and (ordered is None or last.recorded_at >= ordered.recorded_at)
    if last is not None and told_before and (last.state, last.address, last.on) == (state, address, on or last.on):
        return False
    row = OnLine.objects.create(
        county=audit.county, target=target, item=item, state=state, how=how, by=audit.actor,
        address=address or (last.address if last else ""), on=on,
    )  # fmt: skip
    audit.record("cms.note_on_line", row, {"item": str(item), "state": state, "address": salted(row.address)})
    return True


def note_on_line(
    *, audit: Audit, item: uuid.UUID, address: str, on: date | None, target: Target | None = None, how: str = "typed"
) -> bool:
    """Write back where an entry stands on line. Refused for an address that is none. Whether that was news."""
    plain = address_of(address)
    if not plain:
        raise Refused("网址应以http://或者https://开头。")
    if on:
        check_come(on, "上线日期")
    if entry(audit.county, item) is None:
        raise Refused("没有这一条目。")
    with transaction.atomic():
        return _write(audit, item, "on", plain, on, how, target)


def note_gone(
    *, audit: Audit, item: uuid.UUID, target: Target | None, on: date | None = None, how: str = "typed"
) -> bool:
    """Somebody looked: the page is no longer there. Whether that was news."""
    if on:
        check_come(on, "撤下日期")
    with transaction.atomic():
        return _write(audit, item, "gone", "", on or timezone.localdate(), how, target)


def note_table(*, audit: Audit, target: Target, name: str, data: bytes) -> Noted:
    """The form of a folder as it comes back: index numbers with address, day, state. All or nothing."""
    found = read_listing(name, data)
    noted = Noted()
    with transaction.atomic():
        for line in found["lines"]:
            item = named(audit.county, line["index_number"]) if line["index_number"] else None
            if item is None:
                noted.unknown.append(line["index_number"] or line["url"])
                continue
            on = date.fromisoformat(line["day"]) if line["day"] else None
            if on and on > timezone.localdate():
                raise Refused(f"索引号{line['index_number']}的上线日期还没有到，请核对后重新导入。")
            gone = line["status"] == "gone"
            news = _write(audit, item.pk, "gone" if gone else "on", line["url"], on, "table", target)
            noted.same += not news
            noted.gone += news and gone
            noted.on += news and not gone
    return noted


# ── what a person decides ────────────────────────────────────────────────────────────────────────────────────────────


def judge(
    *, audit: Audit, verdict: str, url: str = "", item: uuid.UUID | None = None, named_as: str = "", reason: str = "",
    organ: Organ | None = None, due_on: str = "", target: Target | None = None,
) -> Judgement:  # fmt: skip
    """Decide about an address on line, or about an entry that was not found there.

    `same` writes the address back; a task needs an organ and a day.
    """
    if verdict not in dict(Judgement.VERDICTS):
        raise Refused("请选择如何处理。")
    if named_as.strip():
        found = named(audit.county, named_as)
        if found is None:
            raise Refused("没有找到这个索引号或者条目网址，请核对。")
        item = found.pk
    if item is not None and entry(audit.county, item) is None:
        raise Refused("没有这一条目。")
    if verdict in ("same", "not_same") and (item is None or not url):
        raise Refused("请写明与哪一条目相同：填写它的索引号。")
    day = day_of(due_on) if due_on else None
    if verdict in Judgement.TASKS:
        if organ is None or day is None:
            raise Refused("请选择由哪个机关办理，并填写日期。")
        if day < timezone.localdate():
            raise Refused("办理的日期已经过去，请核对。")
    with transaction.atomic():
        row = Judgement.objects.create(
            county=audit.county, url=url[:1000], item=item, verdict=verdict, reason=reason.strip()[:300],
            organ=organ if verdict in Judgement.TASKS else None, due_on=day if verdict in Judgement.TASKS else None,
            by=audit.actor,
        )  # fmt: skip
        audit.record("cms.judge", row, {"verdict": verdict, "item": str(item or ""), "url": salted(url)})
        if verdict == "same" and item is not None:
            _write(audit, item, "on", url, None, "listing", target)
    return row
