"""Taking personal data out of a matter that is over: what is sealed is emptied, files are wiped, and it stands in a register."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date

from django.db import connection, transaction
from django.utils import timezone

from gongkai.web.audit.services import Audit
from gongkai.web.erasure.models import ErasedRow, Erasure
from gongkai.web.erasure.places import PLACES, files_of, rows_of
from gongkai.web.erasure.rulekeys import MOST_YEARS, YEARS
from gongkai.web.erasure.selectors import NAMES, one
from gongkai.web.facts import Fact, Refused
from gongkai.web.failpoints import failpoint
from gongkai.web.files.services import erase_files
from gongkai.web.interaction.models import HotlineImport, Letter
from gongkai.web.messages.services import forget_addresses
from gongkai.web.onrequest.models import Applicant, Application, Case, Complaint, Dispute, MailItem, RecordCorrection
from gongkai.web.rules.models import Setting
from gongkai.web.rules.services import set_value

NOT_ENDED = "这一件还没有办结，或者个人信息已经删除，或者本县没有设定保存年限，不能删除。"


def gone(row: uuid.UUID) -> str:
    """What stands in the place of a look-up key: nobody asks for it, and no two rows have the same."""
    return f"-{row.hex}"


def erase(*, audit: Audit, kind: str, about: uuid.UUID, checked: bool, today: date | None = None) -> Erasure:
    """Erase the personal data of one matter, which cannot be undone. `checked`: a person looked whether it is needed yet.

    Refused before its day, while something of it is open, and a second time. What is counted stays as it was.
    """
    if kind not in NAMES:
        raise Refused("没有这一类事项。")
    if not checked:
        raise Refused("请先核对：应当移交档案馆的已经移交，没有未了结的复议、诉讼、投诉，再确认删除。")
    today = today or timezone.localdate()
    if connection.vendor == "sqlite":  # else the bytes that were there stay in the file until it is written over
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete = ON")
    with transaction.atomic():
        _lock(kind, about)
        found = one(audit.county, kind, about, today)
        if found is None:
            raise Refused(NOT_ENDED)
        if found.lacking:
            raise Refused(f"{found.lacking}，不能删除个人信息。")
        if found.due_on > today:
            raise Refused(f"保存到{found.due_on:%Y年%m月%d日}，还没有期满，不能删除。")
        emptied = [(place, row) for place in PLACES if place.kind == kind for row in rows_of(place, about)]
        files = files_of(kind, about)
        made = Erasure.objects.create(
            county=audit.county, kind=kind, about=about, number=found.number, organ_id=found.organ,
            ended_on=found.ended_on, due_on=found.due_on, why=found.why, rows=len(emptied), files=len(files),
            recorded_at=timezone.now(), by=audit.actor,
        )  # fmt: skip
        ErasedRow.objects.bulk_create(
            ErasedRow(county=audit.county, erasure=made, of_table=place.table, about=row) for place, row in emptied
        )
        for place, row in emptied:
            nothing: dict[str, object] = {**dict.fromkeys(place.columns, b""), **dict.fromkeys(place.keys, gone(row))}
            place.model._default_manager.filter(pk=row).update(**nothing)
        failpoint("erasure.emptied")
        if kind == "application":
            last = Applicant.objects.filter(application=about).order_by("-id").values_list("pk", flat=True)[0]
            Case.objects.filter(application=about).update(identity_key=gone(last))
        forget_addresses(about=about)
        erase_files(audit=audit, files=files, on=today)
        audit.record("erasure.erase", made, {"kind": kind, "about": str(about), "rows": made.rows, "files": made.files})
    return made


_LOCKED: dict[str, type[Fact]] = {
    "letter": Letter,
    "application": Application,
    "complaint": Complaint,
    "correction": RecordCorrection,
    "hotline": HotlineImport,
    "mail": MailItem,
    "dispute": Dispute,
}


def _lock(kind: str, about: uuid.UUID) -> None:
    """Two people who confirm the same wait for one another, and the second is told."""
    model = _LOCKED.get(kind)
    if model is not None:
        list(model._default_manager.select_for_update().filter(pk=about).values_list("pk"))


def set_years(*, audit: Audit, kept: Mapping[str, str], on: date | None = None) -> Setting | None:
    """Set after how many years the personal data of each kind are erased; empty: they are kept."""
    chosen: dict[str, int] = {}
    for kind, zh in NAMES.items():
        said = kept.get(kind, "").strip()
        if not said:
            continue
        if not (said.isascii() and said.isdecimal() and 1 <= int(said[:4]) <= MOST_YEARS):
            raise Refused(f"“{zh}”的保存年限请填写1至{MOST_YEARS}的整数；不删除的请留空。")
        chosen[kind] = int(said)
    return set_value(audit=audit, key=YEARS, value=chosen, valid_from=on or timezone.localdate())
