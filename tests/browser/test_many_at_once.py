"""Reviewing several entries at once in a browser: what is ticked passes under one opinion, what cannot is named."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.looking import look_at

pytestmark = pytest.mark.needs("browser")


def send(page, opinion: str) -> None:
    page.get_by_label("审查意见").fill(opinion)
    page.get_by_role("button", name="通过勾选的条目").click()
    page.wait_for_load_state()


def test_three_are_ticked_two_pass_and_the_one_somebody_else_passed_is_named(page):
    page.goto("/entries/review")
    look_at(page)
    rows = page.locator("form.many").first.locator("tbody tr")
    assert rows.count() >= 3
    titles = [rows.nth(n).locator("th a").inner_text() for n in range(3)]
    boxes = [rows.nth(n).get_by_role("checkbox") for n in range(3)]
    for box in boxes:
        box.check()

    other = page.context.new_page()
    other.goto("/entries/review")
    other.locator("form.many").first.locator("tbody tr").nth(2).get_by_role("checkbox").check()
    send(other, "同意")
    expect(other.locator("main")).to_contain_text("已通过1件。")
    other.close()

    page.get_by_role("button", name="通过勾选的条目").click()
    assert page.get_by_label("审查意见").evaluate("(box) => box.validity.valueMissing"), "no opinion, nothing sent"
    send(page, "已逐件核对，同意")
    said = page.locator("main")
    expect(said).to_contain_text("已通过2件。")
    expect(said).to_contain_text(f"《{titles[2]}》没有通过：")
    look_at(page)

    page.goto("/entries/review")
    send(page, "同意")
    expect(said).to_contain_text("请先勾选要办理的条目")
    expect(said).not_to_contain_text("已通过")
