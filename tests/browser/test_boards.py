"""The boards in a browser: by keyboard alone, on a phone and wide, without scripts, in large type, on paper, in the hall."""

from __future__ import annotations

import re

import pytest

from tests.browser import looking

pytestmark = pytest.mark.needs("browser")

ORGAN = "云岭县教育局"


def look_at(page) -> None:
    looking.open_all(page)
    looking.look_at(page)


def test_from_the_home_to_an_entry_of_an_organ_on_a_phone(phone_page):
    page = phone_page
    page.goto("/portal")
    look_at(page)
    page.locator("main").get_by_role("link", name="法定主动公开内容").click()
    page.locator("main").get_by_role("link", name="财政预算、决算信息").click()
    look_at(page)
    page.get_by_role("link", name="法定主动公开内容").first.click()
    page.locator("section[aria-labelledby=organs]").get_by_role("link", name=ORGAN).click()
    look_at(page)
    page.get_by_role("link", name="政府信息公开指南").click()
    assert "工作机构名称" in page.locator("main").inner_text()
    look_at(page)
    page.get_by_role("link", name="政府信息公开年报").click()
    look_at(page)
    page.get_by_role("link", name="法定主动公开内容").click()
    page.locator("ol.law a").first.click()
    page.locator("ul.entries a").first.click()
    page.wait_for_url(re.compile("/items/"))


def test_without_scripts_and_by_keyboard_the_boards_are_read(plain_page):
    page = plain_page
    page.goto("/boards")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent").startswith("政府信息公开指南")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/guide$"))
    page.get_by_role("button", name="大字版").click()
    assert page.evaluate("document.documentElement.className") == "large"
    assert page.url.endswith("/guide")
    page.goto("/statutory/all")
    page.get_by_role("link", name="较早的50条").click()
    assert page.locator("ul.entries li").count() > 0
    page.get_by_role("link", name="较新的50条").click()
    assert "before=" in page.url


def test_in_the_hall_every_page_leads_back_and_on_paper_only_the_words_stand(wide_page):
    page = wide_page
    page.goto("/terminal")
    look_at(page)
    page.get_by_role("link", name="年度报告").click()
    page.get_by_role("link", name="回到首页").click()
    page.wait_for_url(re.compile("/terminal$"))
    page.get_by_role("button", name="退出终端版").click()
    page.wait_for_url(re.compile("/portal$"))
    assert page.get_by_role("link", name="回到首页").count() == 0
    look_at(page)
    page.emulate_media(media="print")
    assert not page.locator("header.top").is_visible()
    assert page.locator("ul.entries").first.is_visible()
