"""The registers beside the case in a real browser: a letter becomes a case. How its pages look: test_every_page."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.needs("browser")


def test_a_letter_signed_for_becomes_an_application_of_that_day(page, width):
    number = f"XB{width}CN".upper()
    page.goto("/mail")
    page.get_by_label("邮件号").fill(number)
    page.get_by_label("寄件人").fill("王安石")
    page.get_by_label("签收日期").fill("2026-01-05")
    page.get_by_label("在哪里收到").select_option(label="门卫")
    page.get_by_role("button", name="登记", exact=True).click()
    row = page.get_by_role("row").filter(has_text=number)
    expect(row).to_contain_text(re.compile("已签收未登记[0-9]+个工作日"))
    row.get_by_role("link", name="登记为申请").click()
    expect(page.get_by_label("收到日期")).to_have_value("2026-01-05")
    expect(page.get_by_label("姓名或者名称")).to_have_value("王安石")
    page.get_by_label("申请人类型").select_option(index=1)
    page.get_by_label("申请内容").fill(f"申请公开云岭县2025年农村饮水工程的验收报告（{width}）")
    page.get_by_role("button", name="登记", exact=True).click()
    page.wait_for_url(re.compile("/receipt"))
    expect(page.get_by_role("main")).to_contain_text("2026年1月5日")
    page.goto("/mail")
    expect(page.get_by_role("row").filter(has_text=number)).to_contain_text("已登记为申请")


def test_a_dispute_is_registered_with_its_day_and_moved_on(wide_page):
    wide_page.goto("/disputes/new")
    wide_page.get_by_label("种类").select_option("direct_litigation")
    wide_page.get_by_label("复议机关或者法院").fill("云岭县人民法院")
    wide_page.get_by_label("案号").fill("（2026）鲁0199行初7号")
    wide_page.get_by_label("收到日期").fill("2026-03-02")
    wide_page.get_by_role("button", name="登记", exact=True).click()
    expect(wide_page.get_by_role("complementary")).to_contain_text("2026年3月17日")
    wide_page.get_by_label("发生了什么").select_option("lesson")
    wide_page.get_by_label("说明").fill("漏写了救济途径")
    wide_page.get_by_role("button", name="登记", exact=True).click()
    expect(wide_page.get_by_role("main")).to_contain_text("漏写了救济途径")


def test_a_register_on_paper_is_its_table_alone(wide_page):
    wide_page.goto("/registers")
    wide_page.emulate_media(media="print")
    assert wide_page.locator("table.book").is_visible()
    assert not wide_page.locator("nav.parted").is_visible()
    assert not wide_page.locator("header.top").is_visible()
    assert not wide_page.locator("form:visible").count()


def test_the_figures_are_there_without_scripts(plain_page):
    plain_page.goto("/figures")
    assert plain_page.get_by_role("img").count() == 3
    plain_page.get_by_label("时段").select_option("q1")
    plain_page.get_by_role("button", name="查看").click()
    expect(plain_page.get_by_role("heading", level=1)).to_contain_text("第一季度")
