"""The hotline's ledger: what is taken of a line, which cell refuses one, figures with their bases, questions that come again."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest

from gongkai.web.facts import Refused
from gongkai.web.interaction.models import HotlineRow, Question
from gongkai.web.interaction.selectors import hotline as reading
from gongkai.web.interaction.services import hotline, questions
from gongkai.web.proactive.models import Item
from gongkai.web.proactive.selectors.facts import newest_version
from gongkai.web.workbench.xlsx import table

HEADS = ("工单编号", "来电人", "联系电话", "受理时间", "诉求类别", "承办单位", "诉求内容", "办结时间", "满意度")
GOOD = (
    "GD1",
    "苏东坡",
    "13800005678",
    "2026-02-03",
    "供水",
    "云岭县公安局",
    "水压低，电话13800005678",
    "2026-02-05",
    "满意",
)
ROWS = (
    GOOD,
    ("GD2", "黄庭坚", "", "2026年2月4日", "供水", "云岭县公安局", "停水没有通知", "", "未评价"),
    ("GD3", "米芾", "", "不知道", "道路", "云岭县卫生健康局", "路灯不亮", "", ""),
    ("GD1", "秦观", "", "2026-02-05", "道路", "", "重复的编号", "", ""),
    ("", "李清照", "", "2026-02-05", "道路", "", "没有编号", "", ""),
    ("GD6", "辛弃疾", "", "2026-02-05", "道路", "", "办结早于受理", "2026-02-01", ""),
    ("GD7", "陆游", "", "2026-02-06", "道路", "", "满意度写错", "2026-02-07", "很好"),
    ("GD8", "文天祥", "", "2026-02-06", "道路", "云岭县公安局", "红绿灯时间太短", "2026-02-09", "不满意"),
)


def as_csv(rows, heads=HEADS) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([("云岭县12345热线工单",), heads, *rows])
    return out.getvalue().encode()


def as_xlsx(rows, heads=HEADS) -> bytes:
    return table("工单", [(head, 12) for head in heads], [tuple(row) for row in rows])


@pytest.fixture
def seen(clock, county, organ):
    def look(rows=ROWS, *, name="工单.csv", make=as_csv):
        return hotline.look(county=county.pk, name=name, data=make(rows))

    return look


def test_each_line_that_is_not_taken_says_its_cell_and_why(seen):
    found = seen()
    assert [line.number for line in found.lines] == ["GD1", "GD2", "GD8"]
    assert [(each.cell, each.says[:8]) for each in found.refused] == [
        ("D5", "应为日期，如20"),
        ("A6", "工单编号与上面的"),
        ("A7", "没有工单编号，或"),
        ("H8", "办结日期早于受理"),
        ("I9", "满意度“很好”不"),
    ]
    assert found.left_out == ("来电人", "联系电话")


def test_a_workbook_reads_as_its_table_does(seen):
    found = seen(name="工单.xlsx", make=as_xlsx)
    assert [line.number for line in found.lines] == ["GD1", "GD2", "GD8"]
    assert found.refused[0].cell == "D4"


def test_nobodys_name_or_phone_is_taken_in_and_what_is_said_is_sealed(seen, audit):
    hotline.bring(audit=audit, seen=seen())
    row = HotlineRow.objects.filter(number="GD1").values().get()
    plain = " ".join(str(value) for value in row.values())
    assert all(mark not in plain for mark in ("苏东坡", "13800005678", "水压低"))
    assert HotlineRow.objects.get(number="GD1").organ.name == "云岭县公安局"


def test_the_same_line_comes_in_once(seen, audit):
    key = hotline.keep_for_later(audit=audit, seen=seen())
    first = hotline.bring(audit=audit, seen=hotline.kept(key))
    assert (first.taken, first.known, first.refused) == (3, 0, 5)
    assert seen().fresh == 0
    again = hotline.bring(audit=audit, seen=hotline.kept(key))
    assert (again.taken, again.known) == (0, 3)
    assert HotlineRow.objects.count() == 3


def test_an_office_names_its_own_heads_once(clock, county, audit, organ):
    heads = ("单号", "日子", *HEADS[4:])
    rows = [(GOOD[0], GOOD[3], *GOOD[4:])]
    data = as_csv(rows, heads)
    with pytest.raises(Refused, match="没有找到“工单编号”“受理日期”的表头"):
        hotline.look(county=county.pk, name="工单.csv", data=data)
    hotline.set_columns(audit=audit, heads={"number": "单号", "received_on": "日子"}, valid_from=date(2026, 1, 1))
    assert hotline.look(county=county.pk, name="工单.csv", data=data).lines[0].number == "GD1"
    with pytest.raises(Refused, match="同一个表头"):
        hotline.set_columns(audit=audit, heads={"number": "单号", "words": "单号"}, valid_from=date(2026, 1, 1))


def test_every_share_has_its_base(seen, audit, county):
    hotline.bring(audit=audit, seen=seen())
    rows = {row.name: row for row in reading.tallied(county.pk, "category", date(2026, 1, 1), date(2026, 12, 31))}
    water, roads = rows["供水"], rows["道路"]
    assert (water.received, water.closed.text, water.satisfied.text) == (2, "50.0%（1/2）", "100.0%（1/1）")
    assert (roads.received, roads.closed.text, roads.satisfied.text) == (1, "100.0%（1/1）", "0.0%（0/1）")
    assert [rate.text for rate in reading.levels(county.pk, date(2026, 1, 1), date(2026, 12, 31))] == [
        "50.0%（1/2）", "0.0%（0/2）", "50.0%（1/2）",
    ]  # fmt: skip
    assert reading.tallied(county.pk, "organ_name", date(2025, 1, 1), date(2025, 12, 31)) == []


def test_alike_questions_are_proposed_and_a_person_makes_an_entry_of_them(seen, audit, county, organ, written):
    asked = "新生儿怎样办理户口登记，要带哪些材料？"
    rows = [
        (f"H{n}", "某", "", "2026-02-03", "户籍", "云岭县公安局", words, "", "")
        for n, words in enumerate((asked, f"{asked}在外地出生的", "路灯不亮"))
    ]
    hotline.bring(audit=audit, seen=seen(rows))
    letter = written(title="新生儿怎样办理户口登记", words="要带哪些材料？苏东坡问").letter
    groups = reading.proposed(county.pk, audit=audit)
    assert len(groups) == 1
    assert {voice.number for voice in groups[0]} == {"H0", "H1", letter.number}
    assert all("苏东坡" not in voice.words for voice in groups[0])
    parts = [(voice.kind, voice.key) for voice in groups[0]]
    with pytest.raises(Refused, match="至少选择2件"):
        questions.confirm(audit=audit, organ=organ, title=asked, answer="请带出生医学证明。", parts=parts[:1])
    made = questions.confirm(audit=audit, organ=organ, title=asked, answer="请带出生医学证明。", parts=parts)
    item = Item.objects.get(pk=made.entry)
    assert item.origin == "register"
    assert "请带出生医学证明。" in newest_version(item).text
    assert reading.proposed(county.pk, audit=audit) == []
    assert [(known.parts, known.public) for known in reading.confirmed(county.pk)] == [(3, False)]
    with pytest.raises(Refused, match="已经归入另一个热点问题"):
        questions.confirm(audit=audit, organ=organ, title="再问", answer="再答", parts=parts)
    assert Question.objects.count() == 1
