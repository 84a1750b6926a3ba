"""The county of sixty offices: the sum of what they have, and one record more reckons one office again."""

from __future__ import annotations

from decimal import Decimal

from gongkai.annual.reconcile import reconcile
from gongkai.annual.rollup import State
from gongkai.web.collection.selectors import rollup
from gongkai.web.collection.selectors.rollup import consolidated, lines
from gongkai.web.compilation.selectors.figures import compiled
from gongkai.web.onrequest.models import Case
from gongkai.web.registers.models import Row
from gongkai.web.registers.services import rows as registers

YEAR = 2025
RECEIVED = "applications.received.total"
LICENCES = "proactive.licences.decisions"
LICENCE = {
    "entered_as": "single", "decided_on": "2025-06-03", "document_number": "许新1号", "matter": "取水许可",
    "party_kind": "organisation", "party": "云岭县石桥百货店", "outcome": "granted",
}  # fmt: skip


def values(rolled) -> dict[str, object]:
    return {address: cell.value for address, cell in rolled.cells.items()}


def test_the_table_of_sixty_organs_is_the_sum_of_theirs_and_one_record_reckons_one_of_them_again(sixty, monkeypatch):
    county, organs, audit = sixty
    rolled = consolidated(county, YEAR)
    told = {line.organ.pk: line.told for line in lines(county, YEAR)}
    assert set(told) == {organ.pk for organ in organs}
    for address, cell in rolled.cells.items():
        known = [each.cells[address] for each in told.values() if address in each.cells]
        assert cell.value == (sum(known, Decimal(0)) if known else None), address
        assert len(cell.blank) == len(organs) - len(known)
    assert rolled.cells[RECEIVED].value == Case.objects.filter(received_on__year=YEAR).count()
    assert rolled.cells[LICENCES].value == Row.objects.filter(register="licences").count()
    assert [f.message for f in reconcile(rolled.report())[0] if f.grade == "conflict"] == []
    assert not rolled.those(State.MISSING)
    assert told[organs[5].pk].cells == {
        a: f.value for a, f in compiled(organs[5], YEAR).figures.items() if f.value is not None
    }

    asked = []
    real = rollup.told_of
    monkeypatch.setattr(rollup, "told_of", lambda organ, *more: asked.append(organ) or real(organ, *more))
    registers.enter(audit=audit, organ=organs[7], register="licences", values=LICENCE)
    after = values(consolidated(county, YEAR))
    assert after == values(rolled) | {LICENCES: rolled.cells[LICENCES].value + 1}
    assert values(consolidated(county, YEAR)) == after
    assert asked == [organs[7]]
