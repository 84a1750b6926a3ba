"""The brief: one page however much there is to say, with its day, its moment and its scope."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pypdfium2
import pytest
from docx import Document

from gongkai.documents.sheets import sheet_docx, sheet_pdf
from gongkai.web.organs.models import Organ
from gongkai.web.overview.brief import LONGEST, brief, shortened
from gongkai.web.overview.selectors.glance import OrganLine, glance
from tests.mess.files import by_libreoffice
from tests.web.overview import made
from tests.web.overview.test_glance import TODAY, YEAR, ago

KNOWN = datetime(2025, 10, 15, 16, 30, tzinfo=ZoneInfo("Asia/Shanghai"))


def pages(data: bytes) -> tuple[int, str]:
    with pypdfium2.PdfDocument(data) as document:
        text = "".join(page.get_textpage().get_text_bounded() for page in document)
        assert [round(side) for side in document[0].get_size()] == [595, 842], "A4"
        return len(document), "".join(text.split())


@pytest.fixture
def usual(county, organs):
    made.cases(
        [(organs["education"], ago(60), ago(30), ago(40), False), (organs["water"], ago(40), ago(3), None, True)]
    )
    made.published(organs["education"], made.report(2023, {made.RECEIVED: 7}))
    return glance(county, None, YEAR, TODAY, None)


@pytest.fixture
def worst(usual):
    """Names as long as names may be, every organ late with everything, all kinds of outcomes, many years."""
    name = "云岭县" + "综合行政执法和安全生产监督管理" * 6 + "局"
    late = tuple(OrganLine(Organ(name=name).pk, name, 99_999, "99.9%", 1, 99_999, 99_999, 99_999) for _ in range(60))
    outcomes = tuple(replace(each, n=12_345, of=99_999) for each in usual.applications.outcomes)
    figures = replace(usual.applications, received=99_999, answered=99_999, outcomes=outcomes)
    point = replace(usual.trend[0], values=dict.fromkeys(usual.trend[0].values, (99999, 7)), of=60)
    return replace(usual, organ=Organ(name=name), organs=late, applications=figures, trend=(point,) * 6)


def test_the_brief_says_whose_figures_of_which_day_they_are(usual):
    number, text = pages(sheet_pdf(brief(usual, KNOWN)).data)
    assert number == 1
    assert "政府信息公开工作简报" in text
    assert "范围：全县（本县）" in text
    assert "期间：2025年1月1日至2025年10月15日数据截至2025年10月15日16:30系统中已登记的内容" in text
    assert "已到期应答复2件，其中按期答复1件，按期率50.0%（1/2）" in text
    assert "要督促的单位云岭县水务局（逾期申请1件）" in text
    words = "".join(
        cell.text for row in Document(io.BytesIO(sheet_docx(brief(usual, KNOWN)))).tables[0].rows for cell in row.cells
    )
    assert "按期率50.0%（1/2）" in words


@pytest.mark.needs("libreoffice")
def test_it_stays_one_page_in_both_formats_however_much_there_is_to_say(usual, worst):
    assert pages(sheet_pdf(brief(worst, KNOWN)).data)[0] == 1
    printed = by_libreoffice([sheet_docx(brief(each, KNOWN)) for each in (usual, worst)], "docx", "pdf")
    assert [pages(data)[0] for data in printed] == [1, 1]


@pytest.mark.parametrize("words", ["短句。", "，".join(["十个字的一小段话在这"] * 40), "无标点" * 100])
def test_what_does_not_fit_is_cut_where_a_part_ends_and_says_so(words):
    said = shortened(words)
    assert len(said) <= LONGEST
    assert said == words or said.endswith("……（其余见系统总览）")


def test_the_desk_gives_it_as_files(desk, organs):
    for form, begin in (("pdf", b"%PDF"), ("docx", b"PK")):
        answer = desk.get(f"/overview/brief.{form}?organ={organs['water'].pk}")
        assert answer.content.startswith(begin)
        assert answer.headers["Cache-Control"] == "private, no-store"
