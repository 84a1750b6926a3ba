"""The county's table in a real browser: down to a record, a quarter on paper, and the city's workbook without scripts."""

from __future__ import annotations

import io
import re

import openpyxl
import pytest
from playwright.sync_api import expect

from tests.documents.test_template import city_book

pytestmark = pytest.mark.needs("browser")


def test_the_county_opens_down_to_a_record_and_goes_into_the_citys_workbook(plain_page, tmp_path):
    page = plain_page
    page.goto("/collection?year=2025")
    expect(page.get_by_role("heading", level=1)).to_contain_text("2025年度汇总")
    page.get_by_role("link", name=re.compile("^一、本年新收政府信息公开申请数量·总计")).click()
    whole = int(page.locator(".year-figure b").inner_text())
    assert whole == sum(int(each) for each in page.locator(".collect-parts td.fig:nth-child(2)").all_inner_texts())
    row = page.locator(".collect-parts tbody tr").filter(has_text="系统内的登记").first
    own = int(row.locator("td.fig").first.inner_text())
    row.get_by_role("link", name="系统内的登记").click()
    expect(page.locator(".year-members li")).to_have_count(own)

    book = tmp_path / "市汇总表.xlsx"
    book.write_bytes(city_book())
    page.goto("/collection/templates")
    page.get_by_label("名称").fill("市年报汇总表")
    page.get_by_label("文件").set_input_files(book)
    page.get_by_role("button", name="上传").click()
    page.get_by_role("link", name="B4", exact=True).click()
    page.get_by_label("填什么").select_option("applications.received.total")
    page.get_by_role("button", name="指定", exact=True).click()
    expect(page.locator("td.placed")).to_have_count(1)
    with page.expect_download() as got:
        page.get_by_role("link", name="2025年度").click()
    filled = openpyxl.load_workbook(io.BytesIO(got.value.path().read_bytes()))["汇总表"]
    assert (filled["B4"].value, filled["D4"].value) == (whole, "=SUM(B4:C4)")

    page.goto("/collection/periods?of=2025-quarter-4")
    expect(page.get_by_role("heading", level=1)).to_contain_text("2025年第四季度")
    page.emulate_media(media="print")
    assert not page.get_by_role("button", name="统计").is_visible()
    assert page.locator("table.period").first.is_visible()
