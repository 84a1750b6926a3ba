"""What is published, in a browser: found, read, printed, narrowed, offered before an application; with and without scripts."""

from __future__ import annotations

import re

import pytest

from tests.browser import looking

pytestmark = pytest.mark.needs("browser")


def look_at(page) -> None:
    """Nothing sticks out, nothing is raw, axe objects to nothing, and nothing was kept from running (see conftest)."""
    looking.open_all(page)
    looking.look_at(page)
    assert not re.search(r"\{[{%#]|\bNone\b", page.locator("main").inner_text())


def first_policy(page) -> str:
    """Open the first document of the library; its title."""
    page.goto("/policies")
    link = page.locator(".hits h2 a").first
    title = link.inner_text()
    link.click()
    page.wait_for_url(re.compile("/items/"))
    return title


def test_from_the_library_to_paper_and_back_to_the_search(page):
    title = first_policy(page)
    address = page.url
    look_at(page)
    assert page.locator("h1").inner_text() == title
    assert (
        page.evaluate("JSON.parse(document.querySelector('script[type=\"application/ld+json\"]').textContent).name")
        == title
    )
    drawn = page.locator('img[alt="本页地址的二维码"]')
    assert drawn.evaluate("(image) => image.complete && image.naturalWidth > 50")
    page.get_by_label("查看某一天是否有效").fill("2001-01-01")
    page.get_by_role("button", name="查看", exact=True).click()
    assert "2001年1月1日" in page.locator("#life").inner_text()
    page.get_by_role("link", name="打印版").click()
    page.wait_for_selector(".sheet")
    look_at(page)
    assert address in page.locator("footer").inner_text()
    page.goto(f"/search?q={title[:6]}")
    look_at(page)
    assert page.locator(".hits mark").count() > 0
    before = int(re.search(r"\d+", page.locator(".tally").inner_text())[0])
    choice = page.locator("#narrow li a").first
    count = int(choice.locator(".count").inner_text())
    choice.click()
    page.wait_for_selector('#narrow a[aria-current="true"]')
    assert int(re.search(r"\d+", page.locator(".tally").inner_text())[0]) == count <= before
    page.goto("/search?q=绝无此事绝无此事")
    look_at(page)
    page.goto("/items/01890000-0000-7000-8000-000000000000")
    look_at(page)
    page.goto("/search")
    page.get_by_role("button", name="大字版").click()
    page.wait_for_selector("html.large")
    look_at(page)


def test_titles_are_suggested_while_one_types(wide_page):
    page = wide_page
    title = first_policy(page)
    page.goto("/search")
    box = page.locator("main input[type=search]")
    box.press_sequentially(title[:4])
    page.locator("#titles option").first.wait_for(state="attached")
    assert title[:4] in page.locator("#titles option").first.get_attribute("value")
    box.press("Enter")
    page.wait_for_url(re.compile(r"/search\?q="))
    assert page.locator(".hits li").count() > 0


def test_what_is_public_is_offered_before_an_application_without_scripts_too(plain_page):
    page = plain_page
    title = first_policy(page)
    page.goto("/apply")
    page.locator(".organs a").first.click()
    asked = f"申请公开{title}的全文"
    page.get_by_label("申请公开哪些信息").fill(asked)
    page.get_by_role("button", name="下一步").click()
    assert "可能已经公开" in page.locator("h1").inner_text()
    assert title in page.locator(".offers").inner_text()
    assert asked not in page.url
    page.get_by_role("button", name="修改所写的内容").click()
    assert page.get_by_label("申请公开哪些信息").input_value() == asked
    page.get_by_role("button", name="下一步").click()
    page.get_by_role("button", name="不是，继续填写申请").click()
    assert page.get_by_label("申请公开哪些信息").input_value() == asked
    page.goto("/apply")
    page.locator(".organs a").first.click()
    page.get_by_label("申请公开哪些信息").fill(asked)
    page.get_by_role("button", name="下一步").click()
    page.get_by_role("button", name="这就是我要的，不再申请").click()
    assert "没有提交申请" in page.locator("h1").inner_text()


def test_the_offer_has_no_violation(phone_page):
    page = phone_page
    title = first_policy(page)
    page.goto("/apply")
    page.locator(".organs a").first.click()
    page.get_by_label("申请公开哪些信息").fill(f"申请公开{title}的全文")
    page.get_by_role("button", name="下一步").click()
    page.wait_for_selector(".offers")
    look_at(page)
