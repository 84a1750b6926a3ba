"""Looking through a file in a browser, at both widths, with scripts and without."""

from __future__ import annotations

import pytest

from tests.browser.looking import look_at
from tests.readers.precheck.books import book, hidden_sheet
from tests.readers.precheck.files import IDENTITY, in_comment

pytestmark = pytest.mark.needs("browser")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def look(page, name: str, kind: str, data: bytes) -> None:
    page.goto("/precheck")
    page.set_input_files("#file", {"name": name, "mimeType": kind, "buffer": data})
    page.get_by_role("button", name="检查文件").click()


def test_a_workbook_is_looked_through(page):
    cells: dict[str, object] = {"A1": "姓名", "B1": "身份证号", "C1": "家庭住址"}
    for row in range(2, 12):
        cells |= {f"A{row}": "张三", f"B{row}": IDENTITY, f"C{row}": f"石桥镇河边村{row}组{row}号"}
    look(
        page,
        "云岭县二〇二六年第一季度临时救助对象名单公示附件（定稿）.xlsx",
        XLSX,
        book(cells, hidden_sheet("veryHidden")),
    )
    assert page.get_by_text("这一栏共有10处").count() == 2
    assert page.get_by_text("深度隐藏").is_visible()
    assert IDENTITY not in page.content()
    look_at(page)
    page.get_by_text("还有9处").first.click()
    assert page.get_by_text("工作表“名单”B11").first.is_visible()
    look_at(page)


def test_a_text_and_a_refusal(page):
    page.goto("/precheck")
    look_at(page)
    page.get_by_label("把要公开的文字粘贴到这里").fill(f"县政府惯彻落实，联系人13800001234，身份证{IDENTITY}")
    page.get_by_role("button", name="检查文字").click()
    assert page.get_by_text("疑为“贯彻”之误").is_visible()
    look_at(page)
    look(page, "名单.zip", "application/zip", b"PK\x05\x06" + bytes(18))
    assert "请解压后逐个检查" in page.get_by_role("alert").inner_text()
    look_at(page)


def test_it_works_without_scripts(plain_page):
    look(plain_page, "通知.docx", DOCX, in_comment("请再核"))
    assert plain_page.get_by_text("文件中有李＊＊的批注。").is_visible()
