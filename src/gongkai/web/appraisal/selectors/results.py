"""What came in and what it says: counted live for the desk, and as it was published for everybody."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from gongkai.oversight.answers import Sheet, counted, satisfied
from gongkai.web.appraisal.models import Answer, Batch, Publication, Questionnaire, Sifting
from gongkai.web.appraisal.rulekeys import LEAST
from gongkai.web.appraisal.selectors.questionnaires import (
    ending_of,
    last_day,
    questions_of,
    subjects_of,
    versions,
)
from gongkai.web.rules.selectors import number_set

FORMAT = "gongkai-appraisal/1"
REASONS = dict(Sifting.REASONS)


def standing(row: Questionnaire) -> dict[uuid.UUID, tuple[str, str]]:
    """What was last done to each answer that is not simply counted: ("aside" or "struck", reason)."""
    found: dict[uuid.UUID, tuple[str, str]] = {}
    rows = Sifting.objects.filter(answer__questionnaire=row).order_by("id")
    for answer, kind, reason in rows.values_list("answer_id", "kind", "reason"):
        if kind == "back":
            found.pop(answer, None)
        elif found.get(answer, ("",))[0] != "struck":
            found[answer] = (kind, reason)
    return found


@dataclass(slots=True)
class _Pile:
    """The sheets about one organ, or about all."""

    sheets: list[tuple[Sheet, list[str]]]
    aside: Counter[str]
    origins: Counter[str]

    def told(self, questions: Any, least: int) -> dict[str, Any]:
        """Counts and questions, as a result holds them."""
        away = sum(self.aside.values())
        return {
            "received": len(self.sheets) + away,
            "counted": len(self.sheets),
            "aside": away,
            "reasons": [[REASONS[key], n] for key, n in sorted(self.aside.items())],
            "origins": [[zh, self.origins[key]] for key, zh in Answer.ORIGINS if self.origins[key]],
            "questions": counted(questions, self.sheets, least),
        }


def live(row: Questionnaire) -> dict[str, Any]:
    """The result of a version as it stands now; what would be published."""
    questions, least = questions_of(row), number_set(row.county, *LEAST, last_day(row))
    now = standing(row)
    piles: dict[str, _Pile] = defaultdict(lambda: _Pile([], Counter(), Counter()))
    rows = Answer.objects.filter(questionnaire=row).order_by("id")
    for key, organ, origin, choices, written in rows.values_list("id", "organ_id", "origin", "choices", "written"):
        kind, reason = now.get(key, ("", ""))
        if kind == "struck":
            continue
        for pile in (piles[""], piles[str(organ)]):
            pile.origins[origin] += 1
            if kind:
                pile.aside[reason] += 1
            else:
                pile.sheets.append((choices, written))
    subjects = subjects_of(row)
    organs = [
        {"key": str(organ.pk), "name": organ.name, **piles[str(organ.pk)].told(questions, least)} for organ in subjects
    ]
    return {
        "format": FORMAT,
        "title": row.title,
        "version": row.version,
        "code": row.code,
        "organ": row.organ.name,
        "opens_on": row.opens_on.isoformat(),
        "closes_on": last_day(row).isoformat(),
        "invited": row.invited,
        "least": least,
        **piles[""].told(questions, least),
        "organs": organs,
    }


def canonical(result: Any) -> str:
    """The one way a result is written as text."""
    return json.dumps(result, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def mark_of(result: Any) -> str:
    """The hash of a result: what a person confirms is what they looked at."""
    return hashlib.sha256(canonical(result).encode()).hexdigest()


def incomplete(row: Questionnaire) -> list[tuple[Batch, int]]:
    """The batches of which sheets are still to be entered, and how many."""
    found = []
    for batch in Batch.objects.filter(questionnaire=row):
        entered = batch.answers.exclude(siftings__kind="struck").count()
        if entered < batch.sheets:
            found.append((batch, batch.sheets - entered))
    return found


@dataclass(frozen=True, slots=True)
class Published:
    """A result as it was published: its edition, when, why again, and the frozen figures."""

    row: Publication
    on: date
    result: dict[str, Any]

    @property
    def edition(self) -> int:
        """Which one it is of its version."""
        return self.row.edition


def published(row: Questionnaire) -> list[Published]:
    """What was published of a version, the newest first."""
    rows = Publication.objects.filter(questionnaire=row).order_by("-edition")
    return [Published(each, timezone.localdate(each.recorded_at), json.loads(each.snapshot)) for each in rows]


def apart(row: Questionnaire) -> list[tuple[int, str, int]]:
    """The other versions that were opened: number, why there was a next one or how it ended, sheets received."""
    found = []
    for other in versions(row.county, row.stem):
        if other.pk != row.pk:
            ending = ending_of(other)
            gone = sum(kind == "struck" for kind, _ in standing(other).values())
            why = ending.why if ending else ""
            found.append((other.version, why, Answer.objects.filter(questionnaire=other).count() - gone))
    return found


@dataclass(frozen=True, slots=True)
class OfOrgan:
    """What the public said of an organ: so many satisfied answers of so many, in which published result."""

    stem: uuid.UUID
    title: str
    done: int
    of: int
    least: int
    on: date


def of_organ(county: uuid.UUID, organ: uuid.UUID, first: date, last: date, known_at: datetime) -> list[OfOrgan]:
    """The results about an organ that its competent department published by a moment, of appraisals that ended in a period.

    What an organ asked about itself is not among them. Of each version the edition that was the newest then.
    """
    rows = (
        Publication.objects.filter(county=county, recorded_at__lte=known_at, questionnaire__organ__competent=True)
        .select_related("questionnaire")
        .order_by("questionnaire_id", "edition")
    )
    newest: dict[uuid.UUID, Publication] = {row.questionnaire_id: row for row in rows}
    found = []
    for row in newest.values():
        result = json.loads(row.snapshot)
        if not first <= date.fromisoformat(result["closes_on"]) <= last:
            continue
        about = next((each for each in result["organs"] if each["key"] == str(organ)), None)
        if about is not None:
            done, of = satisfied(about["questions"])
            on = timezone.localdate(row.recorded_at)
            found.append(OfOrgan(row.questionnaire.stem, result["title"], done, of, result["least"], on))
    return found


def flat(result: dict[str, Any]) -> Iterable[tuple[Any, ...]]:
    """The figures of a result as lines of a table: the organ, the question, the answer, count, base, share."""
    for organ in ({"name": "合计", **result}, *result["organs"]):
        for number, row in enumerate(organ["questions"], start=1):
            head = (organ["name"], number, row["words"])
            if row["kind"] == "text":
                yield (*head, "填写的份数", row["voters"], row["sheets"], "")
                continue
            for each in row["rows"]:
                yield (*head, each["words"], each["n"], row["base"], each["share"] or "")
            if row["kind"] == "scale":
                yield (*head, "不了解", row["unknown"], "", "")
            yield (*head, "未作答", row["blank"], row["sheets"], "")
