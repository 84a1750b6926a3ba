"""What who gave an opinion sees of it by number and code: the opinion, and what became of it once that is public."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from django.utils.crypto import constant_time_compare

from gongkai.web import personal, sealed
from gongkai.web.audit.services import Audit
from gongkai.web.interaction.models import Opinion, OpinionCode
from gongkai.web.interaction.selectors.consultations import Shown, consultation, places, shown_one


def code_key(code: str) -> str:
    """Where an opinion's query code is looked up."""
    return sealed.lookup("opinion", code)


def opinion_by_code(county: uuid.UUID, number: str, code: str) -> Opinion | None:
    """The opinion with this number and this code. A wrong code and an unknown number take the same way."""
    plain = sealed.normalised(code).replace("-", "")
    found = OpinionCode.objects.filter(query_key=code_key(plain)).select_related("opinion").first()
    known = found.opinion.number if found and found.county == county else ""
    same = constant_time_compare(sealed.normalised(known), sealed.normalised(number))
    return found.opinion if found and same and known else None


def opinion_of(county: uuid.UUID, key: uuid.UUID) -> Opinion | None:
    """An opinion that a browser follows: only one that was given with a code."""
    return Opinion.objects.filter(county=county, pk=key, code__isnull=False).first()


def code_of(opinion: Opinion) -> str:
    """The code, for the receipt alone."""
    return personal.reveal(OpinionCode.objects.get(opinion=opinion), "query_code")


@dataclass(frozen=True, slots=True)
class Became:
    """What became of an opinion, in the office's words."""

    outcome: str
    summary: str
    reason: str


@dataclass(frozen=True, slots=True)
class Sent:
    """An opinion as its sender sees it. `about`: the consultation while anyone may see it; `became`: once that is public."""

    opinion: Opinion
    words: str
    about: Shown | None
    closes_on: date | None
    state: str
    became: Became | None


_STATES = {
    "coming": "已经收到，征集还没有开始",
    "open": "已经收到，征集期还没有结束",
    "closed": "征集已经结束，正在整理意见",
    "answered": "已经反馈",
}


def _became(about: Shown | None, opinion: Opinion) -> Became | None:
    if about is None or about.told is None:
        return None
    mine = places(opinion.item).get(opinion.pk)
    group = next((each for each in about.told.groups if each.key == mine), None)
    return Became(group.outcome_zh, group.summary, group.reason) if group else None


def sent(opinion: Opinion) -> Sent:
    """All that the sender is shown. Nothing of the work inside, and no outcome before the feedback is public."""
    asked = consultation(opinion.county, opinion.item)
    about = shown_one(opinion.county, opinion.item)
    state = _STATES[about.state] if about else "征集的内容已经不再公开"
    words, closes_on = personal.reveal(opinion, "words"), asked.closes_on if asked and about else None
    return Sent(opinion, words, about, closes_on, state, _became(about, opinion))


def opened(*, audit: Audit, opinion: Opinion) -> None:
    """Write down that the sender looked at it with number and code; inside a transaction."""
    audit.record("interaction.follow_opinion", opinion, {})
