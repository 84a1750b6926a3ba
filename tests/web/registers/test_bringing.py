"""Tables of the offices themselves: each line that cannot be taken is named with its cell; nothing arrives twice; broken files are refused."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from decimal import Decimal

import pytest
import xlsxwriter

from gongkai.web.audit.models import Entry
from gongkai.web.facts import Refused
from gongkai.web.registers.models import Bring, Row, Version
from gongkai.web.registers.selectors.counting import counted
from gongkai.web.registers.services.bringing import bring, look
from tests.web.registers.conftest import CELL, PENALTY

HEADS = [
    "决定日期",
    "处罚决定书文号",
    "违法行为*",
    "被处罚人",
    "被处罚人名称",
    "处罚种类和内容",
    "罚没金额（元）",
    "身份证号",
]
GOOD = [date(2026, 1, 6), "云市监罚〔2026〕11号", "无照经营", "自然人", "张三", "罚款", 20000, "110101199003074514"]


def book(*rows, heads=HEADS, above=()):
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "yyyy-mm-dd"}) as made:
        sheet = made.add_worksheet("一月")
        for line, row in enumerate([*above, heads, *rows]):
            for column, cell in enumerate(row):
                (sheet.write_datetime if isinstance(cell, date) else sheet.write)(line, column, cell)
    return out.getvalue()


def instead(**cells):
    return [cells.get(f"c{n}", cell) for n, cell in enumerate(GOOD)]


@pytest.fixture
def brought(audit, organ):
    def give(data, name="处罚.xlsx", register="penalties", **more):
        return bring(audit=audit, organ=organ, register=register, name=name, data=data, **more)

    return give


def looked(organ, data, name="处罚.xlsx", register="penalties"):
    return look(organ=organ, register=register, name=name, data=data)


def test_a_good_line_is_taken_with_yuan_as_ten_thousands_and_the_name_as_a_surname(audit, organ, brought):
    made, found = brought(book(GOOD, above=[["市场监管局处罚台账"], []]))
    assert (made.taken, made.known, made.refused) == (1, 0, 0)
    said = Version.objects.get().values
    assert (said["fine"], said["party"], said["entered_as"]) == ("2", "张某", "single")
    assert "110101199003074514" not in str(Version.objects.values())
    assert found.remarks == ("没有用到的列：身份证号。",)
    assert counted(audit.county, organ.pk, 2026, CELL).value == 1
    assert Entry.objects.filter(act="registers.bring").count() == 1


def test_every_line_that_cannot_be_taken_is_named_with_its_cell(organ, penalty):
    penalty()
    found = looked(
        organ,
        book(
            GOOD,
            instead(c0="2026年13月1日", c1="甲"),
            instead(c1="乙", c3="个体户"),
            instead(c1="丙", c6="两万元"),
            instead(c1="丁", c2=""),
            instead(c1=PENALTY["document_number"]),
            GOOD,
            ["合计"],
        ),
    )
    assert [(line.line, line.state, line.faults) for line in found.lines] == [
        (2, "new", []),
        (3, "refused", [("A3", "“决定日期”现为“2026年13月1日”，应为日期，如2026-3-1；没有这一天。")]),
        (4, "refused", [("D4", "“被处罚人”现为“个体户”，应为法人或其他组织、自然人之一。")]),
        (5, "refused", [("G5", "“罚没金额”现为“两万元”，应为不小于0的数，不带单位和其他文字。")]),
        (6, "refused", [("C6", "没有填写“违法行为”。")]),
        (7, "refused", [("", "已经登记过这一件（处罚决定书文号相同），内容不同，请在原来的一行上更正。")]),
        (8, "refused", [("", "与第2行的处罚决定书文号相同。")]),
    ]
    assert "第9行是合计，没有导入。" in found.remarks


def test_the_same_file_and_the_same_decision_arrive_once(brought):
    data = book(GOOD)
    brought(data)
    again, _ = brought(data)
    longer, _ = brought(book(GOOD, instead(c1="云市监罚〔2026〕12号")))
    assert [(made.taken, made.known) for made in (again, longer)] == [(0, 1), (1, 1)]
    assert Row.objects.count() == 2
    assert Bring.objects.count() == 3


def test_a_line_without_a_number_of_its_own_that_says_the_same_waits_for_a_person(audit, organ, brought):
    heads = ["月份", "收费项目", "收费金额（万元）"]
    first, second = book(["2025年3月", "检验费", 1.5], heads=heads), book(["2025-03", "检验费", 1.5], [], heads=heads)
    brought(first, register="charges")
    assert looked(organ, second, register="charges").count("alike") == 1
    assert brought(second, register="charges")[0].taken == 0
    assert brought(second, register="charges", alike_too=True)[0].taken == 1
    assert counted(audit.county, organ.pk, 2025, "proactive.charges.amount").value == Decimal(3)


@pytest.mark.parametrize(
    ("heads", "says"),
    [
        (["月份", "收费项目", "收费金额"], "没有写单位，请把表头写成“收费金额（万元）”或者“收费金额（元）”"),
        (["月份", "收费项目", "收费金额（美元）"], "没有写单位"),
        (["月份", "收费项目", "收费项目"], "有两列都是“收费项目”"),
        (["日期", "摘要", "备注"], "没有找到表头。表头至少应当有"),
    ],
)
def test_heads_that_leave_a_doubt_are_refused(organ, heads, says):
    with pytest.raises(Refused, match=says):
        looked(organ, book(["2025-03", "检验费", 1], heads=heads), register="charges")


def bomb():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("xl/workbook.xml", "<workbook/>")
        package.writestr("xl/worksheets/sheet1.xml", b"0" * 150_000_000)
    return out.getvalue()


@pytest.mark.parametrize(
    "data",
    [b"", b"PK\x03\x04broken", book(GOOD)[:600], bomb(), b"\x00\x01\x02" * 500, b"%PDF-1.4 nothing"],
    ids=["empty", "no package", "cut off", "bomb", "noise", "pdf"],
)
def test_a_broken_or_hostile_file_is_refused_in_a_sentence(organ, data):
    with pytest.raises(Refused) as refused:
        looked(organ, data)
    assert len(str(refused.value)) > 8
    assert not Row.objects.exists()


def test_pasted_rows_are_read_like_a_file(organ):
    text = "月份\t收费项目\t收费金额（元）\n2025年3月\t检验费\t15,000.50\n"
    found = looked(organ, text.encode(), name="", register="charges")
    assert [line.values["amount"] for line in found.lines] == ["1.50005"]
