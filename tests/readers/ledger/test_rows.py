"""Rows of a ledger: read whole or left out by name, nothing guessed and nothing lost."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.onrequest.events import Event, Kind
from gongkai.readers.errors import Unreadable
from gongkai.readers.ledger import Ledger, LedgerRow, read_pasted, to_events

HEAD = "登记编号 申请人 申请人类型 收到日期 申请内容 答复日期 处理决定"
ROW = "甲1 张三 自然人 2026-3-2 征地批文 2026-3-20 予以公开"


def pasted(*lines: str, head: str = HEAD, **choices: object) -> Ledger:
    return read_pasted("\n".join(line.replace(" ", "\t") for line in (head, *lines)), **choices)  # type: ignore[arg-type]


def one(line: str, head: str = HEAD, **choices: object) -> LedgerRow:
    found = pasted(line, head=head, **choices)
    assert found.doubts == () and len(found.rows) == 1
    return found.rows[0]


def doubts(line: str, head: str = HEAD, **choices: object) -> list[tuple[str, str]]:
    found = pasted(line, head=head, **choices)
    assert found.rows == ()
    assert {d.line for d in found.doubts} == {2}
    return [(d.column, d.expected) for d in found.doubts]


def test_a_plain_row() -> None:
    assert one(ROW) == LedgerRow(
        "", 2, date(2026, 3, 2), number="甲1", applicant="张三", applicant_kind="natural_person", content="征地批文",
        replied_on=date(2026, 3, 20), decision="G2",
    )  # fmt: skip


def test_columns_in_any_order_with_notes_for_what_is_not_ours() -> None:
    row = one("领导批示 2026.3.2 13 张三", head="批示 收到时间 页数 姓名")
    assert (row.received_on, row.applicant) == (date(2026, 3, 2), "张三")
    assert row.notes == (("批示", "领导批示"), ("页数", "13"))


def test_a_column_without_a_name_is_kept_too() -> None:
    assert one("张三 2026-3-2  旧编号", head="申请人 收到日期 ").notes == (("第4列", "旧编号"),)


def test_the_whole_life_of_an_application_as_events() -> None:
    head = (
        "收到日期 补正告知日期 补正收到日期 说明理由告知日期 说明理由收到日期 征求意见对象 征求意见起 征求意见止 "
        "延期日期 延期工作日 收费通知日期 缴费日期 答复日期 处理决定 送达日期"
    )
    row = one(
        "2026-3-2 3月4日 3月6日 3月9日 3月10日 县自然资源局 3月11日 3月20日 4月1日 20个工作日 4月2日 4月7日 4月20日 部分公开 4月21日",
        head=head,
        year=2026,
    )
    assert to_events(row) == (
        Event(Kind.RECEIVED, date(2026, 3, 2)),
        Event(Kind.SUPPLEMENT_ASKED, date(2026, 3, 4)),
        Event(Kind.SUPPLEMENTED, date(2026, 3, 6)),
        Event(Kind.REASONS_ASKED, date(2026, 3, 9)),
        Event(Kind.REASONS_GIVEN, date(2026, 3, 10)),
        Event(Kind.ORGAN_CONSULTED, date(2026, 3, 11), matter="征求意见"),
        Event(Kind.ORGAN_ENDED, date(2026, 3, 20), matter="征求意见"),
        Event(Kind.EXTENDED, date(2026, 4, 1), days=20),
        Event(Kind.FEE_NOTIFIED, date(2026, 4, 2)),
        Event(Kind.FEE_PAID, date(2026, 4, 7)),
        Event(Kind.DECIDED, date(2026, 4, 20), decision="P1"),
        Event(Kind.DELIVERED, date(2026, 4, 21)),
    )


def test_an_open_consultation_and_a_withdrawal() -> None:
    row = one("2026-3-2 2026-3-5至", head="收到日期 征求意见期间")
    assert [e.kind for e in to_events(row)] == [Kind.RECEIVED, Kind.THIRD_PARTY_CONSULTED]
    row = one("2026-3-2 2026-3-5 撤回", head="收到日期 撤回日期 处理决定")
    assert [e.kind for e in to_events(row)] == [Kind.RECEIVED, Kind.WITHDRAWN]


def test_a_consultation_without_its_party_is_said() -> None:
    found = pasted("2026-3-2 2026-3-5 2026-3-9", head="收到日期 征求意见起 征求意见止")
    assert found.rows[0].consulted == "third_party" and "第三方" in found.remarks[0]
    assert pasted("2026-3-2 第三方 2026-3-5", head="收到日期 征求意见对象 征求意见起").remarks == ()


def test_whom_to_ask_without_a_day_is_kept_in_the_remark() -> None:
    assert one("2026-3-2 某公司", head="收到日期 征求意见对象").remark == "征求意见对象：某公司"
    assert one("2026-3-2 无", head="收到日期 征求意见对象").remark == ""


def test_grounds_are_kept_in_the_remark() -> None:
    row = one("2026-3-2 不予公开 涉及个人隐私 2026-3-9 急", head="收到日期 处理决定 不予公开理由 答复日期 备注")
    assert (row.decision, row.remark) == ("N4", "急；不予公开理由：涉及个人隐私")


@pytest.mark.parametrize(
    ("given", "days"), (("10", 10), ("20个工作日", 20), ("延长15日", 15), ("二十个工作日", 20), ("十", 10))
)
def test_days_of_an_extension(given: str, days: int) -> None:
    assert one(f"2026-3-2 2026-3-20 {given}", head="收到日期 延期日期 延期工作日").extended_days == days


@pytest.mark.parametrize(
    ("line", "head", "column", "says"),
    (
        ("张三  征地", "申请人 收到日期 申请内容", "收到日期", "应有收到日期"),
        (" 2026-3-2", "申请人 收到日期", "申请人", "应有申请人"),
        ("张三 2026-3-2 单位", "申请人 收到日期 申请人类型", "申请人类型", "应为下列之一"),
        ("张三 2026-3-2 骑马", "申请人 收到日期 申请渠道", "申请渠道", "应为下列之一"),
        ("2026-3-2 不予公开 2026-3-9", "收到日期 处理决定 答复日期", "处理决定", "可能是N1"),
        ("2026-3-2 好 2026-3-9", "收到日期 处理决定 答复日期", "处理决定", "应为处理决定"),
        ("2026-3-2 予以公开 ", "收到日期 处理决定 答复日期", "答复日期", "已有处理决定"),
        ("2026-3-2  2026-3-9", "收到日期 处理决定 答复日期", "处理决定", "已有答复日期"),
        ("2026-3-2 2026-2-9", "收到日期 答复日期", "答复日期", "不应早于“收到日期”"),
        ("2026-3-2 2026-3-9 2026-3-8", "收到日期 答复日期 送达日期", "送达日期", "不应早于“答复日期”"),
        ("2026-3-2  2026-3-8", "收到日期 答复日期 送达日期", "答复日期", "已有“送达日期”"),
        ("2026-3-2  2026-3-8", "收到日期 补正告知日期 补正收到日期", "补正告知日期", "已有“补正收到日期”"),
        ("2026-3-2 2026-3-8 ", "收到日期 延期日期 延期工作日", "延期工作日", "已有“延期日期”"),
        ("2026-3-2  20", "收到日期 延期日期 延期工作日", "延期日期", "已有“延期工作日”"),
        ("2026-3-2 2026-3-8 30", "收到日期 延期日期 延期工作日", "延期工作日", "1至20"),
        ("2026-3-2 2026-3-8 若干", "收到日期 延期日期 延期工作日", "延期工作日", "1至20"),
        ("2026-3-2 2026-3-8 十十", "收到日期 延期日期 延期工作日", "延期工作日", "1至20"),
        ("2026-3-2 2026-5-8", "收到日期 延期至", "延期日期", "应有延期日期和延期工作日数"),
        ("2026-3-2 是", "收到日期 是否延期", "延期日期", "写明已延期"),
        ("2026-3-2 或许", "收到日期 是否延期", "是否延期", "应为是或者否"),
        ("2026-3-2 否 2026-3-9 10", "收到日期 是否延期 延期日期 延期工作日", "是否延期", "写明未延期"),
        ("2026-3-2 2026-3-3", "收到日期 补正日期", "补正日期", "可能是“补正告知日期”或者“补正收到日期”"),
        ("2026-3-2 #REF!", "收到日期 答复日期", "答复日期", "出错的公式"),
        ("2026-3-2 2026-3-3 法律顾问", "收到日期 征求意见起 征求意见对象", "征求意见对象", "不停止计算期限"),
        ("2026-3-2 三月五日", "收到日期 征求意见期间", "征求意见期间", "应为起止日期"),
        ("2026-3-2 2026-3-3 2026-3-9", "收到日期 征求意见起 答复日期", "征求意见止", "已经答复"),
        ("2026-3-2 2026-3-3 ", "收到日期 收件日期", "收件日期", "与“收到日期”一列不一致"),
    ),
)  # fmt: skip
def test_each_doubt_is_named_by_its_column(line: str, head: str, column: str, says: str) -> None:
    found = doubts(line, head)
    assert [(c, True) for c, s in found if says in s] == [(column, True)], found


def test_no_extension_and_agreeing_columns_are_no_doubt() -> None:
    assert one("2026-3-2 否 0", head="收到日期 是否延期 延期工作日").extended_days is None
    assert one("2026-3-2 是 2026-3-9 10", head="收到日期 是否延期 延期日期 延期工作日").extended_days == 10
    assert one("2026-3-2 2026-3-2", head="收到日期 收件日期").received_on == date(2026, 3, 2)
    assert one("2026-3-2 /", head="收到日期 补正日期").supplemented_on is None


def test_a_row_names_all_its_doubts_at_once() -> None:
    assert {c for c, _ in doubts("甲1 张三 单位 昨天 内容 明天 不予公开")} == {
        "申请人类型",
        "收到日期",
        "答复日期",
        "处理决定",
    }


def test_days_after_today_are_doubtful() -> None:
    assert doubts(ROW, today=date(2026, 3, 10)) == [("答复日期", "日期在今天之后")]


def test_a_doubt_is_a_sentence_with_line_column_met_and_expected() -> None:
    found = pasted("甲1 张三 自然人 2026-2-30 内容").doubts[0]
    assert found.message == "第2行“收到日期”：现为“2026-2-30”，应为日期，如2026-3-1；没有这一天。"
    assert found.to_json()["message"] == found.message
    assert "现为空白" in pasted("甲1 张三 自然人  内容").doubts[0].message


def test_one_number_on_two_rows_makes_both_doubtful_and_the_same_row_is_read_once() -> None:
    other = ROW.replace("征地批文", "规划图")
    found = pasted(ROW, other)
    assert found.rows == () and [(d.line, d.expected) for d in found.doubts] == [
        (2, "与第3行重复，内容不同"),
        (3, "与第2行重复，内容不同"),
    ]
    twice = pasted(ROW, ROW)
    assert len(twice.rows) == 1 and [(s.line, s.why) for s in twice.skipped] == [(3, "与第2行完全相同")]


def test_what_is_no_application_is_skipped_by_name() -> None:
    found = pasted(ROW, HEAD, "合计 1 1 1 1 1 1", "填表人：李四", "", "甲2")
    assert len(found.rows) == 1 and found.doubts == ()
    assert [(s.line, s.why) for s in found.skipped] == [
        (3, "重复的表头"),
        (4, "合计行"),
        (5, "只有“填表人：李四”，不是申请"),
        (7, "只有“甲2”，不是申请"),
    ]


def test_a_line_that_was_only_numbered_is_empty() -> None:
    found = pasted("1 张三 2026-3-2", "2", "3", head="序号 申请人 收到日期")
    assert len(found.rows) == 1 and found.skipped == ()


def test_years_come_from_the_title_a_sub_head_or_the_caller() -> None:
    titled = read_pasted("某县2025年依申请公开台账\n申请人\t收到日期\n张三\t3月2日\n2026年\n李四\t1月5日\n")
    assert [row.received_on.year for row in titled.rows] == [2025, 2026]
    assert titled.years == (2025, 2026)
    assert one("张三 3月2日", head="申请人 收到日期", year=2024).received_on.year == 2024
    assert "没有年份" in doubts("张三 3月2日", head="申请人 收到日期")[0][1]


def test_a_weak_name_stands_in_and_that_is_said() -> None:
    found = pasted("张三 2026-3-2", head="申请人 登记日期")
    assert found.rows[0].received_on == date(2026, 3, 2)
    assert found.remarks == ("没有“收到日期”一列，以“登记日期”代替，请核实。",)
    both = pasted("张三 2026-3-5 2026-3-2", head="申请人 登记日期 收到日期")
    assert both.rows[0].notes == (("登记日期", "2026-3-5"),) and both.remarks == ()


def test_a_person_decides_what_a_column_means() -> None:
    chosen = {"补正日期": "supplement_asked_on", "备注": ""}
    row = one("2026-3-2 2026-3-4 急", head="收到日期 补正日期 备注", columns=chosen)
    assert row.supplement_asked_on == date(2026, 3, 4) and row.notes == (("备注", "急"),)
    with pytest.raises(ValueError, match="没有这种列"):
        pasted(ROW, columns={"备注": "nonsense"})


def test_a_second_column_of_the_same_words_is_kept_as_a_note() -> None:
    row = one("2026-3-2 甲 乙", head="收到日期 备注 说明")
    assert row.remark == "甲" and row.notes == (("说明", "乙"),)


def test_heads_on_two_rows() -> None:
    text = "登记编号\t申请人\t补正\t\t延期\t\n\t\t告知日期\t收到日期\t日期\t工作日\t收到日期\n甲1\t张三\t2026-3-4\t2026-3-6\t2026-3-9\t10\t2026-3-2\n"
    row = read_pasted(text).rows[0]
    assert (row.supplement_asked_on, row.supplemented_on) == (date(2026, 3, 4), date(2026, 3, 6))
    assert (row.extended_on, row.extended_days, row.number, row.line) == (date(2026, 3, 9), 10, "甲1", 3)


def test_a_table_without_a_head_is_refused_and_one_without_the_day_of_receipt_says_so() -> None:
    with pytest.raises(Unreadable, match="没有找到台账的表头") as caught:
        read_pasted("张三\t2026-3-2\n李四\t2026-3-3\n")
    assert caught.value.code == "no_ledger"
    found = pasted("甲1 张三 征地", head="登记编号 申请人 申请内容")
    assert found.rows == () and "没有找到“收到日期”一列" in found.remarks[0]


def test_the_key_of_an_application_is_its_number_else_what_it_says() -> None:
    assert one(ROW).key == one(ROW.replace("征地批文", "x")).key
    bare = "张三 2026-3-2 征地"
    head = "申请人 收到日期 申请内容"
    assert one(bare, head).key == one(bare, head).key != one(bare + "补偿", head).key


def test_the_preview_is_data() -> None:
    found = pasted(ROW, "甲2 张三 单位 2026-3-2 x 2026-3-9 公开").preview(limit=5)
    assert (found["read"], found["doubtful"]) == (1, 1)
    assert found["columns"][3] == {
        "sheet": "",
        "place": "D",
        "name": "收到日期",
        "meaning": "received_on",
        "label": "收到日期",
    }
    assert found["rows"][0]["received_on"] == "2026-03-02" and found["rows"][0]["notes"] == {}
    assert len(found["doubts"]) == 2 and found["skipped"] == []


def test_the_day_an_answer_is_due_follows_from_a_row() -> None:
    from gongkai.calendar.notices import published
    from gongkai.onrequest.clock import clock

    plain, asked = pasted("2022-9-30 ", "2026-3-2 2026-3-11", head="收到日期 征求意见起").rows
    assert clock(to_events(plain), published()).due_on == date(2022, 11, 2)
    assert clock(to_events(asked), published()).due_on is None
