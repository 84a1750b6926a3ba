"""县级汇总：逐格相加，空白不当作0，联合发文和共同被告只计一次。"""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.annual.reconcile import reconcile
from gongkai.annual.report import Report
from gongkai.annual.rollup import Member, Reporter, Shared, State, roll_up, same_number

ISSUED = "proactive.normative_documents.issued"
HELD = "proactive.normative_documents.in_force"
FEES = "proactive.charges.amount"
RECEIVED = "applications.received.natural_person"
PENDING = "disputes.direct_litigation.pending"
TOTAL = "disputes.direct_litigation.total"


def organ(name: str, cells: dict, *, shared: tuple[Shared, ...] = (), blank: dict | None = None, **more) -> Reporter:
    return Reporter(name, name, (Member(name, name, cells, blank or {}, shared),), **more)


def rolled(*reporters: Reporter):
    return roll_up("云岭县人民政府", 2025, "2021", reporters)


def test_each_cell_is_the_sum_and_names_who_adds_what():
    made = rolled(organ("教育局", {RECEIVED: 3, FEES: Decimal("1.25")}), organ("水务局", {RECEIVED: 4, FEES: 2}))
    assert made.cells[RECEIVED].value == 7
    assert made.cells[FEES].value == Decimal("3.25")
    assert [(part.name, part.value) for part in made.cells[RECEIVED].parts] == [("教育局", 3), ("水务局", 4)]


def test_a_blank_is_not_a_zero():
    made = rolled(organ("教育局", {RECEIVED: 3}), organ("水务局", {FEES: 0}, blank={RECEIVED: "没有登记"}))
    assert made.cells[RECEIVED].value == 3
    assert [(part.name, part.why) for part in made.cells[RECEIVED].blank] == [("水务局", "没有登记")]
    assert made.cells[FEES].value == 0
    assert made.cells[ISSUED].value is None
    report = made.report()
    assert ISSUED in report.blank
    assert report.value(ISSUED) is None
    assert [note.text for note in report.notes if note.address == RECEIVED] == ["1个机关空白：水务局"]
    assert report.scope == "consolidated"


def test_who_is_missing_adds_nothing_and_is_named():
    missing = Reporter("财政局", "财政局", states=(State.MISSING,))
    made = rolled(organ("教育局", {RECEIVED: 3}), missing)
    assert made.cells[RECEIVED].value == 3
    assert [part.name for part in made.cells[RECEIVED].parts] == ["教育局"]
    assert [each.name for each in made.those(State.MISSING)] == ["财政局"]
    assert [each.name for each in made.counted] == ["教育局"]


def test_a_joint_document_stays_with_the_organ_whose_word_is_in_its_number():
    def issued(number: str, leads: bool | None) -> tuple[Shared, ...]:
        return tuple(Shared("document", number, address, "办法", leads) for address in (ISSUED, HELD))

    made = rolled(
        organ("财政局", {ISSUED: 2, HELD: 9}, shared=issued("云教发[2025] 7号", None)),
        organ("教育局", {ISSUED: 1, HELD: 4}, shared=issued("云教发〔2025〕7号", True)),
    )
    assert (made.cells[ISSUED].value, made.cells[HELD].value) == (2, 12)
    assert {(each.member, each.kept, each.shared.address) for each in made.removed} == {
        ("财政局", "教育局", ISSUED), ("财政局", "教育局", HELD),
    }  # fmt: skip
    assert "计在教育局" in made.removed[0].why
    assert [part.removed for part in made.cells[ISSUED].parts] == [1, 0]


def test_a_suit_against_the_government_and_a_department_counts_with_the_department():
    def sued(leads: bool | None, result: str = PENDING) -> tuple[Shared, ...]:
        return tuple(Shared("dispute", "（2025）鲁0199行初7号", a, "", leads) for a in (result, TOTAL))

    upheld = "disputes.direct_litigation.upheld"
    made = rolled(
        organ("县人民政府", {PENDING: 0, upheld: 1, TOTAL: 1}, shared=sued(False, upheld)),
        organ("自然资源局", {PENDING: 2, upheld: 0, TOTAL: 2}, shared=sued(None)),
    )
    assert (made.cells[PENDING].value, made.cells[upheld].value, made.cells[TOTAL].value) == (2, 0, 2)
    assert {each.member for each in made.removed} == {"县人民政府"}
    assert all("请核对" in each.doubt for each in made.removed)


def test_where_nothing_tells_who_leads_the_first_keeps_it_and_that_is_said():
    both = (Shared("document", "联〔2025〕1号", ISSUED),)
    made = rolled(organ("教育局", {ISSUED: 1}, shared=both), organ("水务局", {ISSUED: 1}, shared=both))
    assert made.cells[ISSUED].value == 1
    assert [(each.member, "名录次序" in each.why) for each in made.removed] == [("水务局", True)]


@pytest.mark.parametrize(("one", "other"), [("云教发[2025] 7号", "云教发〔2025〕7号"), ("（2025）A1", "(2025)a1")])
def test_a_number_is_the_same_however_it_is_typed(one, other):
    assert same_number(one) == same_number(other)


def test_records_without_a_number_are_never_taken_for_one():
    blank = (Shared("document", "", ISSUED),)
    made = rolled(organ("教育局", {ISSUED: 1}, shared=blank), organ("水务局", {ISSUED: 1}, shared=blank))
    assert (made.cells[ISSUED].value, made.removed) == (2, ())


ORGANS = ("甲局", "乙局", "丙局", "丁局")
PLACES = (ISSUED, HELD, PENDING)


@settings(max_examples=80)
@given(
    st.lists(st.tuples(st.sampled_from(PLACES), st.sets(st.sampled_from(ORGANS), min_size=1)), max_size=12),
    st.dictionaries(st.tuples(st.sampled_from(ORGANS), st.sampled_from(PLACES)), st.integers(0, 9)),
)
def test_the_county_has_every_thing_once(things, own):
    """The oracle knows the things themselves; the roll-up sees only each organ's table and the numbers in it."""
    reporters = []
    for name in ORGANS:
        mine = [(n, place) for n, (place, holders) in enumerate(things) if name in holders]
        shared = tuple(
            Shared("dispute" if place == PENDING else "document", f"〔2025〕{n}号", place) for n, place in mine
        )
        cells = {
            place: own.get((name, place), 0) + sum(at == place for _, at in mine)
            for place in PLACES
            if (name, place) in own or any(at == place for _, at in mine)
        }
        reporters.append(organ(name, cells, shared=shared))
    made = rolled(*reporters)
    for place in PLACES:
        once = sum(at == place for at, _ in things) + sum(n for (_, at), n in own.items() if at == place)
        there = any(at == place for at, _ in things) or any(at == place for _, at in own)
        assert made.cells[place].value == (once if there else None)


@given(st.lists(st.lists(st.integers(0, 50), min_size=4, max_size=4), min_size=1, max_size=6))
def test_the_sum_of_tables_that_hold_holds(tables):
    kinds = ("upheld", "corrected", "other", "pending")
    reporters = [
        organ(str(n), {f"disputes.reconsideration.{k}": v for k, v in zip(kinds, row, strict=True)}
              | {"disputes.reconsideration.total": sum(row)})
        for n, row in enumerate(tables)
    ]  # fmt: skip
    report = rolled(*reporters).report()
    assert Report.from_json(report.to_json()).value("disputes.reconsideration.total") == sum(map(sum, tables))
    findings, judged = reconcile(report)
    assert not [finding for finding in findings if finding.grade == "conflict"]
    assert any(each.verdict == "holds" for each in judged)
