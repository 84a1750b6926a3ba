"""样本的每一格：登记申请、台账，填报其他系统的数，说明没有，编制出来就是那些数，每一格打开的记录也就是那么多。"""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.annual.check import check
from gongkai.readers.ledger import LedgerRow
from gongkai.web.compilation.selectors.figures import compiled
from gongkai.web.compilation.selectors.working import worked
from gongkai.web.compilation.services.entering import enter, say_none
from gongkai.web.onrequest.services.ledger import bring_in
from gongkai.web.registers.services import rows as registers
from gongkai.web.registers.services.nothing import declare_nothing
from tests.year_samples import Application, applications, gold, number

COUNTED = ("licences", "other_services", "penalties", "compulsory_measures", "charges")
NORMATIVE = "normative_documents"


def _ledger_row(line: int, of: Application) -> LedgerRow:
    return LedgerRow(
        "", line, of.received, number=of.number, applicant="李清照", applicant_kind=of.column, content="水费标准",
        replied_on=of.delivered, decision=of.decision, delivered_on=of.delivered,
    )  # fmt: skip


@pytest.fixture
def register(audit, organ):
    """Everything that must yield the cells of a sample, entered through the doors of the desk."""

    def document(n: int, written: date, *, public: bool) -> str:
        values = {
            "name": f"关于印发第{n}项办法的通知", "document_number": f"云水〔{written.year}〕{n}号",
            "issued_on": str(written), "effective_on": str(written), "public_on": str(written) if public else "",
        }  # fmt: skip
        return str(registers.enter(audit=audit, organ=organ, register=NORMATIVE, values=values).pk)

    def documents(cells: dict, year: int) -> None:
        at = {
            c: cells.get(f"proactive.{NORMATIVE}.{c}", 0)
            for c in ("issued", "repealed", "in_force", "made", "disclosed_total")
        }
        made, ended = at["issued"] or at["made"], at["repealed"]
        before = at["in_force"] + ended + at["disclosed_total"] - made
        keys = [document(n, date(year - 1, 6, 1), public=bool(at["disclosed_total"])) for n in range(before)]
        for n in range(made):
            document(before + n, date(year, 6, 1), public=bool(at["made"]))
        for key in keys[:ended]:
            values = {"document": key, "change": "repealed", "on": f"{year}-09-01", "basis": "清理决定"}
            registers.enter(audit=audit, organ=organ, register="document_changes", values=values)
        if not keys and not made:
            declare_nothing(audit=audit, organ=organ, register=NORMATIVE, every="year", day=date(year, 6, 1))

    def give(name: str, year: int) -> dict:
        cells, of = gold(name)
        documents(cells, year)
        for key in COUNTED:
            declare_nothing(audit=audit, organ=organ, register=key, every="year", day=date(year, 6, 1))
        told = applications(cells, of, year)
        if told:
            rows = [_ledger_row(line, each) for line, each in enumerate(told, start=1)]
            bring_in(audit=audit, organ=organ, rows=rows, sha256="sample")
        else:
            for table in (3, 4):
                say_none(audit=audit, organ=organ, year=year, table=table)
        for address, figure in compiled(organ, year).figures.items():
            if figure.value is None and address in cells:
                enter(audit=audit, organ=organ, year=year, address=address, words=str(cells[address]), note="采购系统")
        return cells

    return give


@pytest.mark.needs("corpus")
@pytest.mark.parametrize(
    ("name", "year", "elsewhere"),
    [("000", 2021, 0), ("001", 2020, 12), ("002", 2021, 0), ("003", 2019, 12), ("004", 2021, 0)],
)
def test_what_must_yield_a_samples_cells_does(register, organ, name, year, elsewhere):
    cells = register(name, year)
    of = worked(organ, year)
    made = of.compiled
    assert {a: made.value(a) for a in cells} == {a: number(v) for a, v in cells.items()}
    assert sum(figure.source == "entered" for figure in made.figures.values()) == elsewhere
    for address in cells:
        figure = made.figures[address]
        if figure.source != "entered":
            assert sum(each.adds for each in of.members(address)) == figure.value
    assert [f.id for f in check(made.report()).findings if f.grade == "conflict"] == []
