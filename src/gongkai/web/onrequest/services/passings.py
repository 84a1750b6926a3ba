"""Help from others under the name of the organ that answers: asked, given, ended. No transfer, and the clock runs on."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from gongkai.onrequest.procedure import Act
from gongkai.web.audit.services import Audit
from gongkai.web.facts import Refused
from gongkai.web.onrequest.models import Application, CaseRecord, Passing
from gongkai.web.onrequest.services.acts import perform, possible
from gongkai.web.onrequest.services.attachments import Upload, attach
from gongkai.web.onrequest.services.records import end_passing, pass_on, record
from gongkai.web.organs.models import Organ

PURPOSES: dict[str, tuple[Act | None, Act | None, str, str]] = {
    "assistance": (Act.ASK_ASSISTANCE, Act.END_ASSISTANCE, "协助检索", "search_record"),
    "counsel": (Act.ASK_COUNSEL, Act.END_COUNSEL, "法律意见", "counsel"),
    "secrecy": (None, None, "保密审查", "secrecy_check"),
    "opinion": (None, None, "征求意见", "note"),
}
"""For each purpose: the acts that begin and end it, its name among the facts, the record that its answer becomes."""


def matter_of(passing: Passing) -> str:
    """The name by which the facts of a case speak of this request: its purpose and its place among those of its kind."""
    rows = Passing.objects.filter(application=passing.application_id, purpose=passing.purpose, ends=None)
    keys = list(rows.order_by("id").values_list("pk", flat=True))
    return f"{PURPOSES[passing.purpose][2]}{keys.index(passing.pk) + 1}"


def ask(
    *, audit: Audit, application: Application, purpose: str, asks: str, organ: Organ, until: date | None = None
) -> Passing:
    """Ask another organ for a search or for its advice: it sees what was asked and the content, nothing of the applicant."""
    if purpose not in ("assistance", "counsel", "secrecy"):
        raise Refused("请选择请对方做什么。需要对方就是否公开提出意见的，请办理“征求其他机关意见”。")
    if organ.pk == application.organ_id:
        raise Refused("这件申请就在本机关，请选择另一个机关。")
    if until and until < timezone.localdate():
        raise Refused("反馈期限不能早于今天，请核对。")
    begin = PURPOSES[purpose][0]
    with transaction.atomic():
        row = pass_on(audit=audit, application=application, purpose=purpose, asks=asks, organ=organ, until=until)
        if begin:
            perform(audit=audit, application=application, act=begin, on=row.on, until=until, matter=matter_of(row))
    return row


def feed_back(
    *, audit: Audit, passing: Passing, told: dict[str, str], organ: str, file: Upload | None = None
) -> CaseRecord:
    """What the helping side found or thinks, kept in the case as a record of theirs. Refused once the help has ended."""
    with transaction.atomic():
        if Passing.objects.filter(ends=passing).exists():
            raise Refused("这项协助已经结束，不能再反馈。请与承办机关联系。")
        kind = PURPOSES[passing.purpose][3]
        words = told.get("words", "")
        row = record(
            audit=audit,
            application=passing.application,
            kind=kind,
            on=timezone.localdate(),
            words=words,
            told={**{k: v for k, v in told.items() if k != "words"}, "organ": organ},
        )
        if file:
            attach(audit=audit, application=passing.application, file=file, about=passing.pk)
    return row


def end(*, audit: Audit, passing: Passing, words: str = "") -> Passing:
    """The help was given or is no longer needed: the other side no longer sees the case."""
    finish = PURPOSES[passing.purpose][1]
    with transaction.atomic():
        row = end_passing(audit=audit, passing=passing, words=words)
        matter = matter_of(passing)
        if finish and _is_open(passing.application, finish, matter):
            perform(audit=audit, application=passing.application, act=finish, on=row.on, matter=matter)
    return row


def _is_open(application: Application, finish: Act, matter: str) -> bool:
    from gongkai.web.onrequest.selectors.casepage import open_matters
    from gongkai.web.onrequest.selectors.facts import standing_of

    found = any(m.act is finish and m.matter == matter for m in open_matters(standing_of(application)))
    return found and possible(application, finish, timezone.localdate()).allowed
