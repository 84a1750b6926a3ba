"""Codes for those who are invited: made once, printed or sent by the office, kept here as hashes only."""

from __future__ import annotations

from django.db import transaction

from gongkai.text.personal import masked
from gongkai.web import sealed
from gongkai.web.appraisal.models import Invitation, Questionnaire
from gongkai.web.audit.services import Audit
from gongkai.web.facts import Refused
from gongkai.web.onrequest.services.intake import new_code
from gongkai.web.typed import said

MOST_CODES = 2000


def _key(row: Questionnaire, code: str) -> str:
    plain = sealed.normalised(code).replace("-", "")
    return sealed.lookup("appraisal code", f"{row.stem}:{plain}")


def invite(*, audit: Audit, row: Questionnaire, count: int, words: str) -> list[str]:
    """Make codes for a questionnaire; they are told this once. `words` say for whom they are."""
    if not row.invited:
        raise Refused("这份问卷不用邀请码。需要的，请在拟稿时选择“凭邀请码填写”。")
    if not 1 <= count <= MOST_CODES:
        raise Refused(f"一次生成1至{MOST_CODES}个邀请码。")
    label = masked(said(words, "发给谁", 60))
    codes: set[str] = set()
    while len(codes) < count:
        codes.add(new_code())
    with transaction.atomic():
        rows = [
            Invitation(county=audit.county, stem=row.stem, key=_key(row, code), words=label, by=audit.actor)
            for code in sorted(codes)
        ]
        Invitation.objects.bulk_create(rows)
        audit.record("appraisal.invite", row, {"codes": count})
    return sorted(codes)


def invitation(row: Questionnaire, code: str) -> Invitation:
    """The invitation with this code. Refused where there is none; a wrong code and another's are told alike."""
    if not code.strip():
        raise Refused("请填写邀请码，印在邀请信上或者写在短信里。")
    found = Invitation.objects.filter(county=row.county, stem=row.stem, key=_key(row, code)).first()
    if found is None:
        raise Refused("邀请码不对，请对照邀请信或者短信核对。")
    return found
