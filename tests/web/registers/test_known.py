"""Two times: what was known at a past moment is counted the same for ever, whatever is corrected, voided or entered later."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.web.registers.models import Row
from gongkai.web.registers.selectors.counting import counted
from gongkai.web.registers.selectors.documents import held
from gongkai.web.registers.selectors.known import state_at, versions_known
from gongkai.web.registers.services.nothing import declare_nothing, take_back_nothing
from gongkai.web.registers.services.rows import correct, enter, void
from tests.web.registers.conftest import CELL, PENALTY, TOTAL

STEP = st.tuples(
    st.sampled_from(["enter", "correct", "void"]),
    st.integers(0, 3),
    st.sampled_from(["2025-03", "2025-12", "2026-01"]),
    st.integers(0, 20),
)


class Ledger:
    """The oracle: a plain dict of what each row says, copied whole after every step."""

    def __init__(self) -> None:
        self.rows: dict[int, tuple[str, int]] = {}
        self.gone: set[int] = set()

    def total(self, year: str) -> int:
        return sum(n for key, (month, n) in self.rows.items() if key not in self.gone and month.startswith(year))


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(STEP, min_size=1, max_size=8))
def test_each_moment_of_the_past_is_counted_as_a_copy_taken_then_would_be(audit, organ, clock, steps):
    ledger, rows, copies = Ledger(), [], []
    begin = clock.now
    year_rows = Row.objects.filter(organ=organ)
    before = {row.pk for row in year_rows}
    base = {year: counted(audit.county, organ.pk, int(year), CELL).value or 0 for year in ("2025", "2026")}
    for act, which, month, number in steps:
        clock.now += timedelta(minutes=1)
        said = TOTAL | {"month": month, "number": str(number)}
        if act == "enter" or not rows:
            rows.append(enter(audit=audit, organ=organ, register="penalties", values=said))
            ledger.rows[len(rows) - 1] = (month, number)
        else:
            n = which % len(rows)
            if n in ledger.gone:
                continue
            if act == "void":
                void(audit=audit, row=rows[n], reason="作废")
                ledger.gone.add(n)
            elif ledger.rows[n] != (month, number):
                correct(audit=audit, row=rows[n], values=said, reason="更正")
                ledger.rows[n] = (month, number)
        copies.append((clock.now, ledger.total("2025"), ledger.total("2026")))
    for at, *totals in copies:
        for year, total in zip(("2025", "2026"), totals, strict=True):
            assert (counted(audit.county, organ.pk, int(year), CELL, at).value or 0) - base[year] == total
    assert {v.row_id for v in versions_known(audit.county, "penalties", None, begin)} <= before


def test_a_correction_moves_a_row_to_another_year_from_then_on_only(audit, organ, penalty, clock):
    row = penalty(decided_on="2025-12-31")
    then = clock.now
    clock.now += timedelta(days=1)
    correct(audit=audit, row=row, values=PENALTY | {"decided_on": "2026-01-04"}, reason="日期有误")
    values = [counted(audit.county, organ.pk, year, CELL, at).value for at in (then, None) for year in (2025, 2026)]
    assert values == [Decimal(1), None, None, Decimal(1)]
    assert [v.values["decided_on"] for v in state_at(audit.county, "penalties", organ.pk, date(2026, 1, 1), then)] == [
        "2025-12-31"
    ]


def test_documents_of_a_past_moment_do_not_know_of_later_repeals(audit, organ, clock):
    values = {
        "name": "办法",
        "document_number": "云市监规〔2024〕1号",
        "issued_on": "2024-03-01",
        "effective_on": "2024-04-01",
    }
    row = enter(audit=audit, organ=organ, register="normative_documents", values=values)
    then = clock.now
    clock.now += timedelta(days=1)
    change = {"document": str(row.pk), "change": "repealed", "on": "2025-06-01", "basis": "云市监〔2025〕3号"}
    enter(audit=audit, organ=organ, register="document_changes", values=change)
    cell = "proactive.normative_documents.in_force"
    assert [counted(audit.county, organ.pk, 2025, cell, at).value for at in (then, None)] == [1, 0]
    assert held(audit.county, None, "normative_documents", then - timedelta(days=1)) == []


def test_what_was_said_of_nothing_holds_as_it_was_known(audit, organ, clock):
    row = declare_nothing(audit=audit, organ=organ, register="other_services", every="year", day=date(2020, 5, 1))
    then = clock.now
    clock.now += timedelta(days=1)
    take_back_nothing(audit=audit, key=row.pk, reason="有")
    cell = "proactive.other_services.decisions"
    assert [counted(audit.county, organ.pk, 2020, cell, at).value for at in (then, None)] == [0, None]
    assert timezone.now() == clock.now


def test_the_matters_of_the_first_form_come_from_the_lists_that_stood_at_the_ends_of_two_years(audit, organ):
    def told(year, cell):
        found = counted(audit.county, organ.pk, year, f"proactive.{cell}")
        assert found.value is None or found.value == sum(each.adds for each in found.sources)
        return found.value

    def listed(version, from_on, **numbers):
        said = {"version": version, "from_on": from_on, "powers": "300", **numbers}
        return enter(audit=audit, organ=organ, register="powers_lists", values=said)

    assert told(2020, "licences.previous") is None
    listed("2018年版", "2018-05-01", licences="40", penalties="200")
    assert (told(2019, "licences.previous"), told(2019, "licences.change")) == (40, 0)
    listed("2020年版", "2020-06-01", licences="37", penalties="212", charges="3")
    assert (told(2019, "licences.change"), told(2020, "licences.change"), told(2020, "penalties.change")) == (0, -3, 12)
    assert told(2020, "charges.previous") is None is told(2020, "charges.change"), "blank is not zero"
    assert "2019年末" in counted(audit.county, organ.pk, 2020, "proactive.charges.change").says
    row = enter(
        audit=audit, organ=organ, register="procurement",
        values={"month": "2020-03", "name": "办公设备", "number": "4", "amount": "12.5"},
    )  # fmt: skip
    assert (told(2020, "procurement.projects"), told(2020, "procurement.amount")) == (4, Decimal("12.5"))
    assert row.line.on == date(2020, 3, 31)
    for cell in ("licences.previous", "procurement.projects"):
        with pytest.raises(KeyError):
            counted(audit.county, organ.pk, 2021, f"proactive.{cell}")
