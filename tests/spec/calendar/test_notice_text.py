"""A pasted notice becomes a table, sentence by sentence; what does not fit is refused with its sentence."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.calendar import published
from gongkai.calendar.notice_text import read_notice

TEXTS = {
    2026: """国务院办公厅关于2026年部分节假日安排的通知
国办发明电〔2025〕99号
经国务院批准，现将2026年元旦、春节、清明节、劳动节、端午节、中秋节和国庆节放假调休日期的具体安排通知如下。
一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
节假日期间，各地区、各部门要妥善安排好值班和安全、保卫等工作。""",
    2024: """国务院办公厅关于2024年部分节假日安排的通知
一、元旦：1月1日放假，与周末连休。
二、春节：2月10日至17日放假调休，共8天。2月4日（星期日）、2月18日（星期日）上班。鼓励各单位结合带薪年休假等制度落实，安排职工在除夕（2月9日）休息。
三、清明节：4月4日至6日放假调休，共3天。4月7日（星期日）上班。
四、劳动节：5月1日至5日放假调休，共5天。4月28日（星期日）、5月11日（星期六）上班。
五、端午节：6月10日放假，与周末连休。
六、中秋节：9月15日至17日放假调休，共3天。9月14日（星期六）上班。
七、国庆节：10月1日至7日放假调休，共7天。9月29日（星期日）、10月12日（星期六）上班。""",
    2023: """国务院办公厅关于2023年部分节假日安排的通知
一、元旦：2022年12月31日至2023年1月2日放假调休，共3天。
二、春节：1月21日至27日放假调休，共7天。1月28日（星期六）、1月29日（星期日）上班。
三、清明节：4月5日放假，共1天。
四、劳动节：4月29日至5月3日放假调休，共5天。4月23日（星期日）、5月6日（星期六）上班。
五、端午节：6月22日至24日放假调休，共3天。6月25日（星期日）上班。
六、中秋节、国庆节：9月29日至10月6日放假调休，共8天。10月7日（星期六）、10月8日（星期日）上班。""",
}


@pytest.mark.parametrize("year", TEXTS)
def test_a_notice_gives_the_table_that_we_have(year):
    preview = read_notice(TEXTS[year], address="https://example.invalid/notice")

    assert preview.refused == ()
    [ours] = [notice for notice in published().notices if notice.year == year]
    assert {(d.day, d.works) for d in preview.notice.days} == {(d.day, d.works) for d in ours.days}
    assert preview.notice.addresses == ("https://example.invalid/notice",)
    assert sum(len(line.days) for line in preview.lines) == len(ours.days)


def test_advice_sets_no_day_and_is_shown_as_left_out():
    preview = read_notice(TEXTS[2024])
    assert preview.left_out == ("鼓励各单位结合带薪年休假等制度落实，安排职工在除夕（2月9日）休息",)
    assert read_notice(TEXTS[2026]).notice.number == "国办发明电〔2025〕99号"


FAULTS = [
    ("1月4日（周日）上班", "1月4日（周六）上班", "是周日，不是周六"),
    ("1月4日（周日）上班", "1月5日（周一）上班", "不是周末"),
    ("放假，共3天。\n四", "放假，共4天。\n四", "日期却有3天"),
    ("5月9日（周六）上班", "5月9日（周六）另行通知", "另行通知"),
    ("至5日（周二）放假", "至1日（周五）放假", "起止日期不对"),
    ("5月1日（周五）", "1日（周五）", "没有写月份"),
    ("5月9日（周六）", "13月9日（周六）", "没有这一天"),
    ("5月9日（周六）", "2025年5月10日（周六）", "不属于2026年"),
    ("5月9日（周六）上班", "次周周六上班", "没有读出日期"),
    ("2月14日（周六）、2月28日（周六）", "2月14日（周六）、2月14日（周六）", "写了两次"),
    ("六、中秋节：9月25日（周五）至27日（周日）放假，共3天。\n", "", "没有读到这些节日：中秋"),
    ("六、中秋节：", "", "没有节日名称"),
    ("9月25日（周五）至27日（周日）", "6月19日（周五）至21日（周日）", "两个节日里都有安排"),
]


@pytest.mark.parametrize(("said", "instead", "why"), FAULTS)
def test_what_does_not_fit_is_refused_with_its_sentence(said, instead, why):
    assert said in TEXTS[2026]
    preview = read_notice(TEXTS[2026].replace(said, instead))

    assert preview.notice is None
    assert any(why in sentence for sentence in preview.refused)


def test_the_year_must_be_said_and_fit_the_title():
    assert "请写明年份" in read_notice("一、元旦：1月1日放假。").refused[0]
    assert "标题写的是2026年" in read_notice(TEXTS[2026], year=2027).refused[0]
    assert read_notice(TEXTS[2026], year=2026, issued_on=date(2025, 11, 4)).notice.issued_on == date(2025, 11, 4)


def test_words_without_a_day_are_left_out():
    assert "特此说明" in read_notice(TEXTS[2026].replace("共3天。\n四", "共3天。特此说明。\n四")).left_out
