"""The stages of a letter as data, and that each is another person's."""

from __future__ import annotations

from gongkai.web.audit.services import Audit
from gongkai.web.facts import Refused
from gongkai.web.onrequest.models import Letter, LetterStep, LetterVersion
from gongkai.web.people.selectors import accounts_on, may_coincide

EDITABLE = ("draft", "returned")
NOT_YET = {
    "submitted": ("draft", "returned"),
    "reviewed": ("for_review",),
    "approved": ("for_approval",),
    "signed": ("approved",),
    "sealed": ("signed",),
}
"""The status a letter must have for a step."""

SMALL_ORGAN = "人员不足，按登记的例外由一人办理"
"""What a step says that was done under the recorded exception of a small organ."""

ONE_PERSON = "单人使用，没有启用账号"
"""What a step says at an office of one person on one machine."""

PROVIDES = ("G2", "P1")
"""The decisions whose reply brings files along."""

WITH_SLIP = ("third_party_consult", "joint_consult", "organ_consult")
"""The letters that bring a slip on which the opinion is given."""

OF_APPLICANT = frozenset({"receiver", "you", "manner", "query_code", "identity_kind", "content"})
"""What a letter to anyone else does not take from the case."""

BECOMES = {
    "submitted": "for_review",
    "reviewed": "for_approval",
    "approved": "approved",
    "returned": "returned",
    "signed": "signed",
    "sealed": "sealed",
    "voided": "void",
}


def apart(letter: Letter, version: LetterVersion, audit: Audit) -> str:
    """That who reviews, approves or signs did not write the letter; the recorded exception of a small organ, if any."""
    wrote = LetterVersion.objects.filter(letter=letter, by=audit.actor).exists()
    stages = LetterStep.objects.filter(letter=letter, version=version, by=audit.actor)
    if not wrote and not stages.filter(step__in=("submitted", "reviewed")).exists():
        return ""
    if not accounts_on():
        return ONE_PERSON
    if may_coincide(letter.organ_id):
        return SMALL_ORGAN
    raise Refused(
        "起草、审核、批准应当由不同的人办理：您已经办过这份文书的前一环节。人员不足的小单位，可以由管理员登记例外。"
    )
