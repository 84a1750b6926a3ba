"""Single sheets: those of a batch as they were entered, and what was written on any, for the desk alone."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from gongkai.web import personal
from gongkai.web.appraisal.models import Answer, Batch, Questionnaire
from gongkai.web.appraisal.selectors.questionnaires import questions_of, subjects_of
from gongkai.web.appraisal.selectors.results import REASONS, standing
from gongkai.web.appraisal.selectors.watching import in_short
from gongkai.web.audit.services import Audit
from gongkai.web.people.selectors import names_of


@dataclass(frozen=True, slots=True)
class Entered:
    """A sheet of a batch: its number, about whom, what it says in short, who entered it, and what became of it."""

    answer: Answer
    organ: str
    says: str
    who: str
    became: str
    struck: bool


def batches(row: Questionnaire) -> list[tuple[Batch, int]]:
    """The batches of a version, each with how many of its sheets are entered."""
    rows = Batch.objects.filter(questionnaire=row).order_by("number")
    return [(each, each.answers.exclude(siftings__kind="struck").count()) for each in rows]


def batch(county: uuid.UUID, key: uuid.UUID) -> Batch | None:
    """One batch."""
    rows = Batch.objects.filter(county=county, pk=key).select_related("questionnaire__organ")
    return rows.first()


def answer(county: uuid.UUID, key: uuid.UUID) -> Answer | None:
    """One answer."""
    return Answer.objects.filter(county=county, pk=key).select_related("questionnaire", "batch").first()


def entered(of: Batch) -> list[Entered]:
    """The sheets of a batch in the order of their numbers, those struck beside those that took their place."""
    row = of.questionnaire
    now, questions = standing(row), questions_of(row)
    names = {organ.pk: organ.name for organ in subjects_of(row)}
    rows = list(Answer.objects.filter(batch=of).order_by("sheet", "entry"))
    people = names_of({each.by for each in rows})
    found = []
    for each in rows:
        kind, reason = now.get(each.pk, ("", ""))
        became = "已冲销" if kind == "struck" else f"已剔除：{REASONS[reason]}" if kind else ""
        says = in_short(questions, each.choices)
        who = people.get(each.by, "")
        found.append(Entered(each, names.get(each.organ_id, ""), says, who, became, kind == "struck"))
    return found


def next_number(of: Batch) -> int | None:
    """The first number of a batch that is not entered; None when all are."""
    taken = set(of.answers.exclude(siftings__kind="struck").values_list("sheet", flat=True))
    return next((number for number in range(1, of.sheets + 1) if number not in taken), None)


def organs_of(row: Questionnaire, answers: Iterable[uuid.UUID]) -> set[uuid.UUID]:
    """The organs that some answers are about."""
    return set(Answer.objects.filter(questionnaire=row, pk__in=list(answers)).values_list("organ_id", flat=True))


@dataclass(frozen=True, slots=True)
class Written:
    """What was written on one sheet to one question; nobody's name, and numbers written over."""

    organ: str
    number: int
    words: str


def written(*, audit: Audit, row: Questionnaire) -> list[Written]:
    """All that was written on the sheets that count; that somebody read it is on record. In a transaction."""
    audit.record("appraisal.see_words", row, {"version": row.version})
    now = standing(row)
    names = {organ.pk: organ.name for organ in subjects_of(row)}
    numbers = {each.key: number for number, each in enumerate(questions_of(row), start=1)}
    found = []
    for each in Answer.objects.filter(questionnaire=row).exclude(words=b"").order_by("organ_id", "id"):
        if each.pk not in now:
            said: dict[str, str] = json.loads(personal.reveal(each, "words"))
            organ = names.get(each.organ_id, "")
            found += [Written(organ, numbers[key], words) for key, words in said.items()]
    return found
