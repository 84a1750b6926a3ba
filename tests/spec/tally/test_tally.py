"""表三、表四由登记台账计数：哪一件计入哪一年、哪一行，每格的记录号。"""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.annual.check import check
from gongkai.annual.forms import form
from gongkai.annual.report import Report
from gongkai.annual.tally import Case, CountingPolicy, Tally, Unplaced, rows_fed, tally
from gongkai.onrequest.applicants import ApplicantKind
from gongkai.onrequest.decisions import decisions
from gongkai.onrequest.disputes import Dispute, DisputeKind, Ruling
from gongkai.onrequest.events import Event, Kind

KINDS = {
    "收到": Kind.RECEIVED,
    "补正": Kind.SUPPLEMENTED,
    "签发": Kind.DECIDED,
    "送达": Kind.DELIVERED,
    "撤回": Kind.WITHDRAWN,
    "并案": Kind.MERGED,
    "重新办理": Kind.REOPENED,
    "归档": Kind.CLOSED,
}
ORGAN = "青禾县水务局"


def case(number: str, words: str, *, paper: str = "", organ: str = ORGAN, **more: object) -> Case:
    """“2024-03-01收到 2024-03-20签发=G2” as a case of a natural person."""
    found = []
    for word in words.split():
        name, _, value = word[10:].partition("=")
        code = value if value in decisions() else ""
        found.append(Event(KINDS[name], date.fromisoformat(word[:10]), matter="" if code else value, decision=code))
    return Case(number, organ, ApplicantKind.NATURAL_PERSON, tuple(found), paper, **more)


def of(cases: list[Case], year: int, **more: object) -> dict[str, tuple[str, ...]]:
    """The rows of table 三 that hold someone, by row key."""
    made = tally(cases, ORGAN, year, **more)
    keys = [row.key for row in form(made.edition).rows]
    return {key: made.members[f"applications.{key}.total"] for key in keys if made.members[f"applications.{key}.total"]}


# 一件申请在各年的表三里站在哪几行
EXAMPLES = """
    经过 | 2023 | 2024 | 2025
    2024-03-01收到 2024-03-20签发=G2 2024-03-21送达 | | received disclosed |
    2023-12-20收到 2024-01-10签发=U1a 2024-01-11送达 | received carried_forward | brought_forward unavailable.not_held |
    2023-12-20收到 2023-12-30签发=U1a 2024-01-02送达 | received carried_forward | brought_forward unavailable.not_held |
    2023-12-20收到 2024-02-01补正 2024-02-20签发=G1 2024-02-20送达 | received carried_forward | brought_forward disclosed |
    2024-03-01收到 2024-03-05撤回 | | received otherwise_closed.other |
    2024-03-01收到 2024-04-20签发=O1 2024-04-21归档 | | received otherwise_closed.supplement_not_made |
    2024-03-01收到 2024-03-20签发=N4 2024-03-21送达 2025-02-01重新办理 2025-02-20签发=G2 2025-02-21送达 | | received withheld.third_party_interests |
    2024-03-01收到 2024-03-20签发=P1 2024-03-21送达 2024-03-22撤回 | | received disclosed_in_part |
    2024-03-01收到 | | received carried_forward | brought_forward carried_forward
"""


@pytest.mark.parametrize("line", EXAMPLES.strip().splitlines()[1:], ids=lambda line: line.split("|")[0].strip())
def test_an_application_stands_in_its_years_and_rows(line: str) -> None:
    words, *expected = (cell.strip() for cell in line.split("|"))
    for year, rows in zip((2023, 2024, 2025), expected, strict=True):
        found = of([case("1", words)], year)
        assert set(found) - {"concluded"} == set(rows.split()), year
        assert all(members == ("1",) for members in found.values())


def test_each_cell_has_the_records_behind_it_and_its_sums_have_all() -> None:
    cases = [
        case("1", "2024-03-01收到 2024-03-20签发=G1 2024-03-21送达"),
        case("2", "2024-03-01收到 2024-03-20签发=G2 2024-03-21送达"),
        case("3", "2024-03-01收到", organ="青禾县农业局"),
    ]
    made = tally(cases, ORGAN, 2024)
    cell = made.cells["applications.concluded.total"]
    assert (cell.value, cell.text, cell.records) == (2, "2", ("1", "2"))
    assert made.cells["applications.disclosed.natural_person"].records == ("1", "2")
    assert made.cells["applications.disclosed.enterprise"].value == 0
    report = made.report()
    assert check(report).findings == ()
    again = Report.from_json(report.to_json())
    assert again.cells["applications.received.total"].records == ("1", "2")


def test_the_form_of_2019_has_one_row_for_the_rest() -> None:
    found = of([case("1", "2020-03-01收到 2020-03-05撤回")], 2020)
    assert found == {"received": ("1",), "otherwise_closed": ("1",), "concluded": ("1",)}
    assert set(rows_fed("2019")) == set(form("2019").row("concluded").sum_of)
    with pytest.raises(KeyError, match="没有2018年度的年度报告格式（本系统规则）"):
        tally([], ORGAN, 2018)


LEADING = "2024-03-01收到 2024-03-20签发=N6 2024-03-21送达"
MERGED = "2024-03-02收到 2024-03-05并案=1"


def test_what_is_merged_counts_each_or_only_the_leading_one_as_declared() -> None:
    cases = [case("1", LEADING), case("2", MERGED), case("3", "2023-12-30收到 2024-03-05并案=2")]
    assert of(cases, 2024)["withheld.process_information"] == ("1", "2", "3")
    leading = CountingPolicy(merged="leading")
    assert of(cases, 2024, policy=leading)["withheld.process_information"] == ("1", "3")
    assert of(cases, 2024, policy=leading)["received"] == ("1",)
    assert of(cases, 2023, policy=leading) == {"received": ("3",), "carried_forward": ("3",)}


def test_what_was_merged_into_nothing_is_named_and_left_open() -> None:
    made = tally([case("2", MERGED)], ORGAN, 2024)
    assert made.unplaced == (Unplaced("2", "并入的1不在登记台账中，暂按未办结计。"),)
    assert made.carried_forward == ("2",)
    circle = [case("1", "2024-03-02收到 2024-03-05并案=2"), case("2", MERGED)]
    assert {u.why for u in tally(circle, ORGAN, 2024).unplaced} == {"并案互相指向，找不到主案，暂按未办结计。"}


PARTS = {
    "a": "2024-03-01收到 2024-03-20签发=G2 2024-03-21送达",
    "b": "2024-03-02收到 2024-03-25签发=N6 2024-03-26送达",
}


def test_a_paper_taken_apart_counts_each_part_or_once_as_declared() -> None:
    cases = [case(n, words, paper="9") for n, words in PARTS.items()]
    assert of(cases, 2024)["concluded"] == ("a", "b")
    once = CountingPolicy(split="paper")
    assert of(cases, 2024, policy=once) == {"received": ("9",), "disclosed_in_part": ("9",), "concluded": ("9",)}
    same = [case(n, PARTS["b"], paper="9") for n in "ab"]
    assert of(same, 2024, policy=once)["withheld.process_information"] == ("9",)
    half = [*cases, case("c", "2024-03-02收到", paper="9")]
    assert of(half, 2024, policy=once) == {"received": ("9",), "carried_forward": ("9",)}
    refused = [case("a", PARTS["b"], paper="9"), case("b", PARTS["b"].replace("N6", "U1a"), paper="9")]
    assert of(refused, 2024, policy=once)["withheld.process_information"] == ("9",)


def test_what_no_rule_places_is_named() -> None:
    made = tally([case("1", "2024-03-01撤回"), case("2", "2024-03-01收到 2024-03-20送达")], ORGAN, 2024)
    assert {(u.number, u.why) for u in made.unplaced} == {
        ("1", "没有收到申请的日期，未计入。"),
        ("2", "有送达而没有处理决定，暂按未办结计。"),
    }
    assert made.members["applications.received.total"] == ("2",)


def test_last_years_table_stays_as_it_was() -> None:
    late_found = "2024-11-20收到 2024-12-20签发=G2 2024-12-21送达"
    before: Tally = tally([case("1", "2024-11-20收到")], ORGAN, 2024)
    assert before.carried_forward == ("1",)
    assert before.seen == {"1"}
    found = of([case("1", late_found)], 2025, previous=before)
    assert found == {"brought_forward": ("1",), "disclosed": ("1",), "concluded": ("1",)}
    old = case("3", "2023-01-01收到 2023-02-01签发=G2 2023-02-02送达")
    unknown = tally([case("1", late_found), case("2", "2023-11-21收到"), old], ORGAN, 2025, previous=before)
    assert unknown.unplaced == (Unplaced("2", "2024年度的表中没有这一件，未计入。"),)
    assert "2" not in unknown.carried_forward


def test_a_dispute_counts_in_its_column_with_its_record() -> None:
    lost = Dispute("诉1", DisputeKind.DIRECT_LITIGATION, date(2024, 5, 1), (Ruling(date(2024, 8, 1), "suit_revoked"),))
    open_one = Dispute("议1", DisputeKind.RECONSIDERATION, date(2024, 12, 1))
    made = tally([case("1", "2024-03-01收到", disputes=(open_one, lost))], ORGAN, 2024)
    held = {a: n for a, n in made.members.items() if a.startswith("disputes.") and n}
    assert held == {
        "disputes.direct_litigation.corrected": ("诉1",),
        "disputes.direct_litigation.total": ("诉1",),
        "disputes.reconsideration.pending": ("议1",),
        "disputes.reconsideration.total": ("议1",),
    }
    assert (
        tally([case("1", "2024-03-01收到", disputes=(lost,))], ORGAN, 2025).members["disputes.direct_litigation.total"]
        == ()
    )


PAGE = (("一件申请在各年的表三里站在哪几行", EXAMPLES),)
