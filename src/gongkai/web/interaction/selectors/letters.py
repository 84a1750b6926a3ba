"""The desk's lists of letters and the page of one: what waits for whom, its clock, its story, what may be published."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from gongkai.web import personal
from gongkai.web.audit.services import Audit
from gongkai.web.files.selectors import about
from gongkai.web.interaction.kinds import ASIDE, CHECK_2019, KINDS, LEVELS, MONTHS_AT_MOST, TURNED
from gongkai.web.interaction.models import Answer, Letter, LetterAct, LetterFile, LetterStanding, Publication
from gongkai.web.interaction.progress import OPEN, STATES, Progress, State, months_after
from gongkai.web.interaction.services.facts import acts_of, days_for, progress_of
from gongkai.web.interaction.services.intake import cover
from gongkai.web.organs.selectors import Organs
from gongkai.web.people.models import Person
from gongkai.web.people.policies import can_act, can_some
from gongkai.web.people.selectors import names_of
from gongkai.web.rules.selectors import calendar_of

GROUPS: dict[str, tuple[str, tuple[str, ...]]] = {
    "open": ("没有答复", tuple(state.value for state in OPEN)),
    "waiting": ("待转办", (State.WAITING,)),
    "review": ("答复待审核", (State.REVIEW,)),
    "publishing": ("公开待审核", (State.ANSWERED,)),
    "answered": ("已答复", (State.ANSWERED,)),
    "aside": ("不予办理", (State.ASIDE,)),
    "turned": ("已转为其他事项", (State.TURNED,)),
}
"""The tabs of the list of letters."""


@dataclass(frozen=True, slots=True)
class Line:
    """A letter in a list. `left`: working days until it is due, below zero when that has passed."""

    key: uuid.UUID
    number: str
    subject: str
    kind: str
    organ: str
    routed: bool
    state: str
    state_zh: str
    received_on: date
    due_on: date | None
    left: int | None
    answered_on: date | None
    rating: str
    ground: str
    publishing: str
    too_long: bool

    @property
    def left_abs(self) -> int:
        """Working days left or overdue, without a sign."""
        return abs(self.left or 0)


PUBLISHING = {"": "", "proposed": "公开待审核", "passed": "已公开", "returned": "公开内容被退回", "withdrawn": "已撤下"}


def _lines(rows: Sequence[LetterStanding], county: uuid.UUID) -> list[Line]:
    calendar, today = calendar_of(county), timezone.localdate()

    def left(row: LetterStanding) -> int | None:
        return calendar.left(today, row.due_on) if row.state in OPEN else None

    return [
        Line(
            key=row.letter_id,
            number=row.number,
            subject=row.subject,
            kind=KINDS[row.kind].zh,
            organ=row.organ.name,
            routed=row.routed,
            state=row.state,
            state_zh=STATES[State(row.state)],
            received_on=row.received_on,
            due_on=row.due_on,
            left=left(row),
            answered_on=row.answered_on,
            rating=LEVELS.get(row.rating, ""),
            ground=ASIDE[row.ground].zh if row.ground else "",
            publishing=PUBLISHING[row.publishing],
            too_long=row.state in OPEN and months_after(row.received_on, MONTHS_AT_MOST) < today,
        )
        for row in rows
    ]


def _standings(county: uuid.UUID, organs: Organs) -> QuerySet[LetterStanding]:
    rows = LetterStanding.objects.filter(county=county).select_related("organ")
    return rows if organs is None else rows.filter(_with(organs))


def _with(organs: Sequence[uuid.UUID]) -> Q:
    """Letters of these organs, and those that they were asked to join."""
    near = Q(organ__in=organs)
    for organ in organs:
        near |= Q(pk__in=LetterAct.objects.filter(kind="joined", organ=organ).values("letter"))
    return near


def _group(rows: QuerySet[LetterStanding], group: str) -> QuerySet[LetterStanding]:
    rows = rows.filter(state__in=GROUPS[group][1])
    return rows.filter(publishing="proposed") if group == "publishing" else rows


def letters(
    county: uuid.UUID, organs: Organs, group: str, *, words: str = "", kind: str = "", limit: int = 50, offset: int = 0
) -> list[Line]:
    """The letters of a group: what is due first on top, of what is done the newest."""
    rows = _group(_standings(county, organs), group)
    if words:
        rows = rows.filter(Q(number__contains=words) | Q(subject__contains=words))
    if kind:
        rows = rows.filter(kind=kind)
    order = ("due_on", "letter") if group in ("open", "waiting", "review") else ("-changed_at",)
    return _lines(list(rows.order_by(*order)[offset : offset + limit]), county)


def group_counts(county: uuid.UUID, organs: Organs) -> dict[str, int]:
    """How many letters stand in each group."""
    rows = _standings(county, organs)
    return {group: _group(rows, group).count() for group in GROUPS}


_WAITS = (
    ("interaction.route", "转办", ("state", State.WAITING.value)),
    ("interaction.answer", "答复", ("state", State.HANDLING.value)),
    ("interaction.review", "审核答复", ("state", State.REVIEW.value)),
    ("interaction.review", "审核公开内容", ("publishing", "proposed")),
)
"""What waits for whom: the act, what is to be done, the field of a letter that says so."""


def queue(person: Person, limit: int = 100) -> list[tuple[Line, str]]:
    """What waits for this person, due first: each with what is to be done."""
    held = LetterStanding.objects.filter(county=person.county).select_related("organ").order_by("due_on", "letter")
    own = Q(organ=person.organ_id) if "local_operator" not in person.roles else Q()
    whats = {what: match for act, what, match in _WAITS if can_some(person, act)}
    wanted = Q(pk__in=[])
    for what, (name, value) in whats.items():
        wanted |= Q(**{name: value}) & (Q() if what == "转办" else own)
    found: list[tuple[LetterStanding, str]] = []
    for row in held.filter(wanted)[: limit * len(whats)]:
        found += [(row, what) for what, (name, value) in whats.items() if getattr(row, name) == value]
    if person.organ_id and can_act(person, "interaction.assist", "passed_on"):
        asked = LetterAct.objects.filter(kind="joined", organ=person.organ_id).values("letter")
        for row in held.filter(pk__in=asked, state=State.HANDLING)[:limit]:
            if person.organ_id in progress_of(row.letter).joined:
                found.append((row, "提出会办意见"))
    found.sort(key=lambda pair: (pair[0].due_on or date.max, pair[0].number))
    lines = _lines([row for row, _ in found], person.county)
    return list(zip(lines, (what for _, what in found), strict=True))


def too_long(county: uuid.UUID, organs: Organs) -> list[Line]:
    """Letters without an answer for longer than the check allows: each would be a veto."""
    rows = _standings(county, organs).filter(state__in=[state.value for state in OPEN]).order_by("received_on")
    return [line for line in _lines(list(rows[:500]), county) if line.too_long]


# ── one letter ───────────────────────────────────────────────────────────────────────────────────────────────────────


def letter(county: uuid.UUID, key: uuid.UUID) -> Letter | None:
    """One letter of the county."""
    return Letter.objects.filter(county=county, pk=key).select_related("standing__organ", "addressed").first()


@dataclass(frozen=True, slots=True)
class Moment:
    """An act as the page of a letter tells it."""

    on: date
    act: str
    who: str
    words: str
    exception: str


@dataclass(frozen=True, slots=True)
class Page:
    """The page of a letter at the desk."""

    letter: Letter
    standing: LetterStanding
    line: Line
    then: Progress
    title: str
    words: str
    who: dict[str, str]
    files: list[tuple[uuid.UUID, str, bool]]
    story: list[Moment]
    draft: str
    drafter: str
    days: int
    publication: Publication | None
    publishing: str
    reason: str


def _told(act: LetterAct) -> str:
    name = act.get_kind_display()
    if act.kind == "routed" and act.organ:
        return f"转交{act.organ.name}承办"
    if act.kind in ("joined", "contributed") and act.organ:
        return f"请{act.organ.name}会办" if act.kind == "joined" else f"{act.organ.name}提出会办意见"
    if act.kind == "extended" and act.until:
        return f"答复时间延长至{act.until:%Y年%-m月%-d日}"
    if act.kind == "set_aside":
        return f"不予办理：{ASIDE[act.ground].zh}"
    if act.kind == "turned":
        return f"转为{TURNED[act.about_kind]}，编号{act.about_number}"
    return name


def draft_of(row: Letter, number: int) -> str:
    """The words of an answer; the last one when no number is given."""
    rows = Answer.objects.filter(letter=row).order_by("-number")
    found = (rows.filter(number=number) if number else rows).first()
    return personal.reveal(found, "words") if found else ""


def page(row: Letter, *, audit: Audit, may_see: bool) -> Page:
    """A letter at the desk: with who wrote for whom it is to answer (on record), for others with people written over."""
    hide: Callable[[str], str] = cover(row)
    if may_see:
        told = personal.seen(audit, "interaction.see_personal", row, "title", "words", "name", "phone", "email")
        say: Callable[[str], str] = str
    else:
        told = {name: hide(words) for name, words in personal.revealed(row, "title", "words").items()}
        say = hide
    acts = acts_of(row)
    names = names_of(act.by for act in acts)
    then = progress_of(row)
    story = [
        Moment(act.on, _told(act), names.get(act.by, ""), say(personal.reveal(act, "words")), act.exception)
        for act in acts
    ]
    kept = LetterFile.objects.filter(letter=row).select_related("file").order_by("id")
    files = [
        (k.pk, about(k.file_id).name if may_see and not k.file.isolated else "附件", k.file.isolated) for k in kept
    ]
    last = Publication.objects.filter(letter=row).order_by("-number").first()
    decided = last.acts.order_by("-id").first() if last else None
    author = Answer.objects.filter(letter=row, number=then.answer).values_list("by", flat=True).first()
    standing = row.standing
    return Page(
        letter=row,
        standing=standing,
        line=_lines([standing], row.county)[0],
        then=then,
        title=told["title"] or row.subject,  # once it was erased
        words=told["words"],
        who={name: told[name] for name in ("name", "phone", "email")} if may_see else {},
        files=files,
        story=story[::-1],
        draft=say(draft_of(row, 0)),
        drafter=names_of([author]).get(author, "") if author else "",
        days=days_for(row.county, row.kind, then.organ, row.received_on),
        publication=last,
        publishing=standing.publishing,
        reason=decided.reason if decided else "",
    )


def file_of(row: Letter, key: uuid.UUID) -> LetterFile | None:
    """A file of a letter, unless it was set apart."""
    return LetterFile.objects.filter(letter=row, pk=key, file__isolated=False).select_related("file").first()


CITES = CHECK_2019
"""What a list of letters that wait too long rests on."""
