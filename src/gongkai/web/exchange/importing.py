"""Taking in applications from a file: looked at first, then each registered once, the doubtful ones named."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.utils import timezone

from gongkai.web.audit.services import Audit
from gongkai.web.exchange.bundle import COLUMNS, Bundle, Told, of_lines, of_rows, of_zip
from gongkai.web.facts import Refused
from gongkai.web.files.bounded import WorkerFailed, pool
from gongkai.web.onrequest.selectors.follow import known_submission
from gongkai.web.onrequest.services.attachments import look_through
from gongkai.web.onrequest.services.intake import Incoming, Registered, Who, register
from gongkai.web.organs.models import Organ

REASON = "由平台文件导入"


@dataclass(slots=True)
class Done:
    """What an import did or, as a trial, would do."""

    read: int = 0
    taken: int = 0
    known: int = 0
    files: int = 0
    doubts: list[str] = field(default_factory=list)
    numbers: list[tuple[str, str]] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def to_json(self) -> dict[str, Any]:
        """The same as data; nothing personal in it."""
        return {
            "read": self.read,
            "taken": self.taken,
            "known": self.known,
            "files": self.files,
            "doubtful": len(self.doubts),
            "doubts": self.doubts,
            "numbers": [{"id": key, "number": number} for key, number in self.numbers],
        }


def read_file(name: str, data: bytes) -> Bundle:
    """The applications of a file. Refused in a sentence when it is none of the three kinds."""
    if data[:2] != b"PK":
        return of_lines(data)
    if name.lower().endswith(".xlsx"):
        try:
            found, _ = pool().call(
                "rows", data, seconds=settings.GONGKAI_READING_SECONDS, name=name, columns=2 * len(COLUMNS)
            )
        except WorkerFailed as error:
            raise Refused("这份表格读不了：文件太大、已损坏，或者读取超时。") from error
        return of_rows(found["rows"])
    return of_zip(data)


def once_of(organ: Organ, told: Told) -> str:
    """What makes an application of a platform arrive once."""
    return "platform:" + hashlib.sha256(f"{organ.pk}\0{told.key}".encode()).hexdigest()


def _organ(told: Told, organs: Mapping[str, Organ], usual: Organ | None) -> Organ:
    found = organs.get(told.organ) if told.organ else usual
    if found is None:
        said = "没有写受理机关" if not told.organ else "受理机关没有登记，或者您不能为它导入"
        raise Refused(f"{told.place}：{said}。")
    return found


def incoming_of(told: Told, organ: Organ, once: str, bundle: Bundle | None) -> Incoming:
    """An application as the intake takes it; with `bundle` its attachments are looked through."""
    return Incoming(
        organ=organ,
        channel=told.channel,
        who=Who(kind=told.kind, identity_kind=told.identity_kind, **told.who),
        content=told.content,
        received_on=told.received_on,
        provision=told.provision,
        manner=told.manner,
        needs=told.needs,
        origin="package",
        once=once,
        late_reason=REASON,
        files=tuple(look_through(f.name, bundle.bytes_of(f), f.role) for f in told.files) if bundle else (),
    )


def bring_in(
    *,
    audit: Audit,
    bundle: Bundle,
    organs: Mapping[str, Organ],
    usual: Organ | None = None,
    dry_run: bool = False,
    taken: Callable[[Told, Registered], None] | None = None,
) -> Done:
    """Register each application that is not known yet, each in a transaction of its own; doubtful ones stay out.

    A file may be brought in again: what came in before is passed over. `taken` is told of each new one.
    """
    done = Done(read=len(bundle.told) + len(bundle.doubts), doubts=list(bundle.doubts))
    today = timezone.localdate()
    for told in bundle.told:
        try:
            organ = _organ(told, organs, usual)
            once = once_of(organ, told)
            before = known_submission(audit.county, once)
            if before is not None:
                done.known += 1
                done.numbers.append((told.key, before.number))
                continue
            if dry_run:
                if told.received_on > today:
                    raise Refused("收到日期还没有到。")
                if not (told.who["name"] or told.content):
                    raise Refused("没有申请人的姓名（名称），也没有申请的内容。")
                for file in told.files:
                    bundle.bytes_of(file)
                done.taken, done.files = done.taken + 1, done.files + len(told.files)
                continue
            registered = register(audit=audit, incoming=incoming_of(told, organ, once, bundle))
        except Refused as error:
            said = str(error)
            done.doubts.append(said if said.startswith(told.place) else f"{told.place}：{said}")
            continue
        done.taken, done.files = done.taken + 1, done.files + len(told.files)
        done.numbers.append((told.key, registered.application.number))
        done.warnings += [f"{told.place}：{each}" for each in registered.warnings]
        if taken is not None:
            taken(told, registered)
    return done


def organs_by_name(county: uuid.UUID, only: set[uuid.UUID] | None = None) -> dict[str, Organ]:
    """The living organs by name, those of `only` when it is given."""
    found = Organ.objects.filter(county=county, valid_until=None)
    return {organ.name: organ for organ in found if only is None or organ.pk in only}
