"""An office with a year of applications, its tables and words, and the people who hand over, sign and publish."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import date

import pytest
from django.db import transaction

from gongkai.annual.forms import form
from gongkai.annual.report import OWN
from gongkai.readers.ledger import LedgerRow
from gongkai.web.annual.desk import open_desk
from gongkai.web.audit.services import Audit
from gongkai.web.compilation.selectors.figures import compiled
from gongkai.web.compilation.services.entering import enter, may_be_entered, say_none
from gongkai.web.issuing.models import Frozen
from gongkai.web.issuing.selectors.assembled import assembled, verdict
from gongkai.web.issuing.selectors.versions import answers_of
from gongkai.web.issuing.services import freezing, handing, signing
from gongkai.web.narrative.selectors.versions import line_of
from gongkai.web.narrative.services.writing import save
from gongkai.web.onrequest.services.ledger import bring_in
from gongkai.web.organs.models import Organ
from gongkai.web.people.models import Person
from gongkai.web.people.selectors import local_operator
from gongkai.web.people.services import appoint
from gongkai.web.registers.services import rows as registers

YEAR = 2025
NAME = "云岭县水务局"
APPLICANT = "李清照"
LEDGER = (
    "水公开-2024-009 2024-12-20 2025-01-10 G2",
    "水公开-2025-001 2025-03-01 2025-03-20 N4",
    "水公开-2025-002 2025-05-06 2025-05-20 G2",
    "水公开-2025-003 2025-12-20",
)
LICENCES = {"entered_as": "total", "month": "2025-03", "number": "4", "matter": "取水许可"}
WORDS = {
    "1": "本机关坚持以公开为常态、不公开为例外，全年收到政府信息公开申请3件，答复3件。",
    "5": "栏目更新还不够及时，政策解读的形式偏少。下一步将逐栏明确更新时限，增加图解。",
    "6": "本年度没有收取信息处理费。没有其他需要报告的事项。",
}


def bring(audit: Audit, organ: Organ, *lines: str, kind: str = "natural_person") -> None:
    """Bring cases in as “number received replied decision”."""
    rows = []
    for line, words in enumerate(lines, start=1):
        number, received, replied, code = (*words.split(), "-", "-")[:4]
        on = None if replied == "-" else date.fromisoformat(replied)
        rows.append(
            LedgerRow(
                "", line, date.fromisoformat(received), number=number, applicant=APPLICANT, applicant_kind=kind,
                content="水费标准", replied_on=on, decision="" if code == "-" else code, delivered_on=on,
            )
        )  # fmt: skip
    bring_in(audit=audit, organ=organ, rows=rows, sha256="test")


def write(audit: Audit, organ: Organ, section: str, words: str, year: int = YEAR, scope: str = OWN) -> None:
    """Save a part of the words over the version that stands."""
    current = line_of(organ, year, section, scope).current
    base = current.pk if current else None
    save(audit=audit, organ=organ, year=year, section=section, words=words, base=base, scope=scope)


def fill(audit: Audit, organ: Organ, year: int = YEAR) -> None:
    """Enter what no register tells, say that there was no dispute, and write the words."""
    of = form("2021").by_address
    for address, figure in compiled(organ, year).figures.items():
        if figure.value is None and may_be_entered(of[address]) and of[address].table == 2:
            enter(audit=audit, organ=organ, year=year, address=address, words="0", note="业务科室核报")
    if compiled(organ, year).value("disputes.reconsideration.total") is None:
        say_none(audit=audit, organ=organ, year=year, table=4)
    for section, words in WORDS.items():
        write(audit, organ, section, words.replace("2025", str(year)), year)


def answer_all(audit: Audit, organ: Organ, year: int = YEAR) -> None:
    """Answer every doubt of the checker."""
    known = answers_of(organ, year)
    for each in verdict(organ, assembled(organ, year)).of_grade("doubt"):
        if each["fingerprint"] not in known:
            handing.answer(
                audit=audit, organ=organ, year=year, fingerprint=each["fingerprint"], finding=each["id"],
                message=each["message"], reason="已与经办科室核实，情况属实",
            )  # fmt: skip


def _people(county, organ: Organ) -> dict[str, Audit]:
    """The audit of each role at the office."""

    def one(name: str, role: str) -> Audit:
        person, new = Person.objects.get_or_create(county=county.pk, name=name, role=role, organ=organ)
        if new:
            appoint(audit=Audit(actor=local_operator().pk, county=county.pk), person=person, role=role, organ=organ)
        return Audit(actor=person.pk, county=county.pk)

    return {role: one(name, role) for role, name in (("clerk", "王小兰"), ("head", "赵国强"), ("leader", "周文涛"))}


def _organ(county) -> Organ:
    return Organ.objects.get_or_create(county=county.pk, name=NAME, form="department", word="云水")[0]


def _ready() -> None:
    county = open_desk()
    audit, organ = Audit(actor=local_operator().pk, county=county.pk), _organ(county)
    bring(audit, organ, *LEDGER)
    registers.enter(audit=audit, organ=organ, register="licences", values=LICENCES)
    fill(audit, organ)
    answer_all(audit, organ)


def _frozen() -> None:
    _ready()
    county = open_desk()
    freeze(_people(county, _organ(county)), _organ(county))


BEGUN = {"frozen": _frozen, "ready": _ready}
"""What tests of this folder begin with, by the fixture that names it."""


class Standing:
    """What one test after another begins with: made once, and undone when a test begins with something else."""

    def __init__(self, blocker) -> None:
        self.blocker, self.name, self.open = blocker, "", ExitStack()

    def be(self, name: str) -> None:
        if name == self.name:
            return
        self.name = ""
        self.open.close()
        if name:
            with ExitStack() as made:
                made.enter_context(self.blocker.unblock())
                made.enter_context(transaction.atomic())
                made.callback(transaction.set_rollback, True)
                BEGUN[name]()
                self.open = made.pop_all()
        self.name = name


@pytest.fixture(scope="module")
def standing(django_db_setup, django_db_blocker):
    found = Standing(django_db_blocker)
    yield found
    found.be("")


@pytest.fixture(autouse=True)
def _begun(request, standing):
    """Before anything else of a test is made."""
    standing.be(next((name for name in BEGUN if name in request.fixturenames), ""))


@pytest.fixture
def organ(county):
    return _organ(county)


@pytest.fixture
def staff(county, organ):
    """The audit of each role at the office."""
    return _people(county, organ)


@pytest.fixture
def accounts(monkeypatch):
    """As where people log in: who hands over may not sign."""
    monkeypatch.setattr("gongkai.web.review.policies.accounts_on", lambda: True)


@pytest.fixture
def ready(organ):
    """A report that may go for signature."""
    return organ


@pytest.fixture
def frozen(organ):
    """The first version, signed by the leader."""
    return Frozen.objects.get(organ=organ)


def freeze(staff, organ, year: int = YEAR, reason: str = ""):
    """Hand over, sign and freeze."""
    draft = handing.hand_over(audit=staff["clerk"], organ=organ, year=year, reason=reason)
    signing.sign(audit=staff["leader"], draft=draft, seal=draft.seal)
    return freezing.freeze(audit=staff["clerk"], draft=type(draft).objects.get(pk=draft.pk))
