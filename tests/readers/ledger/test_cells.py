"""What one cell of a ledger says: days, names of columns, people's words. One reading or none."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.onrequest.decisions import decisions
from gongkai.readers.ledger import LABELS
from gongkai.readers.ledger.columns import meaning_of
from gongkai.readers.ledger.days import NoDay, day_of, is_blank, period_of
from gongkai.readers.ledger.rows import shown
from gongkai.readers.ledger.words import channels_of, decisions_of, deliveries_of, kinds_of

FIRST = date(2026, 3, 1)


@pytest.mark.parametrize(
    "cell",
    [
        "2026-3-1", "2026-03-01", "2026.3.1", "2026/3/1",
        "2026年3月1日", "2026年 3月 1日", "２０２６－０３－０１", "20260301",
        20260301, 20260301.0, 46082, 46082.5, "46082", FIRST, datetime.fromisoformat("2026-03-01T09:30"), "2026-3-1 09:30", "2026-03-01T00:00:00",
        "2026-03-01 09:30:15", "2026年3月1日（星期日）", "2026年3月1日上午9:30", "2026年3月1号",
        "二〇二六年三月一日", "二○二六年三月一日", "26.3.1", "26年3月1日",
        "2026.3.1.", " 2026-3-1 ",
    ],
)  # fmt: skip
def test_the_first_of_march(cell: object) -> None:
    assert day_of(cell) == FIRST


@pytest.mark.parametrize("cell", ["3月1日", "3.1", "3-1", "3/1", "3月1", "03月01日（周日）", "3月1号"])
def test_a_day_without_a_year_takes_the_ledgers(cell: str) -> None:
    assert day_of(cell, 2026) == FIRST
    with pytest.raises(NoDay, match="没有年份"):
        day_of(cell)


@pytest.mark.parametrize("cell", ["", " ", "/", "—", "-", "无", "暂无", "N/A", "　", None, True, "未", "×"])
def test_blank_is_no_day(cell: object) -> None:
    assert day_of(cell) is None


@pytest.mark.parametrize(
    ("cell", "says"),
    (
        ("2026-2-30", "没有这一天"),
        ("20261301", "没有这一天"),
        ("3/1/2026", "月和日的先后"),
        ("1.2.26", "年份请写四位"),
        ("05-3-1", "年份请写四位"),
        (3.1, "不能确定"),
        (12, "不能确定"),
        (float("nan"), "不能确定"),
        (float("inf"), "不能确定"),
        (1e300, "不能确定"),
        ("2026年3月", "应为日期"),
        ("三月一日", "应为日期"),
        ("一〇十六年三月一日", "应为日期"),
        ("二〇二六年十十月一日", "应为日期"),
        ("二〇二六年十一一月一日", "应为日期"),
        ("同上", "应为日期"),
        ("2026-3-1、2026-3-9", "应为一个日期"),
        ("2002-3-1", "不在2008年"),
        ("22026-3-1", "应为日期"),
        (date(1999, 1, 1), "不在2008年"),
        ("99999", "应为日期"),
        ("١٢٣٤٥", "应为日期"),
    ),
)
def test_what_is_no_day_or_may_be_two_is_said(cell: object, says: str) -> None:
    with pytest.raises(NoDay, match=says):
        day_of(cell, 2026)


@pytest.mark.parametrize(("cell", "day"), (("15/3/2026", 15), ("3/15/2026", 15), ("3/3/2026", 3)))
def test_a_year_at_the_end_where_it_can_be_one_day_only(cell: str, day: int) -> None:
    assert day_of(cell) == date(2026, 3, day)


@given(st.dates(date(2008, 5, 1), date(2099, 12, 31)))
def test_every_day_is_read_back_from_each_form(day: date) -> None:
    shapes = (
        f"{day:%Y-%m-%d}",
        f"{day.year}.{day.month}.{day.day}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day:%Y%m%d}",
    )
    assert {day_of(shape) for shape in shapes} == {day}
    assert day_of((day - date(1899, 12, 30)).days) == day
    assert day_of(f"{day.month}月{day.day}日", day.year) == day


@given(st.one_of(st.text(max_size=30), st.floats(), st.integers()))
def test_anything_else_is_a_day_blank_or_a_sentence(cell: object) -> None:
    try:
        found = day_of(cell, 2026)
    except NoDay as error:
        assert "日期" in str(error)
    else:
        assert found is None or isinstance(found, date)


@pytest.mark.parametrize(
    ("cell", "first", "last"),
    (
        ("2026-3-1至2026-3-20", FIRST, date(2026, 3, 20)),
        ("2026.3.1—3.20", FIRST, date(2026, 3, 20)),
        ("2026年3月1日～3月20日", FIRST, date(2026, 3, 20)),
        ("2026-3-1", FIRST, None),
        ("2026年3月1日至", FIRST, None),
        ("无", None, None),
        (FIRST, FIRST, None),
    ),
)
def test_a_period_is_two_days(cell: object, first: date | None, last: date | None) -> None:
    assert period_of(cell) == (first, last)


# ---- columns ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [name for name in LABELS.values() if name != "联系地址"])
def test_our_own_names_mean_themselves(name: str) -> None:
    found = meaning_of(name)
    assert found is not None and LABELS[found.names[0]] == name and not found.weak


@pytest.mark.parametrize(
    ("levels", "meaning"),
    (
        (("收到申请的时间",), "received_on"),
        (("收 件\n日 期",), "received_on"),
        (("收到日期（年月日）",), "received_on"),
        (("延期（工作日）",), "extended_days"),
        (("政府信息公开申请内容",), "content"),
        (("所需政府信息的内容描述",), "content"),
        (("辦理結果",), "decision"),
        (("补正", "告知日期"), "supplement_asked_on"),
        (("补正", "收到日期"), "supplemented_on"),
        (("征求意见", "起"), "consulted_from"),
        (("延期", "工作日数"), "extended_days"),
        (("申请人情况", "姓名"), "applicant"),
        (("申请人信息", "电话"), "phone"),
        (("办理情况", "答复", "日期"), "replied_on"),
        (("备注", "备注"), "remark"),
    ),
)
def test_other_names_and_stacked_heads(levels: tuple[str, ...], meaning: str) -> None:
    found = meaning_of(*levels)
    assert found is not None and found.names == (meaning,)


@pytest.mark.parametrize("levels", (("审批人",), ("代理人", "姓名"), ("经办人", "电话"), ("日期",), ("",), ("2026",)))
def test_names_that_mean_nothing_of_ours(levels: tuple[str, ...]) -> None:
    assert meaning_of(*levels) is None


def test_weak_and_unclear_names_are_told() -> None:
    weak, unclear = meaning_of("登记日期"), meaning_of("补正日期")
    assert weak is not None and weak.weak and weak.names == ("received_on",)
    assert unclear is not None and unclear.names == ("supplement_asked_on", "supplemented_on")


# ---- words -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "codes"),
    (
        ("自然人", ("natural_person",)),
        ("公民", ("natural_person",)),
        ("企业", ("enterprise",)),
        ("法人或其他组织（商业企业）", ("enterprise",)),
        ("法人或者其他组织-科研机构", ("research_institution",)),
        ("律师事务所", ("legal_service_provider",)),
        ("社会公益组织", ("public_benefit_organisation",)),
        ("其他", ("other_organisation",)),
        ("村委会", ("other_organisation",)),
        ("enterprise", ("enterprise",)),
    ),
)
def test_kinds_of_applicants(words: str, codes: tuple[str, ...]) -> None:
    assert kinds_of(words) == codes


@pytest.mark.parametrize("words", ("单位", "法人", "法人或其他组织", "律师", "社会组织", "自然人/企业"))
def test_kinds_that_may_be_several(words: str) -> None:
    assert len(kinds_of(words)) > 1


@pytest.mark.parametrize(
    ("words", "code"),
    (
        ("网络", "internet"), ("网上申请", "internet"),
        ("邮寄", "post_signed"), ("EMS", "post_signed"), ("平信", "post_plain"),
        ("当面", "in_person"), ("窗口", "in_person"),
        ("传真", "fax"), ("电子邮件", "email"), ("口头", "oral"),
    ),
)  # fmt: skip
def test_channels(words: str, code: str) -> None:
    assert channels_of(words) == (code,)


@pytest.mark.parametrize(
    ("words", "code"),
    (("邮寄", "post"), ("挂号信", "post"), ("当面领取", "in_person"), ("网上", "online"), ("电子邮箱", "email"), ("委托送达", "other_organ")),
)  # fmt: skip
def test_deliveries(words: str, code: str) -> None:
    assert deliveries_of(words) == (code,)


def test_unknown_words_have_no_code() -> None:
    assert channels_of("骑马") == () and deliveries_of("骑马") == () and kinds_of("骑马的") == ()


@pytest.mark.parametrize(
    ("words", "code"),
    (
        ("已主动公开", "G1"), ("主动公开，告知获取途径", "G1"), ("予以公开", "G2"),
        ("公开并提供", "G2"), ("同意公开", "G2"), ("部分公开", "P1"),
        ("部分公开（涉及个人隐私不予公开）", "P1"), ("区分处理", "P1"),
        ("不予公开（国家秘密）", "N1"), ("法律、行政法规禁止公开", "N2"), ("危及社会稳定", "N3"),
        ("不予公开-第三方", "N4"), ("商业秘密", "N4"), ("内部事务信息", "N5"),
        ("不予公开：过程性信息", "N6"), ("行政执法案卷", "N7"), ("行政查询事项", "N8"),
        ("信息不存在", "U1a"), ("经检索不存在", "U1a"), ("不属于本机关", "U1b"),
        ("非本机关负责公开", "U1b"), ("不属于我局公开", "U1b"), ("没有现成信息需另行制作", "U2"),
        ("需要加工、分析", "U2"), ("补正后仍不明确", "U3"), ("信访", "R1"),
        ("投诉举报类", "R1"), ("重复申请", "R2"), ("不予重复处理", "R2"), ("公开出版物", "R3"),
        ("大量反复申请", "R4"), ("要求确认或重新出具", "R5"), ("逾期不补正", "O1"),
        ("逾期未补正，不再处理", "O1"), ("逾期未缴费", "O2"), ("不属于政府信息", "O3a"),
        ("咨询", "O3a"), ("申请人撤回", "O3b"), ("撤回申请", "O3b"), ("其他", "O3c"),
        ("n6", "N6"), ("U1a", "U1a"), ("u1A", "U1a"), ("（一）予以公开", "G2"),
    ),
)  # fmt: skip
def test_decisions(words: str, code: str) -> None:
    assert decisions_of(words) == (code,)


@pytest.mark.parametrize("words", ("", "/", "办理中", "未答复", "待办", "正在办理中", "—", "补正中"))
def test_not_yet_decided(words: str) -> None:
    assert decisions_of(words) == ("",)


@pytest.mark.parametrize(
    ("words", "among"),
    (
        ("不予公开", "N4"), ("公开", "G1"), ("无法提供", "U1a"),
        ("本机关不掌握", "U1b"), ("不予处理", "R1"), ("其他处理", "O3c"),
        ("不予公开（过程性信息、内部事务信息）", "N5"),
    ),
)  # fmt: skip
def test_decisions_that_may_be_several_name_all(words: str, among: str) -> None:
    found = decisions_of(words)
    assert len(found) > 1 and among in found


def test_grounds_beside_it_settle_a_decision_that_is_not_clear() -> None:
    assert decisions_of("不予公开", "涉及商业秘密") == ("N4",)
    assert len(decisions_of("不予公开", "按规定办理")) > 1
    assert decisions_of("信访", "涉及商业秘密") == ("R1",)


def test_every_code_is_one_of_the_table_and_reads_itself() -> None:
    assert all(decisions_of(code) == (code,) for code in decisions())
    assert decisions_of("天气很好") == ()


def test_every_name_of_the_table_leads_to_its_code_or_names_it() -> None:
    missed = {code: found.zh for code, found in decisions().items() if code not in decisions_of(found.zh)}
    assert missed == {}


def test_what_a_cell_shows() -> None:
    assert [shown(v) for v in (None, "", " a\x00 ", 3.0, 1.5, True, False, datetime.fromisoformat("2026-03-01"), FIRST)] == [
        "", "", "a", "3", "1.5", "是", "否", "2026-03-01", "2026-03-01",
    ]  # fmt: skip
    assert shown(datetime.fromisoformat("2026-03-01T09:00")) == "2026-03-01 09:00:00"
    assert is_blank("　/") and not is_blank("1")
