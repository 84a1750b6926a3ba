"""What waits for a person, by role, ordered by the day it falls due: each line has one next act."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from gongkai.calendar import Calendar
from gongkai.onrequest.letters import letter_type
from gongkai.onrequest.progress import STATES, State
from gongkai.web.onrequest.models import Case, Letter, LetterVersion, Passing
from gongkai.web.onrequest.policies import organs_seen
from gongkai.web.onrequest.selectors import matters
from gongkai.web.onrequest.selectors.consultations import lapsed
from gongkai.web.onrequest.selectors.disputes import disputes, open_disputes
from gongkai.web.onrequest.selectors.mailroom import unregistered
from gongkai.web.onrequest.selectors.reminders import reminder_days
from gongkai.web.organs.selectors import Organs
from gongkai.web.organs.together import any_of
from gongkai.web.people.models import Person
from gongkai.web.people.policies import can_some
from gongkai.web.rules.selectors import calendar_of

LIMIT = 100
"""How many lines of one kind a start page looks at."""

LETTERS = 30
"""How many letters of one stage: the oldest of them."""

SOON = 5
"""Working days left from which a line is marked as soon due."""

NEXT: dict[State, str] = {
    State.REGISTERED: "审查申请，决定是否补正",
    State.AWAITING_SUPPLEMENT: "等候补正",
    State.AWAITING_REASONS: "等候说明理由",
    State.CONSULTING: "催办意见，到达后登记",
    State.AWAITING_PAYMENT: "等候缴费",
    State.HANDLING: "检索并拟写答复",
    State.FOR_REVIEW: "跟踪审核",
    State.DECIDED: "送达",
    State.DELIVERED: "归档",
    State.REOPENED: "重新办理并答复",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that waits. `left`: working days, negative when overdue, None where they cannot be counted."""

    kind: str
    title: str
    detail: str
    organ: str
    act: str
    due_on: date | None
    left: int | None
    view: str
    args: tuple[object, ...]

    @property
    def level(self) -> str:
        """overdue, today, soon or calm."""
        if self.left is None:
            return "calm"
        return "overdue" if self.left < 0 else "today" if self.left == 0 else "soon" if self.left <= SOON else "calm"

    @property
    def left_abs(self) -> int:
        """The number without its sign."""
        return abs(self.left or 0)


def in_order(line: Line) -> tuple[bool, date, str, str]:
    """What orders lines: the day that falls due first on top; what has no day stands last."""
    return line.due_on is None, line.due_on or date.max, line.kind, line.title


class Short(NamedTuple):
    """What a line needs of a case. A start page looks at hundreds."""

    pk: uuid.UUID
    number: str
    subject: str
    state: str
    open: int
    due_on: date | None
    handler: uuid.UUID | None
    to_confirm: int
    waits_for: str
    organ: str


def case_line(case: Short, calendar: Calendar, today: date, act: str = "", kind: str = "case") -> Line:
    """A case as a line."""
    state = State(case.state)
    asked = "申请人反映文件打不开，请联系并登记" if case.waits_for == "files_do_not_open" else ""
    said = act or asked or ("今天与申请人确认收到" if case.to_confirm else NEXT.get(state, STATES[state]))
    detail = f"{case.number}　{STATES[state]}"
    due = case.due_on if case.open == 1 else None
    left = calendar.left(today, due)
    return Line(kind, case.subject, detail, case.organ, said, due, left, "case", (case.pk,))


class ShortLetter(NamedTuple):
    """What a line needs of a letter and its case."""

    pk: uuid.UUID
    kind: str
    status: str
    number: str
    organ: str
    case: uuid.UUID
    case_number: str
    subject: str
    open: int
    due_on: date | None


_OF_LETTER = (
    "pk", "kind", "status", "number", "organ__name", "application", "application__case__number",
    "application__case__subject", "application__case__open", "application__case__due_on",
)  # fmt: skip


_STAGES = (
    ("onrequest.review", "for_review", "审核"),
    ("onrequest.approve", "for_approval", "审批"),
    ("onrequest.sign", "approved", "签发"),
    ("onrequest.seal", "signed", "用印登记"),
    ("onrequest.deliver", "sealed", "送达"),
)


class Waiting:
    """The lines of one person at one moment."""

    def __init__(self, person: Person, today: date) -> None:
        self.person = person
        self.today = today
        self.calendar = calendar_of(person.county)
        self.organs = organs_seen(person)
        self.cut = False
        """Whether more waits than was looked at, known once the lines are."""

    def _short(self, rows: QuerySet[Case]) -> list[Short]:
        found = [Short._make(row) for row in rows.values_list(*Short._fields[:-1], "organ__name")[:LIMIT]]
        self.cut = self.cut or len(found) == LIMIT
        return found

    def _mine(self, act: str) -> Organs:
        """The organs at which this person does `act`: their own one; None when it is the whole desk of one person."""
        if "local_operator" in self.person.roles:
            return None
        return (self.person.organ_id,) if self.person.organ_id and can_some(self.person, act) else ()

    @cached_property
    def there(self) -> dict[str, bool]:
        """Of which of the rarer kinds anything waits, in one question: on most days, for most people, of none."""
        county, mail, dispute = self.person.county, self._mine("onrequest.mail_room"), self._mine("onrequest.dispute")
        complaint, correct = self._near("onrequest.complaint"), self._near("onrequest.correct_record")
        asked: dict[str, QuerySet[Any]] = {"consultations": self._asked()}
        if mail != ():
            asked["mail"] = unregistered(mail, county)
        if dispute != ():
            asked["disputes"] = open_disputes(county, dispute, self.today)
        if complaint != ():
            asked["complaint"] = matters.open_complaints(county, complaint)
        if correct != ():
            asked["correction"] = matters.open_corrections(county, correct)
        return dict.fromkeys(("mail", "disputes", "complaint", "correction"), False) | any_of(county, asked)

    def _near(self, act: str) -> Organs:
        """The organs whose matters this person handles: all of the county where the table says so."""
        if not can_some(self.person, act):
            return ()
        return None if organs_seen(self.person, act) is None else self._mine(act)

    def _asked(self) -> QuerySet[Case]:
        """Cases that wait for opinions, of this person or, where nobody handles them, of their organ."""
        organs = self._mine("onrequest.consult")
        rows = Case.objects.filter(county=self.person.county, open=1, state=State.CONSULTING.value)
        wanted = Q(handler=self.person.pk) | Q(handler=None, organ__in=organs or ())
        return rows if organs is None else rows.filter(wanted)

    def letters(self) -> Iterator[Line]:
        """Letters that wait for a step of this person, and those returned to who wrote them."""
        acts = {status: said for act, status, said in _STAGES if self._mine(act) != () and can_some(self.person, act)}
        mine = Q(Exists(LetterVersion.objects.filter(letter=OuterRef("pk"), by=self.person.pk)), status="returned")
        waiting = Q(status__in=list(acts))
        if "local_operator" not in self.person.roles:
            waiting &= Q(organ=self.person.organ_id)
        rows = Letter.objects.filter(mine | waiting, county=self.person.county, status__in=[*acts, "returned"])
        # Numbered within the stage: ordered and cut off, the database would walk all letters there are.
        place = Window(RowNumber(), partition_by=F("status"), order_by=F("id").asc())
        keys: list[uuid.UUID] = []
        for key, at in rows.annotate(place=place).filter(place__lte=LETTERS + 1).values_list("pk", "place"):
            if at <= LETTERS:
                keys.append(key)
            else:
                self.cut = True
        # Only now what is told of them: joined before, it would be fetched for every letter that waits.
        for told in Letter.objects.filter(pk__in=keys).order_by("id").values_list(*_OF_LETTER):
            yield self._letter(ShortLetter._make(told), acts | {"returned": "修改后再送审"})

    def _letter(self, letter: ShortLetter, acts: dict[str, str]) -> Line:
        due = letter.due_on if letter.open == 1 else None
        return Line(
            kind="letter",
            title=f"《{letter_type(letter.kind).zh}》{letter.number}",
            detail=f"{letter.case_number}　{letter.subject}",
            organ=letter.organ,
            act=acts[letter.status],
            due_on=due,
            left=self.calendar.left(self.today, due),
            view="letter",
            args=(letter.case, letter.pk),
        )

    def cases(self) -> Iterator[Line]:
        """Cases that this person handles; for who assigns, those nobody handles; for a lone operator, all."""
        rows = Case.objects.filter(county=self.person.county).order_by("open", "due_on", "pk")
        may_assign = can_some(self.person, "onrequest.assign")
        if self._mine("onrequest.handle") is None:
            found = self._short(rows.filter(open__gte=1))
        else:
            found = self._short(rows.filter(handler=self.person.pk, open__gte=1))
            wanted = Q(handler=None) if may_assign else Q(pk=None)
            if can_some(self.person, "onrequest.register"):
                wanted |= Q(to_confirm=1)
            if self.person.organ_id and wanted != Q(pk=None):
                known = {case.pk for case in found}
                others = self._short(rows.filter(wanted, organ=self.person.organ_id, open=1))
                found += [case for case in others if case.pk not in known]
        for case in found:
            act = "分办" if case.handler is None and may_assign and case.open == 1 else ""
            yield case_line(case, self.calendar, self.today, act)

    def passed(self) -> Iterator[Line]:
        """Cases of other organs shown to this person's for help."""
        if not self.person.organ_id:
            return
        rows = Passing.objects.filter(organ=self.person.organ_id, ends=None, ended_by=None)
        for row in rows.select_related("application__organ")[:LIMIT]:
            app = row.application
            left = self.calendar.left(self.today, row.until)
            detail = f"{app.number}　{row.get_purpose_display()}"
            yield Line("passing", app.subject, detail, app.organ.name, "反馈", row.until, left, "assist", (app.pk,))

    def consultations(self) -> Iterator[Line]:
        """Opinions whose days have run out, or that cannot be asked for by letter: someone has to say what follows."""
        if not self.there["consultations"]:
            return
        known = {case.pk: case for case in self._short(self._asked().order_by("received_on"))}
        for asked in lapsed(known, self.today):
            case = known[asked.application]
            title = f"{asked.matter}的意见{'无法送达' if asked.undeliverable else '期限已经届满'}"
            act = "决定怎样处理" if asked.undeliverable else "登记意见到达或者逾期"
            detail = f"{case.number}　{case.subject}"
            args = (case.pk, asked.key)
            yield Line("consultation", title, detail, case.organ, act, asked.due_on, asked.left, "consultation", args)

    def mail(self) -> Iterator[Line]:
        """Letters signed for that nobody has registered: the clock has been running since."""
        if not self.there["mail"]:
            return
        organs = self._mine("onrequest.mail_room")
        for item in unregistered(organs, self.person.county).select_related("organ")[:LIMIT]:
            waited = self.calendar.left(item.signed_on, self.today)
            title = f"{item.get_place_display()}{item.signed_on:%-m月%-d日}签收的信件还没有登记"
            said = "答复期限从签收次日起算" if waited is None else f"已过{waited}个工作日，答复期限从签收次日起算"
            yield Line("mail", title, said, item.organ.name, "移交或者登记", item.signed_on, -(waited or 0), "mail", ())

    def disputes(self) -> Iterator[Line]:
        """Limits of reconsideration and litigation, for who answers them."""
        if not self.there["disputes"]:
            return
        organs = self._mine("onrequest.dispute")
        for found in disputes(self.person.county, organs, self.today, open_only=True, limit=LIMIT):
            if found.limit is None:
                continue
            title = f"{found.kind}　{found.number or found.row.before}"
            says, due = found.limit.says, found.limit.due_on
            yield Line(
                "dispute", title, found.row.before, found.organ, says, due, found.left, "dispute", (found.row.pk,)
            )

    def matters(self) -> Iterator[Line]:
        """Complaints and corrections that are open, for who handles them."""
        for act, read, view in (
            ("onrequest.complaint", matters.complaints, "complaint"),
            ("onrequest.correct_record", matters.corrections, "correction"),
        ):
            if not self.there[view]:
                continue
            for found in read(self.person.county, self._near(act), self.today, LIMIT, open_only=True):
                said = (found.about, found.number, found.organ, found.state, found.due_on, found.left)
                yield Line(view, *said, view, (found.key,))

    def reminded(self) -> Iterator[Line]:
        """For a head: cases of the organ that others handle and that fall due within the days set, or have."""
        if "head" not in self.person.roles or self.person.organ_id is None:
            return
        days = reminder_days(self.person.county, self.today)["head"]
        rows = Case.objects.filter(organ=self.person.organ_id, open=1, due_on__isnull=False)
        rows = rows.exclude(handler=None).exclude(handler=self.person.pk)
        for case in self._short(rows.order_by("due_on", "pk")):
            line = case_line(case, self.calendar, self.today, "督促承办人", "reminder")
            if line.left is not None and line.left <= days:
                yield line

    def county(self) -> Iterator[Line]:
        """For the competent department: what is overdue anywhere, or about to be."""
        if self.organs is not None or "local_operator" in self.person.roles or "competent" not in self.person.roles:
            return
        days = reminder_days(self.person.county, self.today)["competent"]
        soon = self.calendar.soon(self.today, days) if days else self.today
        rows = Case.objects.filter(county=self.person.county, open=1, due_on__lte=soon)
        for case in self._short(rows.order_by("due_on", "pk")):
            yield case_line(case, self.calendar, self.today, "督促", "county")

    def lines(self) -> list[Line]:
        """Everything, the day that falls due first on top; what has no day stands last."""
        found = [
            *self.mail(),
            *self.letters(),
            *self.cases(),
            *self.consultations(),
            *self.passed(),
            *self.disputes(),
            *self.matters(),
            *self.reminded(),
            *self.county(),
        ]
        return sorted(found, key=in_order)
