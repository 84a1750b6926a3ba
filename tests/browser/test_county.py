"""The county's table in a real browser: down to a record, a quarter on paper, the city's workbook; and January's room."""

from __future__ import annotations

import io
import re
from datetime import datetime
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from playwright.sync_api import expect

from tests.browser.acting import picture
from tests.documents.test_template import city_book

pytestmark = pytest.mark.needs("browser")


def test_the_county_opens_down_to_a_record_and_goes_into_the_citys_workbook(plain_page, tmp_path):
    page = plain_page
    page.goto("/collection?year=2025")
    expect(page.get_by_role("heading", level=1)).to_contain_text("2025年度汇总")
    picture(page, "c1-county")
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


def test_the_tables_of_the_form_fit_a_phone_and_name_their_figures(page):
    page.goto("/collection?year=2025")
    tables = page.locator("table.official")
    assert tables.count() == 3
    for table in tables.all():
        assert table.evaluate("of => of.parentElement.scrollWidth <= of.parentElement.clientWidth")
    head = page.locator(".o3 th.l-row", has_text="1.属于国家秘密")
    assert head.evaluate("of => getComputedStyle(of).writingMode") == "horizontal-tb"
    shown = page.locator('.o4 td[data-label="行政复议·结果维持"]')
    said = shown.evaluate("of => getComputedStyle(of, '::before').content")
    assert (said == '"行政复议·结果维持"') == (page.viewport_size["width"] < 576)


def test_the_countys_published_report_opens_down_to_an_organs_records(plain_page):
    page = plain_page
    page.goto("/year/issue?year=2024")
    page.get_by_role("link", name="云岭县人民政府（全县汇总）").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("2024年度报告（全县汇总）")
    page.get_by_role("link", name="打开第1版").click()
    version = page.url
    figure = page.locator('.issue-paper a[href$="applications.received.total"]')
    whole = int(figure.inner_text())
    figure.click()
    parts = page.locator("table.rows tbody tr")
    assert whole == sum(int(each) for each in parts.locator("td:nth-child(2)").all_inner_texts())
    row = parts.filter(has_text="云岭县民政局")
    own = row.locator("td.num").first.inner_text()
    row.get_by_role("link").click()
    expect(page.locator("main")).to_contain_text(f"这一格后面有{own}条记录")
    expect(page.locator("main")).to_contain_text("与定稿时的校验值一致")
    page.goto(version)
    page.get_by_role("link", name="看门户上的页面").click()
    expect(page.locator("main")).to_contain_text("统计范围：本报告的数据为全县汇总，计入")


def test_the_county_reminds_and_drafts_notices_without_scripts(plain_page):
    year = datetime.now(ZoneInfo("Asia/Shanghai")).year
    page, room = plain_page, f"/collection/january?year={year}"
    page.goto(room)
    said = page.locator(".jan-filters p").nth(1).locator("a b").all_inner_texts()
    every = int(page.locator(".jan-filters a b").first.inner_text())
    assert sum(int(each) for each in said) == every == page.locator(".jan-rows tbody tr").count()
    picture(page, "c2-january")
    page.get_by_role("link", name="写提醒").click()
    words = page.get_by_label("群里发的文字").input_value()
    assert "第四十九条第一款" in words
    assert not page.get_by_role("button", name="复制").first.is_visible()
    page.get_by_text("点一下就全选").first.click()
    assert page.locator("pre.select-all").first.inner_text().split() == words.split()
    page.get_by_role("button", name="已发出").first.click()
    expect(page.get_by_text("已记下：提醒了")).to_be_visible()

    page.goto(room)
    expect(page.locator(".jan-rows").get_by_text("提醒").first).to_be_visible()
    page.locator('.jan-rows input[name="organ"]').first.check()
    page.get_by_role("button", name="就选中的单位起草通知").click()
    page.get_by_role("button", name="生成草稿").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("督办通知")
    expect(page.locator(".letter-shown")).to_contain_text("尚未报送")
