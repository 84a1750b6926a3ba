"""Reading the hotline: figures by organ and by category with their bases, and questions that come again and again."""

from __future__ import annotations

import uuid
from collections import Counter
from dataclasses import dataclass
from datetime import date

from gongkai.text.signature import likeness
from gongkai.web import personal
from gongkai.web.audit.services import Audit
from gongkai.web.interaction.kinds import LEVELS
from gongkai.web.interaction.models import HotlineImport, HotlineRow, Letter, LetterStanding, Question, QuestionPart
from gongkai.web.interaction.progress import State
from gongkai.web.interaction.selectors.public import Rate
from gongkai.web.interaction.services.intake import cover
from gongkai.web.proactive.selectors.public import public_among

LOOKED_AT = 600
ALIKE = 0.3
"""Share of character pairs from which two are shown together; a person decides."""


@dataclass(frozen=True, slots=True)
class Tallied:
    """The lines of one organ or category: how many came, were closed, were asked and what they said."""

    name: str
    received: int
    closed: Rate
    rated: int
    satisfied: Rate


def tallied(county: uuid.UUID, by: str, since: date, until: date) -> list[Tallied]:
    """The lines of a period by `organ_name` or `category`, most first; every rate with its base."""
    rows = HotlineRow.objects.filter(county=county, received_on__range=(since, until))
    found: dict[str, list[tuple[date | None, str]]] = {}
    for name, closed, satisfied in rows.values_list(by, "closed_on", "satisfied"):
        found.setdefault(name or "（没有写明）", []).append((closed, satisfied))
    return [
        Tallied(
            name,
            len(held),
            Rate("办结率", sum(closed is not None for closed, _ in held), len(held)),
            sum(bool(said) for _, said in held),
            Rate("满意率", sum(said in ("satisfied", "mostly") for _, said in held), sum(bool(s) for _, s in held)),
        )
        for name, held in sorted(found.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    ]


def levels(county: uuid.UUID, since: date, until: date) -> tuple[Rate, ...]:
    """What those said who said something."""
    rows = HotlineRow.objects.filter(county=county, received_on__range=(since, until)).exclude(satisfied="")
    said = Counter(rows.values_list("satisfied", flat=True))
    base = sum(said.values())
    return tuple(Rate(zh, said[key], base) for key, zh in LEVELS.items())


def imports(county: uuid.UUID, limit: int = 20) -> list[HotlineImport]:
    """The files that were brought in, newest first."""
    return list(HotlineImport.objects.filter(county=county).order_by("-id")[:limit])


# ── questions that come again ────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Voice:
    """A letter or a line of the hotline, with people written over."""

    kind: str
    key: uuid.UUID
    number: str
    on: date
    words: str

    @property
    def name(self) -> str:
        """As a form sends it back."""
        return f"{self.kind}:{self.key}"


def _signed(county: uuid.UUID) -> list[tuple[str, uuid.UUID, bytes]]:
    taken = set(QuestionPart.objects.filter(county=county).values_list("about", flat=True))
    spam = LetterStanding.objects.filter(county=county, state=State.ASIDE, ground__in=("spam", "abuse"))
    letters = Letter.objects.filter(county=county).exclude(pk__in=spam.values("pk")).order_by("-id")
    rows = HotlineRow.objects.filter(county=county).order_by("-received_on", "-id")
    found = [("letter", key, bytes(sign)) for key, sign in letters.values_list("pk", "likeness")[:LOOKED_AT]]
    found += [("hotline", key, bytes(sign)) for key, sign in rows.values_list("pk", "likeness")[:LOOKED_AT]]
    return [each for each in found if each[1] not in taken and each[2]][:LOOKED_AT]


def _clusters(signed: list[tuple[str, uuid.UUID, bytes]]) -> list[list[tuple[str, uuid.UUID]]]:
    """Those that are alike, joined around the first of them: each stands in one group."""
    left, groups = list(signed), []
    while left:
        kind, key, sign = left.pop(0)
        near = [(other, likeness(sign, other[2])) for other in left]
        alike = [other for other, share in near if share >= ALIKE]
        if alike:
            groups.append([(kind, key), *((other[0], other[1]) for other in alike)])
            gone = {other[1] for other in alike}
            left = [other for other in left if other[1] not in gone]
    return sorted(groups, key=len, reverse=True)


def proposed(county: uuid.UUID, *, audit: Audit, limit: int = 12, most: int = 12) -> list[list[Voice]]:
    """Groups of letters and lines that seem to ask the same, largest first. That they were read is on record."""
    clusters = _clusters(_signed(county))[:limit]
    keys = [key for group in clusters for _, key in group[:most]]
    letters = {row.pk: row for row in Letter.objects.filter(pk__in=keys)}
    rows = {row.pk: row for row in HotlineRow.objects.filter(pk__in=keys)}
    if rows:
        first = next(iter(rows.values()))
        audit.record("interaction.see_hotline", first, {"rows": len(rows)})
    found = []
    for group in clusters:
        voices = []
        for kind, key in group[:most]:
            if kind == "letter":
                letter = letters[key]
                words = cover(letter)(personal.reveal(letter, "words"))
                voices.append(Voice(kind, key, letter.number, letter.received_on, f"{letter.subject}：{words}"[:160]))
            else:
                row = rows[key]
                voices.append(Voice(kind, key, row.number, row.received_on, personal.reveal(row, "words")[:160]))
        found.append(voices)
    return found


@dataclass(frozen=True, slots=True)
class Known:
    """A question that was confirmed, with its entry."""

    title: str
    organ: str
    entry: uuid.UUID
    parts: int
    public: bool


def confirmed(county: uuid.UUID, limit: int = 100) -> list[Known]:
    """The questions that were confirmed, newest first."""
    rows = list(Question.objects.filter(county=county).select_related("organ").order_by("-id")[:limit])
    public = public_among(county, [row.entry for row in rows])
    return [Known(row.title, row.organ.name, row.entry, row.parts.count(), row.entry in public) for row in rows]
