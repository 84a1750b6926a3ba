"""What stands out among the answers from the net: many within minutes, and many of a day that say the same.

Nothing is set aside for it. A person looks and decides: a class that fills in its sheets together stands out, too.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from gongkai.oversight.questions import UNKNOWN, UNKNOWN_ZH, Question
from gongkai.web.appraisal.models import Answer, Questionnaire
from gongkai.web.appraisal.rulekeys import BURST, MINUTES, SAME
from gongkai.web.appraisal.selectors.questionnaires import questions_of, subjects_of
from gongkai.web.appraisal.selectors.results import REASONS, standing
from gongkai.web.rules.selectors import number_set


@dataclass(frozen=True, slots=True)
class Seen:
    """One answer as the desk sees it among others: when it came, what it says in short, whether it counts."""

    key: uuid.UUID
    organ: str
    at: datetime
    says: str
    aside: str
    written: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Answers that stand out together, and why."""

    kind: str
    organ: str
    answers: tuple[Seen, ...]

    @property
    def zh(self) -> str:
        """Why they stand out, in words."""
        return REASONS[self.kind]

    @property
    def counted(self) -> int:
        """How many of them count."""
        return sum(not each.aside for each in self.answers)


def in_short(questions: Sequence[Question], choices: dict[str, Any]) -> str:
    """What was chosen, question by question."""
    said = []
    for number, each in enumerate(questions, start=1):
        answer = choices.get(each.key)
        if answer is None:
            continue
        places = answer if isinstance(answer, list) else [answer]
        words = "、".join(UNKNOWN_ZH if place == UNKNOWN else each.options[place] for place in places)
        said.append(f"{number}．{words}")
    return "　".join(said) or "没有选择"


def _seen(row: Questionnaire, **wanted: Any) -> list[tuple[Seen, str]]:
    """Answers that were not struck, each with the mark of those that say the same."""
    now, questions = standing(row), questions_of(row)
    names = {organ.pk: organ.name for organ in subjects_of(row)}
    found = []
    for each in Answer.objects.filter(questionnaire=row, **wanted).order_by("received_at", "id"):
        kind, reason = now.get(each.pk, ("", ""))
        if kind != "struck":
            says, organ = in_short(questions, each.choices), names.get(each.organ_id, "")
            aside = REASONS[reason] if kind else ""
            found.append((Seen(each.pk, organ, each.received_at, says, aside, bool(each.written)), each.alike))
    return found


def standing_out(row: Questionnaire, today: date) -> list[Group]:
    """The groups that stand out, bursts first; an answer may stand in both kinds."""
    burst, minutes = number_set(row.county, *BURST, today), number_set(row.county, *MINUTES, today)
    same = number_set(row.county, *SAME, today)
    by_organ: dict[str, list[Seen]] = defaultdict(list)
    alike: dict[tuple[str, date, str], list[Seen]] = defaultdict(list)
    for each, mark in _seen(row, origin="portal"):
        by_organ[each.organ].append(each)
        alike[each.organ, timezone.localdate(each.at), mark].append(each)
    found = [
        Group("burst", organ, tuple(run))
        for organ, answers in by_organ.items()
        for run in bursts(answers, burst, timedelta(minutes=minutes))
    ]
    found += [Group("same", organ, tuple(run)) for (organ, _, _), run in alike.items() if len(run) >= same]
    return found


def bursts(answers: Sequence[Seen], least: int, span: timedelta) -> list[list[Seen]]:
    """The runs in which `least` answers or more came within a span; runs that touch are one. In order of time."""
    inside = [False] * len(answers)
    first = marked = 0
    for last, each in enumerate(answers):
        while each.at - answers[first].at > span:
            first += 1
        if last - first + 1 >= least:
            for place in range(max(first, marked), last + 1):
                inside[place] = True
            marked = last + 1
    found: list[list[Seen]] = []
    for place, each in enumerate(answers):
        if inside[place] and place and inside[place - 1] and each.at - answers[place - 1].at <= span:
            found[-1].append(each)
        elif inside[place]:
            found.append([each])
    return found


def set_aside(row: Questionnaire) -> list[Seen]:
    """The answers that do not count, in order of time."""
    return [each for each, _ in _seen(row) if each.aside]
