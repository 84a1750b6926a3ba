"""Standard catalogues as offices keep them: a title, two rows of heads, merged cells, ticks; and what is refused."""

from __future__ import annotations

import io

import pytest
import xlsxwriter

from gongkai.readers.catalogues import read_catalogues
from gongkai.readers.errors import Unreadable

HEADS = ("序号", "公开事项", "", "公开内容（要素）", "公开依据", "公开时限", "公开主体", "公开渠道和载体",
         "公开对象", "", "公开方式", "", "公开层级", "")  # fmt: skip
SUBS = ("", "一级事项", "二级事项", "", "", "", "", "", "全社会", "特定群体", "主动", "依申请", "县级", "乡级")
LIMIT = "自信息形成或者变更之日起20个工作日内公开"


def book(rows, *, title="义务教育领域基层政务公开标准目录", merged=(), name="义务教育", heads=(HEADS, SUBS)):
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as made:
        sheet = made.add_worksheet(name)
        start = 0
        if title:
            sheet.merge_range(0, 0, 0, 13, title)
            start = 1
        for line, words in enumerate((*heads, *rows), start=start):
            for column, word in enumerate(words):
                if word:
                    sheet.write(line, column, word)
        if heads == (HEADS, SUBS):
            for column in (0, 3, 4, 5, 6, 7):
                sheet.merge_range(start, column, start + 1, column, HEADS[column])
            for first in (1, 8, 10, 12):
                sheet.merge_range(start, first, start, first + 1, HEADS[first])
        for first, column, last, word in merged:
            sheet.merge_range(first, column, last, column, word)
    return out.getvalue()


def row(number="1", first="政策文件", second="教育法规", content="法律、法规", limit=LIMIT, duty="县教育局"):
    return (number, first, second, content, "条例", limit, duty, "■政府网站", "√", "", "√", "", "√", "√")


def test_a_catalogue_with_merged_cells_is_read_line_by_line():
    rows = [row(), ("2", "", "", "规范性文件", "条例", "", "县教育局", "", "√", "", "", "√", "√", "")]
    merged = ((3, 1, 4, "政策文件"), (3, 2, 4, "教育法规"), (3, 5, 4, LIMIT))
    [table] = read_catalogues("目录.xlsx", book(rows, merged=merged))
    assert table.field == "education"
    assert not table.refused
    assert not table.remarks
    one, two = table.lines
    assert (one.item, one.content, one.limit, one.duty) == ("政策文件／教育法规", "法律、法规", LIMIT, "县教育局")
    assert (one.audience, one.manner, one.level) == ("全社会", "主动", "县级、乡级")
    assert (two.item, two.content, two.limit, two.manner, two.level) == (
        "政策文件／教育法规",
        "规范性文件",
        LIMIT,
        "依申请",
        "县级",
    )


def test_the_template_of_one_head_row_is_read():
    heads = ("序号", "一级事项", "二级事项", "公开内容（要素）", "公开依据", "公开时限", "公开主体", "公开渠道和载体",
             "公开对象", "公开方式", "公开层级")  # fmt: skip
    line = ("1", "招生管理", "入学政策", "招生范围", "条例", "每年", "县教育局", "网站", "全社会", "主动公开", "县级")
    [table] = read_catalogues("模板.xlsx", book([line], title="", heads=(heads,), name="Sheet1"))
    assert table.field == ""
    assert [(each.number, each.content, each.audience) for each in table.lines] == [("1", "招生范围", "全社会")]


@pytest.mark.parametrize(
    ("rows", "cell", "says", "kept"),
    (
        ([row(), row("2", content="")], "义务教育!D5", "没有公开内容", 1),
        ([row(first="", second="")], "义务教育!C4", "没有公开事项", 0),
        ([row(), row("9")], "义务教育!D5", "事项和要素相同", 1),
        ([row(content="长" * 2001)], "义务教育!D4", "超过2000字", 0),
    ),
)
def test_a_line_that_cannot_be_taken_names_its_cell(rows, cell, says, kept):
    [table] = read_catalogues("目录.xlsx", book(rows))
    assert len(table.lines) == kept
    [trouble] = table.refused
    assert trouble.cell == cell
    assert says in trouble.says


def test_what_is_not_written_is_remarked_and_taken():
    [table] = read_catalogues("目录.xlsx", book([row(limit="", duty="")]))
    assert len(table.lines) == 1
    assert {(each.cell, each.says) for each in table.remarks} == {
        ("义务教育!F4", "没有写明公开时限。"),
        ("义务教育!G4", "没有写明公开主体。"),
    }


def test_the_head_on_every_page_and_blank_lines_are_passed_over():
    again = ("序号", "一级事项", "二级事项", "公开内容（要素）", "公开依据", "公开时限", "公开主体")
    [table] = read_catalogues("目录.xlsx", book([row(), ("",) * 3, again, row("2", content="规划")]))
    assert [line.content for line in table.lines] == ["法律、法规", "规划"]
    assert not table.refused


@pytest.mark.parametrize(
    "data", (b"", b"PK\x03\x04broken", "没有表格".encode(), book([], title="", heads=(("甲", "乙"),)))
)
def test_what_is_no_catalogue_is_refused_in_words(data):
    with pytest.raises(Unreadable) as refused:
        read_catalogues("目录.xlsx", data)
    assert refused.value.to_json()["message"]
