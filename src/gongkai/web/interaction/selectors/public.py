"""What anyone outside may read of letters: published answers, questions with their entries, figures with their bases."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from gongkai.text.query import searchable
from gongkai.web import personal, sealed
from gongkai.web.audit.services import Audit
from gongkai.web.interaction.kinds import ASIDE, KINDS, LEVELS, TURNED
from gongkai.web.interaction.models import Letter, LetterAct, LetterStanding, PublicAnswer, Question, Rating
from gongkai.web.interaction.progress import OPEN, State
from gongkai.web.interaction.selectors.letters import draft_of
from gongkai.web.interaction.services.facts import acts_of, progress_of
from gongkai.web.interaction.services.intake import code_key
from gongkai.web.onrequest.selectors.cases import application_of
from gongkai.web.onrequest.selectors.follow import receipt_of
from gongkai.web.proactive.selectors.public import public_among


@dataclass(frozen=True, slots=True)
class Asked:
    """A published answer in a list."""

    key: uuid.UUID
    title: str
    kind: str
    organ: str
    question: str
    answer: str
    received_on: date
    answered_on: date
    published_on: date


def _asked(row: PublicAnswer) -> Asked:
    return Asked(
        row.pk,
        row.title,
        KINDS[row.letter_kind].zh,
        row.organ.name,
        row.question,
        row.answer,
        row.received_on,
        row.answered_on,
        timezone.localdate(row.published_at),
    )


_SEARCHED = ("title", "question", "answer")
_WIDE = str.maketrans("(),:;!?", "（），：；！？")


def _holds(word: str) -> Q:
    """That an answer holds a word: as it was typed, in the spelling of the search, or with the signs of Chinese print."""
    plain = searchable(word)
    found = Q()
    for spelled in {word, plain or word, plain.translate(_WIDE) or word}:
        for name in _SEARCHED:
            found |= Q(**{f"{name}__icontains": spelled})
    return found


def answers(
    county: uuid.UUID,
    *,
    words: str = "",
    organ: uuid.UUID | None = None,
    kind: str = "",
    limit: int = 20,
    offset: int = 0,
) -> tuple[list[Asked], int]:
    """The published answers that hold all of some words, newest first, and how many there are."""
    rows = PublicAnswer.objects.filter(county=county).select_related("organ")
    for word in words.split()[:6]:
        rows = rows.filter(_holds(word))
    rows = rows.filter(organ=organ) if organ else rows
    rows = rows.filter(letter_kind=kind) if kind else rows
    return [_asked(row) for row in rows.order_by("-published_at", "-pk")[offset : offset + limit]], rows.count()


def answering_organs(county: uuid.UUID) -> list[tuple[uuid.UUID, str, int]]:
    """The organs with published answers, with how many each has."""
    rows = PublicAnswer.objects.filter(county=county).values_list("organ", "organ__name", "organ__position")
    return [(key, name, count) for key, name, _, count in rows.annotate(n=Count("pk")).order_by("organ__position")]


def answer(county: uuid.UUID, key: uuid.UUID) -> Asked | None:
    """One published answer."""
    row = PublicAnswer.objects.filter(county=county, pk=key).select_related("organ").first()
    return _asked(row) if row else None


@dataclass(frozen=True, slots=True)
class Rate:
    """A share with its two numbers; `text` is how it is printed."""

    zh: str
    part: int
    base: int

    @property
    def text(self) -> str:
        """38.5%（5/13）; without a base no share."""
        return f"{self.part * 100 / self.base:.1f}%（{self.part}/{self.base}）" if self.base else "—（0/0）"


@dataclass(frozen=True, slots=True)
class Figures:
    """Letters of a period: how many came, what became of them, who was asked and what they said."""

    received: int
    valid: int
    answered: int
    waiting: int
    aside: int
    turned: int
    published: int
    in_time: Rate
    answer_rate: Rate
    rated: int
    rating: tuple[Rate, ...]
    grounds: tuple[tuple[str, int], ...]

    @property
    def asked(self) -> int:
        """Who could say whether they are satisfied: everyone that was answered."""
        return self.answered


def figures(county: uuid.UUID, since: date, until: date, organ: uuid.UUID | None = None) -> Figures:
    """What became of the letters that came within a period; every rate with its base."""
    rows = LetterStanding.objects.filter(county=county, received_on__range=(since, until))
    rows = rows.filter(organ=organ) if organ else rows
    held = list(rows.values_list("state", "rating", "answered_on", "due_on", "ground", "publishing"))
    answered = [row for row in held if row[0] == State.ANSWERED]
    aside = [row for row in held if row[0] == State.ASIDE]
    turned = sum(row[0] == State.TURNED for row in held)
    rated = [row for row in answered if row[1]]
    in_time = sum(bool(row[2] and row[3] and row[2] <= row[3]) for row in answered)
    valid = len(held) - len(aside) - turned
    return Figures(
        received=len(held),
        valid=valid,
        answered=len(answered),
        waiting=sum(row[0] in OPEN for row in held),
        aside=len(aside),
        turned=turned,
        published=sum(row[5] == "passed" for row in answered),
        in_time=Rate("按期答复率", in_time, len(answered)),
        answer_rate=Rate("答复率", len(answered), valid),
        rated=len(rated),
        rating=tuple(Rate(zh, sum(row[1] == key for row in rated), len(rated)) for key, zh in LEVELS.items()),
        grounds=tuple((a.zh, n) for a in ASIDE.values() if (n := sum(row[4] == a.key for row in aside))),
    )


def questions(county: uuid.UUID) -> list[tuple[str, Any, int]]:
    """The frequent questions whose entry is public: the question, the release, how many asked it."""
    rows = list(Question.objects.filter(county=county).annotate(n=Count("parts")).order_by("-id"))
    public = public_among(county, [row.entry for row in rows])
    return [(public[row.entry].title, public[row.entry], row.n) for row in rows if row.entry in public]


# ── who wrote ────────────────────────────────────────────────────────────────────────────────────────────────────────


def letter_by_code(county: uuid.UUID, number: str, code: str) -> Letter | None:
    """The letter with this number and this code. A wrong code and an unknown number take the same way."""
    plain = sealed.normalised(code).replace("-", "")
    found = Letter.objects.filter(query_key=code_key(plain)).select_related("standing__organ").first()
    known = found.number if found and found.county == county else ""
    same = constant_time_compare(sealed.normalised(known), sealed.normalised(number))
    return found if same and known else None


def letter_of(county: uuid.UUID, key: uuid.UUID) -> Letter | None:
    """A letter that a browser follows."""
    return Letter.objects.filter(county=county, pk=key).select_related("standing__organ").first()


@dataclass(frozen=True, slots=True)
class Followed:
    """The page that who wrote sees: nothing of the work inside."""

    letter: Letter
    title: str
    words: str
    state: str
    organ: str
    due_on: date | None
    answered_on: date | None
    answer: str
    says: str
    more: str
    passages: tuple[tuple[date, str], ...]
    may_rate: bool
    rating: str
    turned: tuple[str, str, str] | None
    public: uuid.UUID | None


_SAYS = {
    State.WAITING: "已经收到，正在转办",
    State.ANSWERED: "已经答复",
    State.ASIDE: "没有办理",
    State.TURNED: "已转为其他事项",
}
_PASSAGES = {
    "received": "收到您的来信",
    "routed": "转交{organ}承办",
    "extended": "答复时间延长",
    "answered": "答复",
    "set_aside": "没有办理",
    "taken_up": "恢复办理",
    "turned": "转为其他事项",
}


def code_of(letter: Letter) -> str:
    """The code, for the receipt alone."""
    return personal.reveal(letter, "query_code")


def _turned(letter: Letter, acts: list[LetterAct]) -> tuple[str, str, str] | None:
    last = next((act for act in reversed(acts) if act.kind == "turned"), None)
    if last is None:
        return None
    code = ""
    made = application_of(letter.county, last.about) if last.about_kind == "application" and last.about else None
    if made is not None:
        code, _ = receipt_of(made)
    return TURNED[last.about_kind], last.about_number, code


def _more(acts: list[LetterAct], state: State) -> str:
    """What was told besides: the note with a letter set aside, the reason why the answer takes longer."""
    kind = "set_aside" if state is State.ASIDE else "extended"
    last = next((act for act in reversed(acts) if act.kind == kind), None)
    return personal.reveal(last, "words") if last else ""


def followed(letter: Letter) -> Followed:
    """All that who wrote is shown."""
    acts, then = acts_of(letter), progress_of(letter)
    told = personal.revealed(letter, "title", "words")
    rating = Rating.objects.filter(letter=letter).first()
    public = PublicAnswer.objects.filter(publication__letter=letter).values_list("pk", flat=True).first()
    answered = then.state is State.ANSWERED
    return Followed(
        letter=letter,
        title=told["title"],
        words=told["words"],
        state=_SAYS.get(then.state, "正在办理"),
        organ=letter.standing.organ.name if then.organ else "",
        due_on=letter.standing.due_on if then.open else None,
        answered_on=then.answered_on,
        answer=draft_of(letter, then.answer) if answered else "",
        says=ASIDE[then.ground].says if then.ground else "",
        more=_more(acts, then.state),
        passages=tuple(
            (act.on, _PASSAGES[act.kind].format(organ=act.organ.name if act.organ else ""))
            for act in acts
            if act.kind in _PASSAGES
        ),
        may_rate=answered and rating is None,
        rating=rating.get_level_display() if rating else "",
        turned=_turned(letter, acts),
        public=public,
    )


def opened(*, audit: Audit, letter: Letter) -> None:
    """Write down that who wrote looked at the answer with number and code; inside a transaction."""
    audit.record("interaction.follow", letter, {})
