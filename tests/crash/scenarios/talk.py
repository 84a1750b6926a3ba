"""A letter's way in, its answer and its publication: each step whole or not at all, nothing public that was not passed."""

from __future__ import annotations

import uuid
from typing import Any

from django.utils import timezone

from gongkai.web.audit.models import Entry
from gongkai.web.audit.services import Audit
from gongkai.web.interaction.models import Letter, LetterAct, LetterStanding, PublicAnswer, PublicationAct
from gongkai.web.interaction.progress import State
from gongkai.web.interaction.services import acts, publishing
from gongkai.web.interaction.services.facts import progress_of, publishing_of
from gongkai.web.interaction.services.intake import Arriving, register
from gongkai.web.review.selectors import looked_at
from tests.crash.scenarios.proactive import _organ
from tests.crash.scenarios.scenario import Scenario


def _other(audit: Audit) -> Audit:
    """The hand that reviews: not the one that drafts."""
    return Audit(actor=uuid.uuid5(audit.actor, "reviewer"), county=audit.county)


def _letter(audit: Audit, number: int) -> Any:
    """From the letter to the published answer."""
    organ = _organ(audit)
    arriving = Arriving(
        kind="question",
        title=f"第{number}个问题",
        words=f"第{number}个问题的内容。",
        received_on=timezone.localdate(),
        may_publish=True,
        once=f"form-{number}",
    )
    letter = register(audit=audit, arriving=arriving).letter
    if progress_of(letter).organ != organ.pk:
        acts.route(audit=audit, letter=letter, organ=organ)
    acts.submit(audit=audit, letter=letter, words=f"第{number}个答复。")
    acts.answer(audit=_other(audit), letter=letter)
    publishing.propose(audit=audit, letter=letter, title=f"第{number}问", question="问题。", answer="答复。")
    publishing.publish(audit=_other(audit), letter=letter)
    return str(letter.pk)


def _whole(letter: Letter) -> bool:
    """Number, first act, standing and audit row: a letter that is there has them all."""
    seqs = list(LetterAct.objects.filter(letter=letter).order_by("seq").values_list("seq", flat=True))
    return (
        seqs == list(range(1, len(seqs) + 1))
        and bool(seqs)
        and LetterStanding.objects.filter(letter=letter).exists()
        and Entry.objects.filter(object_id=letter.pk, act="interaction.register").count() == 1
    )


def _check(audit: Audit, receipts: list[Any]) -> list[str]:
    letters = list(Letter.objects.filter(county=audit.county))
    wrong = [f"{letter.number} is not whole" for letter in letters if not _whole(letter)]
    numbers = [letter.number for letter in letters]
    if len(set(numbers)) != len(numbers):
        wrong.append("a number was given twice")
    shown = {
        row.publication.letter_id: row.publication_id for row in PublicAnswer.objects.select_related("publication")
    }
    for letter in letters:
        passed = publishing_of(letter) == "passed"
        if passed != (letter.pk in shown):
            wrong.append(f"{letter.number}: passed {passed}, public {letter.pk in shown}")
        if passed and progress_of(letter).state is not State.ANSWERED:
            wrong.append(f"{letter.number} is public and has no answer")
    for publication in shown.values():
        if None not in looked_at(publication):
            wrong.append("a text is public that nobody looked through")
        if not PublicationAct.objects.filter(publication=publication, kind="passed").exists():
            wrong.append("a text is public that nobody passed")
    told = {uuid.UUID(key) for key in receipts if key}
    return [*wrong, *(["a published answer is gone"] if told - set(shown) else [])]


SCENARIOS = [Scenario("talk.letter", _letter, _check)]
