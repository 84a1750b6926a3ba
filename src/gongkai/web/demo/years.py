"""Two earlier years of the demonstration: ledgers, disputes and figures that give the reports, some of them frozen here.

Each act is written as of its day, the reports by the services by which an office would bring them about.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from gongkai.calendar import Calendar
from gongkai.onrequest.decisions import decisions
from gongkai.onrequest.events import Event, Kind
from gongkai.readers.ledger import LedgerRow
from gongkai.web.annual.models import Submission
from gongkai.web.annual.services.intake import Incoming, hand_in
from gongkai.web.audit.services import Audit
from gongkai.web.compilation.selectors.figures import compiled
from gongkai.web.compilation.services.entering import say_none
from gongkai.web.demo.compilation import enter_as_reported
from gongkai.web.demo.earlier import FROZEN, HANDED_IN, INTO, MERGED, OUTSIDE, PAST, YEARS, words_of
from gongkai.web.demo.ledgers import load_ledgers
from gongkai.web.demo.make import file_of
from gongkai.web.demo.matters import applicant, matter
from gongkai.web.demo.offices import OFFICES
from gongkai.web.demo.reports import FIRM, Sample
from gongkai.web.demo.then import then
from gongkai.web.issuing.models import Frozen
from gongkai.web.issuing.selectors.assembled import assembled, verdict
from gongkai.web.issuing.services import freezing, handing, looking, publishing, signing
from gongkai.web.memo import page_memory
from gongkai.web.narrative.services.writing import save
from gongkai.web.onrequest.models import Application, Dispute
from gongkai.web.onrequest.services import disputes
from gongkai.web.onrequest.services.facts import correct, happen
from gongkai.web.onrequest.services.ledger import bring_in
from gongkai.web.organs.models import County, Organ
from gongkai.web.organs.tree import found_organ, merge
from gongkai.web.people.models import Person
from gongkai.web.rules.selectors import calendar_of

OPENED = date(2024, 1, 2)
"""Since when the invented county works with the system."""
CORRECTED, DIFFERS = ("云岭县青禾乡人民政府", 2024), ("云岭县民政局", 2025)
"""A frozen report that was corrected by a second version, and one of which the records say otherwise by now."""
_WORDS = {office.name: office.word for office in OFFICES} | {MERGED: "云招商"}
_ENDS = {
    "reconsideration": {"upheld": "upheld", "corrected": "declared_unlawful", "other": "terminated"},
    "direct_litigation": {"upheld": "suit_claims_rejected", "corrected": "suit_revoked", "other": "suit_withdrawn"},
}
_CODES = {of.row_in("2021"): code for code, of in reversed(decisions().items())}
"""A decision for each row of table 三."""


def load_years(county: County, audit: Audit, people: dict[str, Person]) -> Past:
    """The two years, the reports frozen and published in them, a merger and a report that was corrected late."""
    with then(OPENED):
        found_organ(audit=audit, county=county.pk, name=MERGED, form="department", word=_WORDS[MERGED], listed=True)
    organs = {organ.name: organ for organ in Organ.objects.filter(county=county.pk)}
    past = Past(county, audit, organs, people["何静"].pk)
    for year in YEARS:
        past.live(year)
        if year == YEARS[-1]:
            with then(date(year, 6, 30)):
                merge(audit=audit, organ=organs[MERGED], into=organs[INTO], on=date(year, 6, 30), reason="机构改革")
        past.report(year)
    with then(date(YEARS[-1] + 1, 3, 12)):
        past.answer_carried(YEARS[-1] + 1)
    past.correct()
    return past


class Past:
    """The earlier years of all organs, with what is still open."""

    def __init__(self, county: County, audit: Audit, organs: dict[str, Organ], leader: object) -> None:
        self.county, self.audit, self.organs = county, audit, organs
        self.leader = Audit(leader, audit.county)  # type: ignore[arg-type]
        self.calendar: Calendar = calendar_of(audit.county)
        self.chance = Random(20240102)  # noqa: S311 - an invented county, the same each time
        self.open: dict[str, list[str]] = {}
        self.frozen: dict[tuple[str, int], Frozen] = {}

    def live(self, year: int) -> None:
        """The applications and disputes of a year, and how those of the year before ended."""
        with then(date(year, 12, 28)):
            self.answer_carried(year)
            for place, (name, organ) in enumerate(self.organs.items()):
                sample = PAST.get((name, year))
                if sample is None or name in OUTSIDE:
                    continue
                rows = list(self._rows(sample, place * 50))
                gone = self._of_the_merged(sample, rows)
                for of, some in ((organ, rows), (self.organs[MERGED], gone)):
                    if some:
                        bring_in(audit=self.audit, organ=of, rows=some, sha256="演示")
                self._disputes(sample, organ)

    def _rows(self, sample: Sample, seed: int) -> Iterator[LedgerRow]:
        """The ledger that gives table 三 of a report; what is carried forward is left open."""
        word, year, line = _WORDS[sample.organ], sample.year, 0
        for column, told in sample.applications.items():
            ends = [row for row, n in told.items() for _ in range(n) if row not in ("received", "brought_forward")]
            for row in ends[told.get("brought_forward", 0) :]:
                line += 1
                who, number = applicant(seed + line), f"{word}公开〔{year}〕{line}号"
                left = row == "carried_forward"
                received = date(year, 12, 19) if left else date(year, 1, 4) + timedelta(self.chance.randrange(320))
                on = None if left else self.calendar.add_workdays(received, 4 + self.chance.randrange(16))
                if left:
                    self.open.setdefault(sample.organ, []).append(number)
                yield LedgerRow(
                    "", line + 1, received, number=number, applicant=who.name, applicant_kind=column,
                    identity_number=who.identity, phone=who.phone, channel=self.chance.choice(("internet", "in_person")),
                    content=matter(seed + line, year - 1), replied_on=on, decision="" if left else _CODES[row],
                    delivered_on=on,
                )  # fmt: skip

    def _of_the_merged(self, sample: Sample, rows: list[LedgerRow]) -> list[LedgerRow]:
        """One application of the year of the merger still came to the organ that ended."""
        if sample.organ != INTO or sample.year != YEARS[-1]:
            return []
        return [rows.pop(next(n for n, row in enumerate(rows) if row.applicant_kind == FIRM))]

    def _disputes(self, sample: Sample, organ: Organ) -> None:
        told = [key.split(".") for key, count in sample.disputes.items() for _ in range(count)]
        for n, (kind, result) in enumerate(told, start=1):
            lawsuit = kind != "reconsideration"
            row = disputes.register(
                audit=self.audit, organ=organ, kind=kind, before="云岭县人民法院" if lawsuit else "云岭县人民政府",
                case_number=f"（{sample.year}）{'云' if lawsuit else '云政复'}{_WORDS[organ.name][1:]}{n}号",
                received_on=date(sample.year, 5 + n if result != "pending" else 12, 11),
            )  # fmt: skip
            if result != "pending":
                on, outcome = date(sample.year, 9 + n, 20), _ENDS[kind][result]
                disputes.take_step(audit=self.audit, dispute=row, step="decided", on=on, outcome=outcome)

    def answer_carried(self, year: int) -> None:
        """What was open at the end of the year before is answered in January; what was fought, decided in February."""
        for name, numbers in self.open.items():
            told = PAST.get((name, year))
            ends = (
                [row for row, n in told.applications.get("natural_person", {}).items() for _ in range(n)]
                if told
                else []
            )
            ends = [row for row in ends if row not in ("received", "brought_forward", "carried_forward")]
            brought = told.applications.get("natural_person", {}).get("brought_forward", 0) if told else 0
            for n, number in enumerate(numbers):
                application = Application.objects.get(county=self.audit.county, number=number)
                on, code = date(year, 1, 15), _CODES[ends[n]] if n < brought else "G2"
                for event in (Event(Kind.DECIDED, on, decision=code), Event(Kind.DELIVERED, on)):
                    happen(audit=self.audit, application=application, event=event)
        self.open.clear()
        for dispute in Dispute.objects.filter(county=self.audit.county, received_on__year=year - 1):
            if not dispute.steps.filter(step="decided").exists():
                outcome = _ENDS[dispute.kind]["upheld"]
                disputes.take_step(
                    audit=self.audit, dispute=dispute, step="decided", on=date(year, 2, 6), outcome=outcome
                )

    # ── reports ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def report(self, year: int) -> None:
        """The reports of a year: from ledgers, other systems and the files of those outside; and what was frozen here."""
        with then(date(year + 1, 1, 8)):
            load_ledgers(self.county, self.audit, year, date(year, 12, 31))
        with then(date(year + 1, 1, 9)):
            enter_as_reported(self.audit, self.organs, year)
            given = [PAST[key] for key in HANDED_IN if key[1] == year]
            if given:
                files = (Incoming(sample.name, file_of(sample)) for sample in given)
                hand_in(audit=self.audit, files=files, label=f"{year}年度报告", source="demo")
        for place, key in enumerate(key for key in FROZEN if key[1] == year):
            with then(date(year + 1, 1, 12 + place)):
                self._prepare(PAST[key], place)
                self.frozen[key] = self._freeze(key)
            if key != DIFFERS:
                with then(date(year + 1, 1, 24)):
                    self._publish(self.frozen[key])

    def _prepare(self, sample: Sample, place: int) -> None:
        """Say of what there was none, and write the words."""
        organ, year = self.organs[sample.organ], sample.year
        if compiled(organ, year).value("disputes.reconsideration.total") is None:
            say_none(audit=self.audit, organ=organ, year=year, table=4)
        for section, words in words_of(sample, place).items():
            save(audit=self.audit, organ=organ, year=year, section=section, words=words, base=None)

    def _freeze(self, key: tuple[str, int], reason: str = "") -> Frozen:
        """Hand over with every doubt answered, signed by the office's leader, frozen."""
        organ, year = self.organs[key[0]], key[1]
        with page_memory():
            doubts = verdict(organ, assembled(organ, year)).of_grade("doubt")
        for each in doubts:
            handing.answer(
                audit=self.audit, organ=organ, year=year, fingerprint=each["fingerprint"], finding=each["id"],
                message=each["message"], reason="已与经办科室核实，情况属实",
            )  # fmt: skip
        draft = handing.hand_over(audit=self.audit, organ=organ, year=year, reason=reason)
        signing.sign(audit=self.leader, draft=draft, seal=draft.seal, opinion="同意")
        return freezing.freeze(audit=self.audit, draft=type(draft).objects.get(pk=draft.pk))

    def _publish(self, frozen: Frozen) -> None:
        """On the portal; its page on the desk is an invented one as those that were handed in, and goes with them."""
        issue = publishing.publish(audit=self.audit, frozen=frozen)
        Submission.objects.filter(pk=issue.publication.submission_id).update(source="demo")

    def correct(self) -> None:
        """After the freezing one decision is put right, and told in a second version."""
        with then(date(2025, 3, 18)):
            self._put_right(CORRECTED, "P1")
            again = self._freeze(CORRECTED, "处理决定登记有误，实为部分公开")
            self._publish(again)

    def leave_untold(self) -> None:
        """Another is put right once the county's report is out, of which nobody has spoken: both reports differ by now."""
        with then(date(2026, 4, 2)):
            self._put_right(DIFFERS, "P1")
        looking.look_at_all(self.audit.county)

    def _put_right(self, key: tuple[str, int], code: str) -> None:
        organ, year = self.organs[key[0]], key[1]
        application = Application.objects.filter(
            organ=organ, case__decision="G1", number__contains=f"〔{year}〕"
        ).first()
        assert application is not None
        row = application.events.get(kind=Kind.DECIDED.value)
        event = Event(Kind.DECIDED, row.on, decision=code)
        correct(audit=self.audit, application=application, row=row.pk, event=event, reason="部分内容未予公开，登记有误")
