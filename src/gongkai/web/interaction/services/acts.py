"""The verbs of a letter: given out, given back, joined, answered and reviewed, set aside, turned into what it is."""

from __future__ import annotations

import uuid
from datetime import date

from django.db import transaction
from django.utils import timezone

from gongkai.onrequest.applicants import ApplicantKind
from gongkai.web import personal
from gongkai.web.audit.services import Audit
from gongkai.web.changes.services import touch
from gongkai.web.facts import Refused, new_key
from gongkai.web.failpoints import failpoint
from gongkai.web.interaction.kinds import ASIDE, LEVELS, TURNED
from gongkai.web.interaction.models import Answer, Letter, LetterAct, Rating
from gongkai.web.interaction.progress import Progress, State
from gongkai.web.interaction.services.facts import WORDS_LIMIT, locked, notify, renew, write_act
from gongkai.web.onrequest.services import complaints
from gongkai.web.onrequest.services.intake import Incoming, Who
from gongkai.web.onrequest.services.intake import register as register_application
from gongkai.web.organs.models import Organ
from gongkai.web.review.policies import exception_at
from gongkai.web.typed import said


def _needs(then: Progress, *states: State, says: str) -> None:
    if then.state not in states:
        raise Refused(says)


def _living(audit: Audit, organ: Organ | None) -> Organ:
    if organ is None or organ.county != audit.county:
        raise Refused("请选择承办机关。")
    return organ


def route(*, audit: Audit, letter: Letter, organ: Organ | None, words: str = "", seen: int | None = None) -> LetterAct:
    """Give a letter to the organ that answers it; the clock runs on from the day it came."""
    to = _living(audit, organ)
    with transaction.atomic():
        then = locked(letter, seen)
        _needs(then, State.WAITING, State.HANDLING, says="这件来信已经在审核或者已经办结，不能再转办。")
        if then.organ == to.pk:
            raise Refused(f"这件来信已经由{to.name}承办。")
        row = write_act(audit, letter, "routed", organ=to, words=said(words, "转办意见", 500, needed=False))
        renew(letter)
    return row


def give_back(*, audit: Audit, letter: Letter, reason: str, seen: int | None = None) -> LetterAct:
    """Back to the office that gave it out, with the reason: another organ's matter."""
    with transaction.atomic():
        then = locked(letter, seen)
        _needs(then, State.HANDLING, says="只有承办中的来信可以退回重新转办。")
        row = write_act(audit, letter, "returned", organ_id=then.organ, words=said(reason, "退回的理由", 500))
        renew(letter)
    return row


def join(*, audit: Audit, letter: Letter, organ: Organ | None, words: str = "", seen: int | None = None) -> LetterAct:
    """Ask another organ for its opinion; the answer stays with the organ that has the letter."""
    to = _living(audit, organ)
    with transaction.atomic():
        then = locked(letter, seen)
        _needs(then, State.HANDLING, says="只有承办中的来信可以请其他机关会办。")
        if to.pk == then.organ or to.pk in then.joined:
            raise Refused(f"{to.name}已经在办理这件来信。")
        row = write_act(audit, letter, "joined", organ=to, words=said(words, "请求会办的事项", 500))
        renew(letter)
    return row


def contribute(*, audit: Audit, letter: Letter, organ: Organ | None, words: str, seen: int | None = None) -> LetterAct:
    """The opinion of an organ that was asked."""
    of = _living(audit, organ)
    with transaction.atomic():
        then = locked(letter, seen)
        if of.pk not in then.joined:
            raise Refused("没有请本机关会办这件来信，或者意见已经提出。")
        row = write_act(audit, letter, "contributed", organ=of, words=said(words, "会办意见", WORDS_LIMIT))
        renew(letter)
    return row


def extend(*, audit: Audit, letter: Letter, until: date, reason: str, seen: int | None = None) -> LetterAct:
    """Answer later than the day that follows from the setting, once, with the reason that who wrote is told."""
    with transaction.atomic():
        then = locked(letter, seen)
        _needs(then, State.HANDLING, says="只有承办中的来信可以延长答复时间。")
        if then.extended_to:
            raise Refused("答复时间已经延长过一次。")
        due = letter.standing.due_on
        if until <= timezone.localdate() or (due and until <= due):
            raise Refused("新的答复日期应当晚于今天和原来的日期，请核对。")
        row = write_act(audit, letter, "extended", until=until, words=said(reason, "延长的理由", 500))
        renew(letter)
    return row


def submit(*, audit: Audit, letter: Letter, words: str, seen: int | None = None) -> LetterAct:
    """Draft an answer and send it to be reviewed."""
    plain = said(words, "答复的内容", WORDS_LIMIT)
    with transaction.atomic():
        then = locked(letter, seen)
        _needs(then, State.HANDLING, says="只有承办中的来信可以起草答复。")
        number = Answer.objects.filter(letter=letter).count() + 1
        key = new_key()
        kept = personal.keep(Answer, key, words=plain)
        Answer.objects.create(id=key, county=letter.county, letter=letter, number=number, by=audit.actor, **kept)
        row = write_act(audit, letter, "submitted", answer=number)
        renew(letter)
    return row


def drafter_of(letter: Letter, number: int) -> uuid.UUID | None:
    """Who drafted an answer."""
    return Answer.objects.filter(letter=letter, number=number).values_list("by", flat=True).first()


def another_hand(audit: Audit, drafter: uuid.UUID | None, organ: uuid.UUID) -> str:
    """The recorded exception under which one person reviews their own words; empty for another's. Refused without one."""
    if drafter != audit.actor:
        return ""
    exception = exception_at(organ)
    if not exception:
        raise Refused("答复由您起草，应当由另一人审核。")
    return exception


def send_back(*, audit: Audit, letter: Letter, reason: str, seen: int | None = None) -> LetterAct:
    """Give the draft back, with the reason."""
    with transaction.atomic():
        then = locked(letter, seen)
        _needs(then, State.REVIEW, says="这件来信没有待审核的答复。")
        row = write_act(audit, letter, "sent_back", answer=then.answer, words=said(reason, "退回修改的理由", 500))
        renew(letter)
    return row


def answer(*, audit: Audit, letter: Letter, seen: int | None = None) -> LetterAct:
    """Pass the answer: from now on who wrote can read it. Refused to who drafted it."""
    with transaction.atomic():
        then = locked(letter, seen)
        _needs(then, State.REVIEW, says="这件来信没有待审核的答复。")
        assert then.organ is not None
        exception = another_hand(audit, drafter_of(letter, then.answer), then.organ)
        row = write_act(audit, letter, "answered", answer=then.answer, exception=exception)
        renew(letter)
        notify(audit, letter, "letter.answered", str(row.pk))
        failpoint("interaction.before_commit")
        touch(county=letter.county)
    return row


def set_aside(*, audit: Audit, letter: Letter, ground: str, words: str = "", seen: int | None = None) -> LetterAct:
    """Do not answer a letter, for one of the named reasons; it stays and is counted. Who wrote reads the reason."""
    if ground not in ASIDE:
        raise Refused("请选择不予办理的原因。")
    with transaction.atomic():
        then = locked(letter, seen)
        _needs(then, State.WAITING, State.HANDLING, says="只有没有办结的来信可以归为不予办理。")
        note = said(words, "告知来信人的说明", 500, needed=False)
        row = write_act(audit, letter, "set_aside", ground=ground, words=note)
        renew(letter)
        notify(audit, letter, "letter.closed", str(row.pk))
        touch(county=letter.county)
    return row


def take_up(*, audit: Audit, letter: Letter, reason: str, seen: int | None = None) -> LetterAct:
    """Take a letter up again that was set aside."""
    with transaction.atomic():
        then = locked(letter, seen)
        _needs(then, State.ASIDE, says="这件来信没有被归为不予办理。")
        row = write_act(audit, letter, "taken_up", words=said(reason, "恢复办理的理由", 500))
        renew(letter)
        touch(county=letter.county)
    return row


def turn(
    *, audit: Audit, letter: Letter, into: str, organ: Organ | None, about: str = "other", seen: int | None = None
) -> LetterAct:
    """Register a letter as what it really is: an application (the law's day rules hold) or a complaint (art. 47).

    An application keeps the day on which the letter came; what article 29 asks for and is not there is supplemented.
    """
    if into not in TURNED:
        raise Refused("请选择转为哪一种事项。")
    to = _living(audit, organ)
    told = personal.revealed(letter, "title", "words", "name", "phone", "email")
    content = f"{told['title']}\n{told['words']}"
    with transaction.atomic():
        then = locked(letter, seen)
        _needs(then, State.WAITING, State.HANDLING, says="只有没有办结的来信可以转为其他事项。")
        key: uuid.UUID
        if into == "application":
            who = Who(ApplicantKind.NATURAL_PERSON.value, told["name"], "", "", told["phone"], told["email"])
            done = register_application(
                audit=audit,
                incoming=Incoming(
                    organ=to,
                    channel="internet",
                    who=who,
                    content=content,
                    received_on=letter.received_on,
                    manner="online",
                    late_reason=f"由来信{letter.number}转为政府信息公开申请。",
                    once=f"letter:{letter.pk}",
                ),
            )
            key, number = done.application.pk, done.application.number
        else:
            row = complaints.register(
                audit=audit,
                organ=to,
                about=about,
                words=content,
                received_on=letter.received_on,
                complainant=told["name"],
            )
            key, number = row.pk, row.number
        act = write_act(audit, letter, "turned", organ=to, about=key, about_kind=into, about_number=number)
        renew(letter)
        notify(audit, letter, "letter.closed", str(act.pk))
        touch(county=letter.county)
    return act


def rate(*, audit: Audit, letter: Letter, level: str, words: str = "") -> Rating:
    """What who wrote says of the answer: once, and only of an answer."""
    if level not in LEVELS:
        raise Refused("请选择满意、基本满意或者不满意。")
    reason = said(words, "理由", 500, needed=level == "not")
    with transaction.atomic():
        then = locked(letter)
        _needs(then, State.ANSWERED, says="答复以后才能评价。")
        if Rating.objects.filter(letter=letter).exists():
            raise Refused("您已经评价过，每件来信评价一次。")
        key = new_key()
        kept = personal.keep(Rating, key, words=reason)
        row = Rating.objects.create(id=key, county=letter.county, letter=letter, level=level, **kept)
        audit.record("interaction.rate", row, {"level": level})
        renew(letter)
        touch(county=letter.county)
    return row
