"""Publishing a letter with its answer: a text of its own, looked through, reviewed by another person, taken back at any time."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from gongkai.text.personal import masked
from gongkai.web.audit.services import Audit
from gongkai.web.changes.services import touch
from gongkai.web.facts import Refused
from gongkai.web.failpoints import failpoint
from gongkai.web.interaction.models import Letter, PublicAnswer, Publication, PublicationAct
from gongkai.web.interaction.progress import State
from gongkai.web.interaction.services.acts import another_hand
from gongkai.web.interaction.services.facts import WORDS_LIMIT, locked, publishing_of, renew
from gongkai.web.interaction.services.intake import cover
from gongkai.web.review.selectors import looked_at, open_hints
from gongkai.web.review.services import check_text
from gongkai.web.typed import said

TITLE_LIMIT = 60


def propose(
    *, audit: Audit, letter: Letter, title: str, question: str, answer: str, seen: int | None = None
) -> Publication:
    """Write what may be published of a letter and its answer. Refused without the agreement of who wrote.

    Who wrote is written over whatever the text says; the check before publishing runs by itself, outside of the
    transaction: who is killed before it leaves a text that nobody can pass until it was checked.
    """
    people = cover(letter)
    words = {
        "title": people(said(title, "标题", TITLE_LIMIT)),
        "question": people(said(question, "问题的摘要", WORDS_LIMIT)),
        "answer": people(said(answer, "公开的答复", WORDS_LIMIT)),
    }
    with transaction.atomic():
        then = locked(letter, seen)
        if then.state is not State.ANSWERED:
            raise Refused("答复以后才能公开。")
        if not letter.may_publish:
            raise Refused("来信人没有同意公开，不能公开这件来信。")
        if publishing_of(letter) in ("proposed", "passed"):
            raise Refused("这件来信已经在审核或者已经公开。")
        number = Publication.objects.filter(letter=letter).count() + 1
        row = Publication.objects.create(county=letter.county, letter=letter, number=number, by=audit.actor, **words)
        audit.record("interaction.propose", row, {"letter": str(letter.pk)})
        renew(letter)
    failpoint("interaction.before_check")
    check(audit=audit, publication=row)
    return row


def check(*, audit: Audit, publication: Publication) -> None:
    """Look the text through for what should not be published."""
    text = f"{publication.title}\n{publication.question}\n{publication.answer}"
    check_text(audit=audit, subject=publication.pk, name="来信摘要和答复", text=text)


def last(letter: Letter) -> Publication:
    """The newest text that was written to be published. Refused where there is none."""
    found = Publication.objects.filter(letter=letter).order_by("-number").first()
    if found is None:
        raise Refused("这件来信没有拟公开的内容。")
    return found


def _decide(audit: Audit, publication: Publication, kind: str, reason: str = "", exception: str = "") -> PublicationAct:
    row = PublicationAct.objects.create(
        county=publication.county,
        publication=publication,
        kind=kind,
        reason=masked(reason)[:300],
        exception=exception,
        by=audit.actor,
    )
    audit.record(f"interaction.publication_{kind}", row, {"letter": str(publication.letter_id)})
    return row


def publish(*, audit: Audit, letter: Letter, seen: int | None = None) -> PublicAnswer:
    """Pass the text: from now on it is public. Refused to who wrote it, and while a hint waits for a person."""
    with transaction.atomic():
        then = locked(letter, seen)
        if publishing_of(letter) != "proposed":
            raise Refused("这件来信没有待审核的公开内容。")
        row = last(letter)
        if None not in looked_at(row.pk):
            raise Refused("公开内容还没有检查，请先检查。")
        if waiting := open_hints(row.pk):
            raise Refused(f"公开前检查有{waiting}处提示没有判断，请逐处判断后再公开。")
        assert then.organ is not None
        assert then.answered_on is not None
        _decide(audit, row, "passed", exception=another_hand(audit, row.by, then.organ))
        shown = PublicAnswer.objects.create(
            publication=row,
            county=letter.county,
            organ_id=then.organ,
            letter_kind=letter.kind,
            title=row.title,
            question=row.question,
            answer=row.answer,
            received_on=letter.received_on,
            answered_on=then.answered_on,
            published_at=timezone.now(),
        )
        renew(letter)
        failpoint("interaction.before_commit")
        touch(county=letter.county)
    return shown


def give_back(*, audit: Audit, letter: Letter, reason: str, seen: int | None = None) -> PublicationAct:
    """Do not publish it so: back to who wrote it, with the reason."""
    with transaction.atomic():
        locked(letter, seen)
        if publishing_of(letter) != "proposed":
            raise Refused("这件来信没有待审核的公开内容。")
        row = _decide(audit, last(letter), "returned", said(reason, "退回修改的理由", 300))
        renew(letter)
    return row


def withdraw(*, audit: Audit, letter: Letter, reason: str, seen: int | None = None) -> PublicationAct:
    """Take a published answer back: from this moment nobody outside reads it. The trace stays."""
    with transaction.atomic():
        locked(letter, seen)
        if publishing_of(letter) != "passed":
            raise Refused("这件来信没有公开。")
        shown = last(letter)
        row = _decide(audit, shown, "withdrawn", said(reason, "撤下的理由", 300))
        PublicAnswer.objects.filter(publication=shown).delete()
        renew(letter)
        touch(county=letter.county)
    return row
