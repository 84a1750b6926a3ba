"""与上年定稿的衔接，和一件记录的说明：计在哪里，为什么不计在别处。"""

from __future__ import annotations

import pytest

from gongkai.annual.check import check
from gongkai.annual.compiling import Entered, Figure, Material, compile_year
from gongkai.annual.forms import form
from gongkai.annual.placing import place_case, place_dispute
from gongkai.annual.tally import Carried, CountingPolicy, tally
from gongkai.onrequest.disputes import Dispute, DisputeKind, Ruling
from tests.spec.tally.test_tally import LEADING, MERGED, ORGAN, PARTS, case, date

DONE = "2024-12-20收到 2025-01-20签发=G2 2025-01-21送达"
CARRIED = Carried(2024, {"1": "enterprise"}, frozenset({"1", "8"}))


def rows(made, number: str) -> set[str]:
    """The cells in which an application stands, sums apart."""
    of = form(made.edition).by_address
    return {
        a.removeprefix("applications.")
        for a, members in made.members.items()
        if number in members and not (of[a].row.sum_of or of[a].column.sum_of)
    }


def test_what_was_carried_forward_stands_in_the_column_in_which_it_was() -> None:
    made = tally([case("1", DONE)], ORGAN, 2025, previous=CARRIED)
    assert rows(made, "1") == {"brought_forward.enterprise", "disclosed.enterprise"}
    said = place_case(made, "1", {"1": case("1", DONE)}, CountingPolicy(), CARRIED)
    assert said.why[:2] == (
        "2024年度报告已结转这一件，计入“上年结转”。",
        "2024年度报告按“商业企业”结转，本年仍计入这一列；申请人类型后来更正为“自然人”。",
    )


@pytest.mark.parametrize(
    ("number", "words", "stands", "why"),
    [
        ("1", "2025-01-05收到", {"brought_forward.enterprise", "carried_forward.enterprise"}, ""),
        ("1", "2024-12-20收到 2024-12-28签发=G2 2024-12-28送达", {"brought_forward.enterprise", "disclosed.enterprise"}, ""),
        ("8", "2025-02-01收到 2025-02-09签发=G2 2025-02-09送达", set(), "以前年度的报告已经计入这一件，收到日期后来更正为2025年，不重复计。"),
        ("9", "2024-12-01收到", set(), "2024年度的表中没有这一件，未计入。"),
        ("9", "2023-02-01收到 2023-02-09签发=G2 2023-02-09送达", set(), ""),
    ],
)  # fmt: skip
def test_corrections_after_the_freezing_count_nothing_twice(number, words, stands, why) -> None:
    found = [case(number, words), *([] if number == "1" else [case("1", DONE)])]
    made = tally(found, ORGAN, 2025, previous=CARRIED)
    assert rows(made, number) == stands
    assert [each.why for each in made.unplaced if each.number == number] == ([why] if why else [])
    assert [f for f in check(made.report()).findings if f.grade == "conflict"] == []


def test_what_was_carried_forward_and_is_gone_is_named_in_the_order_in_which_it_was_carried() -> None:
    numbers = [f"申{n}" for n in (7, 3, 9, 1, 8, 2, 6, 4, 5, 0)]
    made = tally([], ORGAN, 2025, previous=Carried(2024, dict.fromkeys(numbers, "enterprise")))
    assert [each.number for each in made.unplaced] == numbers


def test_what_was_carried_forward_and_is_gone_is_named_and_breaks_the_balance() -> None:
    made = tally([], ORGAN, 2025, previous=CARRIED)
    assert [(each.number, each.cause) for each in made.unplaced] == [("1", "lost_carried")]
    done = compile_year(Material(made, carried=CARRIED), ORGAN, 2025, "2021")
    assert done.value("applications.brought_forward.enterprise") == 1
    assert "其中1件在现在的登记中找不到" in done.figures["applications.brought_forward.enterprise"].why
    assert {f.id for f in check(done.report()).findings if f.grade == "conflict"} == {"T3-BALANCE"}


def test_each_cell_of_the_form_is_a_figure_with_records_or_a_reason() -> None:
    two = {"proactive.licences.decisions": Figure("proactive.licences.decisions", 3, ("row:1",), "records")}
    done = compile_year(
        Material(tally([case("1", DONE)], ORGAN, 2025), two, unknown={4: "没有登记"}), ORGAN, 2025, "2021"
    )
    assert tuple(done.figures) == form("2021").addresses
    for figure in done.figures.values():
        assert (figure.value is None) == (figure.source == "none")
        assert figure.why if figure.value is None else True
    assert done.figures["disputes.reconsideration.total"].why == "没有登记"
    said = done.to_json()
    assert said["cells"]["applications.withheld.state_secret.total"]["records"] == []
    assert set(said["why_blank"]) == set(said["blank"])


def test_what_is_entered_over_what_was_counted_says_both() -> None:
    address = "applications.brought_forward.natural_person"
    entered = {address: Entered(2, "上年漏计一件")}
    done = compile_year(Material(tally([case("1", DONE)], ORGAN, 2025), {}, entered), ORGAN, 2025, "2021")
    assert (done.figures[address].value, done.figures[address].records) == (2, ())
    assert done.figures[address].why == "上年漏计一件（由登记计出为1）"
    assert done.value("applications.brought_forward.total") == 2


# 一件在一年里：计在哪里的说明、不计在别处的说明
SAYS = """
    2024-03-01收到 2024-03-20签发=P1 2024-03-21送达 | 计入“（二）部分公开” | 只计“部分公开”
    2024-03-01收到 2024-12-30签发=G2 2025-01-03送达 | 结转下年度继续办理 | 2025年1月3日才办结，办理结果属于2025年度
    2024-03-01收到 2024-12-30签发=G2 | 结转下年度继续办理 | 已有处理决定而没有送达
    2024-03-01收到 | 结转下年度继续办理 | 还没有处理决定
    2024-03-01收到 2024-03-20签发=N4 2024-03-21送达 2024-09-01重新办理 2024-09-20签发=G2 2024-09-21送达 | 4.保护第三方合法权益 | 首次办结的结果不变
    2023-12-20收到 2024-01-10签发=U1a 2024-01-11送达 | 到2023年底没有办结，计入“上年结转” | 2024年度不再计新收
    2025-01-03收到 | | 属于2025年度
    2023-03-01收到 2023-03-20签发=G2 2023-03-21送达 | | 已经办结，计入2023年度
"""


@pytest.mark.parametrize("line", SAYS.strip().splitlines(), ids=lambda line: line.split("|")[0].strip())
def test_an_application_says_why_here_and_why_not_elsewhere(line: str) -> None:
    words, why, why_not = (cell.strip() for cell in line.split("|"))
    one = case("1", words)
    said = place_case(tally([one], ORGAN, 2024), "1", {"1": one}, CountingPolicy())
    assert why in "".join(said.why)
    assert bool(said.cells) == bool(why)
    assert why_not in "".join(said.why_not)


# 上年定稿之后的更正：为什么在这里、为什么不在
LATER = """
    1 | 2024-12-20收到 2024-12-28签发=G2 2024-12-28送达 | 办结日期后来更正为2024年，2024年度报告已按结转计，办结计入本年度。
    8 | 2024-02-01收到 2024-02-09签发=G2 2024-02-09送达 | 以前年度的报告已计入这一件，且没有结转到2025年度。
    9 | 2024-12-01收到 | 2024年度的表中没有这一件，未计入。
    9 | 2025-02-09签发=G2 | 没有收到申请的日期，未计入。
"""


@pytest.mark.parametrize("line", LATER.strip().splitlines(), ids=lambda line: line.split("|")[1].strip())
def test_what_was_corrected_after_the_freezing_says_so_last(line: str) -> None:
    number, words, why_not = (cell.strip() for cell in line.split("|"))
    one = case(number, words)
    made = tally([one], ORGAN, 2025, previous=CARRIED)
    said = place_case(made, number, {number: one}, CountingPolicy(), CARRIED)
    assert said.why_not[-1] == why_not
    assert bool(said.cells) == bool(said.why) == (number == "1")


def test_what_is_merged_or_taken_apart_says_by_which_rule() -> None:
    cases = {c.number: c for c in (case("1", LEADING), case("2", MERGED))}
    made = tally(cases.values(), ORGAN, 2024)
    assert "2024年3月5日并入1一并答复，按其结果计。" in place_case(made, "2", cases, CountingPolicy()).why
    leading = CountingPolicy(merged="leading")
    alone = tally(cases.values(), ORGAN, 2024, policy=leading)
    assert "只计主件" in "".join(place_case(alone, "2", cases, leading).why_not)
    parts = {n: case(n, words, paper="9") for n, words in PARTS.items()}
    once = CountingPolicy(split="paper")
    made = tally(parts.values(), ORGAN, 2024, policy=once)
    assert place_case(made, "9", parts, once).why == ("申请书拆分为a、b，按原申请书计一件（本县设定的口径）。",)
    assert place_case(made, "a", parts, once).cells == ()


def test_a_dispute_says_in_which_year_it_counts() -> None:
    one = Dispute("议1", DisputeKind.RECONSIDERATION, date(2024, 6, 1), (Ruling(date(2024, 8, 1), "revoked"),))
    now, later, before = (tally([], ORGAN, year, disputes=[one]) for year in (2024, 2025, 2023))
    said = place_dispute(now, one)
    assert said.cells == ("disputes.reconsideration.corrected",)
    assert said.why[-1] == "2024年8月1日的结果为“撤销或者部分撤销”。"
    assert place_dispute(later, one).why_not == ("2024年度已按“结果纠正”计入，不重复计。",)
    assert place_dispute(before, one).why_not == ("2024年6月1日收到，属于2024年度。",)
    assert place_dispute(tally([], ORGAN, 2024), one).why_not == (), "登记在表定稿之后"


def test_a_dispute_that_is_open_for_years_is_pending_until_it_ends() -> None:
    one = Dispute("诉1", DisputeKind.DIRECT_LITIGATION, date(2023, 6, 1), (Ruling(date(2024, 8, 1), "suit_revoked"),))
    first, second, third = (place_dispute(tally([], ORGAN, year, disputes=[one]), one) for year in (2023, 2024, 2025))
    assert first.why == ("2023年6月1日收到；到2023年底的情况为“尚未审结”，计入这一列。",)
    assert second.cells == ("disputes.direct_litigation.corrected",)
    assert third.why_not == ("2024年度已按“结果纠正”计入，不重复计。",)
