"""The fingerprints that frozen reports keep: the same in every later version of the program, another for other facts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from gongkai.annual.tally import Case
from gongkai.onrequest.applicants import ApplicantKind
from gongkai.onrequest.disputes import Dispute, DisputeKind, Ruling
from gongkai.onrequest.events import Event, Kind
from gongkai.web.compilation import stamps
from gongkai.web.registers.selectors.counting import Source

DAY, LAST = date(2025, 3, 3), date(2025, 12, 31)
CASE = Case(
    "〔2025〕1号",
    "云岭县水务局",
    ApplicantKind.NATURAL_PERSON,
    (Event(Kind.RECEIVED, DAY), Event(Kind.DECIDED, date(2025, 3, 20), decision="granted")),
)
DISPUTE = Dispute("县复〔2025〕2号", DisputeKind.RECONSIDERATION, DAY, (Ruling(date(2025, 5, 6), "upheld"),))
SOURCE = Source("云岭县取水许可办法", DAY, Decimal(1))


KEPT = ("d97b4313d8047cd6", "b455193ea270a6e7", "bfbb3fb6d36501bf")
"""As written on the day on which the first report was frozen. Never change these: that would announce every record of
every frozen report as changed."""


def test_what_was_kept_years_ago_is_still_the_same():
    kept = (stamps.of_application([CASE], LAST), stamps.of_dispute(DISPUTE, LAST), stamps.of_source(SOURCE))
    assert kept == KEPT


@pytest.mark.parametrize(
    "other",
    [
        replace(CASE, number="〔2025〕2号"),
        replace(CASE, applicant=ApplicantKind.OTHER_ORGANISATION),
        replace(CASE, events=CASE.events[:1]),
        replace(CASE, events=(Event(Kind.RECEIVED, date(2025, 3, 4)), CASE.events[1])),
        replace(CASE, events=(CASE.events[0], replace(CASE.events[1], decision="refused"))),
    ],
)
def test_another_fact_of_an_application_gives_another(other):
    assert stamps.of_application([other], LAST) != stamps.of_application([CASE], LAST)


def test_a_part_more_gives_another_and_an_extension_does_not():
    longer = replace(CASE, events=(*CASE.events, Event(Kind.EXTENDED, date(2025, 3, 10), days=20)))
    assert stamps.of_application([longer], LAST) == stamps.of_application([CASE], LAST)
    assert stamps.of_application([CASE, replace(CASE, number="〔2025〕1-2号")], LAST) != stamps.of_application(
        [CASE], LAST
    )


def test_a_step_of_a_dispute_and_another_sum_give_another():
    assert stamps.of_dispute(replace(DISPUTE, appealed_on=(date(2025, 6, 1),)), LAST) != stamps.of_dispute(
        DISPUTE, LAST
    )
    assert stamps.of_source(replace(SOURCE, adds=Decimal(2))) != stamps.of_source(SOURCE)
    assert stamps.of_source(replace(SOURCE, adds=Decimal("1.00"))) == stamps.of_source(SOURCE)


def test_what_happened_after_the_year_is_no_change_of_its_report():
    answered = replace(CASE, events=(*CASE.events, Event(Kind.DELIVERED, date(2026, 1, 9))))
    assert stamps.of_application([answered], LAST) == stamps.of_application([CASE], LAST)
    assert stamps.of_application([answered], date(2026, 12, 31)) != stamps.of_application([CASE], date(2026, 12, 31))
    appealed = replace(
        DISPUTE, appealed_on=(date(2026, 1, 5),), rulings=(*DISPUTE.rulings, Ruling(date(2026, 2, 2), "x"))
    )
    assert stamps.of_dispute(appealed, LAST) == stamps.of_dispute(DISPUTE, LAST)
