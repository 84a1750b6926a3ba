"""The public side in a browser: on a phone, by keyboard alone, without scripts, and nothing that axe objects to."""

from __future__ import annotations

import re

import pytest

from tests.browser import looking
from tests.browser.acting import onward, unhurried

pytestmark = pytest.mark.needs("browser")

ORGAN = "云岭县教育局"
ASKED = "申请公开2025年义务教育学校招生片区划分方案"


def open_form(page) -> None:
    page.goto("/portal")
    page.locator("main").get_by_role("link", name="申请公开").click()
    page.get_by_label("按名称查找").fill("教育")
    page.get_by_role("button", name="查找").click()
    page.get_by_role("link", name=ORGAN).click()
    page.wait_for_url(re.compile("/apply/"))


def fill_in(page, number: str = "110101199003074514") -> None:
    page.get_by_label("申请公开哪些信息").fill(ASKED)
    onward(page)
    page.locator("#id_name").fill("李清照")
    page.locator("#id_identity").fill(number)
    page.locator("#id_phone").fill("13800001234")


def send(page) -> None:
    """Send the form; who is quicker than people answers the small question."""
    unhurried(page)
    page.locator("[data-send]").click()
    page.wait_for_load_state()
    asked = page.locator("label[for=id_reading]")
    if asked.count():
        organ, place = re.search("“(.+)”的第(\\d+)个字", asked.inner_text()).groups()
        page.locator("#id_reading").fill(organ[int(place) - 1])
        page.locator("[data-send]").click()
        page.wait_for_load_state()


def look_at(page) -> None:
    looking.open_all(page)
    looking.look_at(page)


def test_an_application_is_sent_from_a_phone_and_followed(phone_page):
    page = phone_page
    open_form(page)
    fill_in(page)
    page.reload()
    assert page.get_by_label("申请公开哪些信息").input_value() == ASKED, "the draft is kept in this browser"
    assert page.locator("#id_identity").input_value() == "", "the number of the paper never is"
    assert "110101" not in page.evaluate("JSON.stringify(localStorage)")
    fill_in(page)
    send(page)
    page.wait_for_url(re.compile("/follow/receipt"))
    assert page.evaluate("localStorage.length") == 0
    look_at(page)
    number, code = (each.inner_text() for each in page.locator(".big").all())
    page.get_by_role("link", name="查看进度").click()
    page.wait_for_url(re.compile("/follow/case"))
    assert "收到您的申请" in page.locator("main").inner_text()
    look_at(page)
    page.get_by_role("button", name="退出查询").click()
    page.goto("/follow")
    page.get_by_label("申请编号").fill(number)
    page.get_by_label("查询码").fill(code.lower())
    page.get_by_role("button", name="查询", exact=True).click()
    page.wait_for_url(re.compile("/follow/case"))
    page.get_by_text("投诉", exact=True).click()
    page.get_by_label("事实和理由").fill("没有按期答复")
    page.get_by_role("button", name="提交投诉").click()
    page.wait_for_url(re.compile("done=complaint"))
    assert "投诉已经登记" in page.locator("#said").inner_text()
    assert number not in page.url


def test_a_number_that_looks_wrong_is_hinted_at_before_it_is_sent(phone_page):
    page = phone_page
    open_form(page)
    fill_in(page, "110101199003074515")
    page.locator("#id_phone").focus()
    assert page.locator("#confirm").is_visible()
    page.locator("#id_identity_confirmed").check()
    send(page)
    page.wait_for_url(re.compile("/follow/receipt"))


def test_the_draft_is_cleared_on_request(phone_page):
    page = phone_page
    open_form(page)
    fill_in(page)
    page.locator(".send [data-draft-clear]").click()
    assert page.evaluate("localStorage.length") == 0
    assert page.get_by_label("申请公开哪些信息").input_value() == ""


def test_by_keyboard_alone(wide_page):
    page = wide_page
    open_form(page)
    page.get_by_label("申请公开哪些信息").focus()
    page.keyboard.type(ASKED)
    for words in ("下一步", "不是，继续填写申请"):
        if not page.get_by_role("button", name=words).count():
            continue
        for _ in range(30):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.textContent.trim()") == words:
                break
        with page.expect_navigation():
            page.keyboard.press("Enter")
    page.locator("#id_content").focus()
    for _ in range(60):
        page.keyboard.press("Tab")
        where = page.evaluate("document.activeElement.name || document.activeElement.textContent.trim()")
        typed = {"name": "李清照", "identity": "110101199003074514", "phone": "13800001234"}.get(where)
        if typed:
            page.keyboard.type(typed)
        assert where != "website", "the trap is not on the way"
        if where == "提交申请":
            break
    unhurried(page)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    asked = page.locator("label[for=id_reading]")
    if asked.count():
        organ, place = re.search("“(.+)”的第(\\d+)个字", asked.inner_text()).groups()
        page.locator("#id_reading").focus()
        page.keyboard.type(organ[int(place) - 1])
        with page.expect_navigation():
            page.keyboard.press("Enter")
    assert "/follow/receipt" in page.url


def test_without_scripts(plain_page):
    page = plain_page
    open_form(page)
    fill_in(page)
    send(page)
    page.wait_for_url(re.compile("/follow/receipt"))
    page.get_by_role("link", name="查看进度").click()
    assert "收到您的申请" in page.locator("main").inner_text()


PLACES = ("home", "organs", "ask", "unasked", "form", "errors", "privacy", "follow", "absent")


def go_to(page, place: str) -> None:
    """From the place before it in PLACES."""
    if place in ("home", "follow", "absent", "organs"):
        page.goto({"home": "/portal", "follow": "/follow", "absent": "/portal/nowhere"}.get(place, "/apply"))
    elif place == "ask":
        open_form(page)
    elif place == "unasked":
        page.get_by_role("button", name="下一步").click()
        page.wait_for_selector("#summary")
    elif place == "form":
        page.get_by_label("申请公开哪些信息").fill(ASKED)
        onward(page)
    elif place == "errors":
        page.locator("[data-send]").click()
        page.wait_for_selector("#summary")
    else:
        page.get_by_role("link", name="个人信息怎样处理").click()
        page.wait_for_url(re.compile("/privacy/"))


@pytest.mark.parametrize("large", [False, True], ids=["plain", "large"])
def test_no_page_on_the_way_has_a_violation(wide_page, large):
    page = wide_page
    if large:
        page.goto("/portal")
        page.get_by_role("button", name="大字版").click()
        page.wait_for_selector("html.large")
    for place in PLACES:
        go_to(page, place)
        assert page.locator("html.large").count() == large, place
        assert page.get_by_role("button", name="大字版").count() or large, place
        looking.open_all(page)
        looking.look_at_both(page)
        looking.resized(page, looking.DESK)
