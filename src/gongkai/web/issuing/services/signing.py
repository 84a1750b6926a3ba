"""Signing a report: in the system by another person than who handed it over, or on paper, with the scan of the sheet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from gongkai.web.audit.services import Audit, salted
from gongkai.web.facts import Refused
from gongkai.web.files.services import store
from gongkai.web.issuing.models import Draft, DraftEnd, Signature
from gongkai.web.organs.models import Organ
from gongkai.web.review.policies import exception_at
from gongkai.web.typed import said_on_a_line


@dataclass(frozen=True, slots=True)
class Scan:
    """The scan of the signed sheet, looked through."""

    name: str
    data: bytes


def sign(*, audit: Audit, draft: Draft, seal: str, opinion: str = "") -> Signature:
    """Sign a draft in the system. Refused for who handed it over, and when what was looked at is not this draft."""
    words = said_on_a_line(opinion, "意见", needed=False)
    if seal != draft.seal:
        raise Refused("您看到的不是这一稿，请打开这一稿核对后再签发。")
    exception = ""
    if audit.actor == draft.by:
        exception = exception_at(draft.organ_id)
        if not exception:
            raise Refused("这一稿是您送签的，应当由另一人签发。")
    return _write(audit, draft, "system", timezone.localdate(), words, exception=exception)


def sign_on_paper(
    *, audit: Audit, draft: Draft, signer: str, signed_on: date | None, scan: Scan | None, opinion: str = ""
) -> Signature:
    """Enter that a draft was signed on the printed sheet: by whom, on which day, with the scan."""
    name, words = said_on_a_line(signer, "签发人", most=60), said_on_a_line(opinion, "批示", needed=False)
    today = timezone.localdate()
    if signed_on is None:
        raise Refused("请填写签发日期。")
    if not timezone.localtime(draft.recorded_at).date() <= signed_on <= today:
        raise Refused("签发日期应当在送签之后、今天或者以前。")
    if scan is None:
        raise Refused("请上传签发单的扫描件或者照片。")
    return _write(audit, draft, "paper", signed_on, words, signer=name, scan=scan)


def _write(
    audit: Audit,
    draft: Draft,
    way: str,
    on: date,
    opinion: str,
    *,
    signer: str = "",
    scan: Scan | None = None,
    exception: str = "",
) -> Signature:
    with transaction.atomic():
        Organ.objects.select_for_update().get(pk=draft.organ_id)
        if Signature.objects.filter(draft=draft).exists():
            raise Refused("这一稿已经签发。")
        if DraftEnd.objects.filter(draft=draft).exists():
            raise Refused("这一稿已经撤回或者退回，不能签发。")
        row = Signature.objects.create(
            county=draft.county,
            draft=draft,
            way=way,
            signer=signer,
            signed_on=on,
            opinion=opinion,
            scan=store(audit=audit, name=scan.name, data=scan.data) if scan else None,
            exception=exception,
            by=audit.actor,
        )
        facts = {"number": draft.number, "seal": draft.seal, "way": way, "on": on.isoformat(), "signer": salted(signer)}
        audit.record("issuing.sign" if way == "system" else "issuing.enter_paper", draft, facts)
    return row
