"""Is the audit whole? Every row against its own bytes, the chain, and the signed heads: one sentence for each fault."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef
from django.utils import timezone

from gongkai.web.audit import heads
from gongkai.web.audit.chain import LATE, first_link, link_of
from gongkai.web.audit.models import Chained, Entry

CHUNK = 2000
SHOWN = 200
_COLUMNS = {"actor": "操作人", "act": "行为", "object_kind": "对象类别", "object_id": "对象", "county": "所属县"}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What verifying found: how many rows are chained, how many wait, how many heads were compared, and the faults."""

    chained: int
    waiting: int
    heads: int
    faults: tuple[str, ...]

    @property
    def whole(self) -> bool:
        """Whether nothing was found."""
        return not self.faults

    @property
    def words(self) -> str:
        """The verdict in a sentence."""
        if self.whole:
            return f"审计记录完整：已封存{self.chained}条，另有{self.waiting}条等待封存，与{self.heads}个签名的封存值一致。"
        return f"审计记录有{len(self.faults)}处异常：已封存{self.chained}条，等待封存{self.waiting}条。"


def _moment(at: datetime) -> str:
    local = timezone.localtime(at)
    return f"{local.year}年{local.month}月{local.day}日{local:%H:%M:%S}"


def _row_fault(number: int, entry: Entry) -> str:
    """What is wrong with a row by itself."""
    payload = bytes(entry.payload)
    where = f"第{number}条审计记录（{_moment(entry.recorded_at)}）"
    if hashlib.sha256(payload).hexdigest() != entry.digest:
        return f"{where}的内容已被改动。"
    try:
        said = json.loads(payload)
    except ValueError:
        return f"{where}的内容已被改动。"
    if said.get("id") != str(entry.pk):
        return f"{where}的内容与另一条记录调换过。"
    if (
        said.get("recorded_at")
        != entry.recorded_at.astimezone(datetime.fromisoformat(said["recorded_at"]).tzinfo).isoformat()
    ):
        return f"{where}的时间已被改动。"
    for column, words in _COLUMNS.items():
        if said.get(column) != str(getattr(entry, column)):
            return f"{where}的{words}已被改动。"
    return ""


def _chain(county: uuid.UUID, links: dict[int, str]) -> Iterator[str]:
    """Walk the chain; the faults. `links` gets the link of every number that a head may speak of."""
    before, expected = first_link(county), 1
    rows = Chained.objects.filter(county=county).order_by("number")
    start = 0
    while True:
        chunk = list(rows.filter(number__gt=start)[:CHUNK])
        if not chunk:
            return
        entries = Entry.objects.in_bulk([row.entry for row in chunk])
        for row in chunk:
            if row.number != expected:
                gap = f"第{expected}条" if row.number == expected + 1 else f"第{expected}至{row.number - 1}条"
                yield f"{gap}审计记录的封存缺失，可能已被删除。"
            entry = entries.get(row.entry)
            if entry is None:
                yield f"第{row.number}条审计记录已被删除。"
            elif fault := _row_fault(row.number, entry):
                yield fault
            elif row.number == expected and row.link != link_of(before, row.number, row.entry, bytes(entry.payload)):
                yield f"第{row.number}条审计记录（{_moment(entry.recorded_at)}）的次序或者封存值已被改动。"
            links[row.number] = row.link
            before, expected = row.link, row.number + 1
        start = chunk[-1].number


def _heads(county: uuid.UUID, links: dict[int, str], known: list[heads.Signed]) -> Iterator[str]:
    last = max(links, default=0)
    cut = 0
    for head in known:
        day = f"{head.day}签名的封存值"
        if head.county != str(county) or not heads.is_signed(head):
            yield f"{day}不是本系统签名的，或者已被改动。"
        elif head.number > last:
            cut = max(cut, head.number)
        elif links.get(head.number) != head.link:
            yield f"{day}与现有记录不一致：第{head.number}条及之前的审计记录被整体改写过。"
    if cut:
        yield f"审计记录的末尾被截去：签名的封存值有{cut}条，现在只有{last}条，第{last + 1}条起已不存在。"


def verify(county: uuid.UUID) -> Verdict:
    """Verify a county's audit."""
    links: dict[int, str] = {}
    faults = list(_chain(county, links))
    known = [*heads.outside(county), *heads.inside(county)]
    faults += dict.fromkeys(_heads(county, links, known))
    loose = Entry.objects.filter(county=county).filter(~Exists(Chained.objects.filter(entry=OuterRef("pk"))))
    if links:
        newest = Chained.objects.filter(county=county).order_by("-number").values_list("entry", flat=True)[0]
        at = Entry.objects.filter(pk=newest).values_list("recorded_at", flat=True).first()
        late = loose.filter(recorded_at__lte=at - LATE) if at else loose.none()
        for entry in late.order_by("id")[:SHOWN]:
            faults.append(f"{_moment(entry.recorded_at)}的一条审计记录不在封存的次序中，是之后补入的。")
    elif known and not faults:
        faults.append("审计记录的封存已被全部删除。")
    return Verdict(len(links), loose.count(), len({(h.number, h.link) for h in known}), tuple(faults[:SHOWN]))
