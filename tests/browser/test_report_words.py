"""Two people write one part of a report at once; the second joins both, binds a number by a click, and reads it filled in."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.acting import ORGAN, PHONE, be, picture, window
from tests.browser.looking import look_at, open_all

pytestmark = pytest.mark.needs("browser")


def open_part(page, part: str) -> None:
    page.goto("/year/words?year=2025")
    page.get_by_role("link", name=f"{ORGAN}{part}").click()
    expect(page.get_by_role("heading", name=part, level=1)).to_be_visible()


def test_two_people_write_one_part_and_nothing_is_lost(chromium, server):
    with window(chromium, server) as clerk, window(chromium, server, PHONE) as head:
        be(clerk, "王芳")
        open_part(clerk, "六、其他需要报告的事项")
        before = clerk.get_by_label("文字").input_value()
        be(head, "陈海")
        open_part(head, "六、其他需要报告的事项")

        clerk.get_by_label("文字").fill(f"{before}\n承办的建议答复已在网上公开。")
        clerk.get_by_role("button", name="保存").click()
        expect(clerk.get_by_text("已保存为第")).to_be_visible()

        field = head.get_by_label("文字")
        field.fill(f"没有其他需要报告的事项。\n{before}")
        field.evaluate("(each) => each.setSelectionRange(0, 0)")
        head.get_by_role("button", name="写入：", exact=False).first.click()
        expect(field).to_have_value(
            head.locator("button[data-insert]").first.get_attribute("data-insert")
            + f"没有其他需要报告的事项。\n{before}"
        )
        open_all(head)
        look_at(head)
        head.get_by_role("button", name="保存").click()

        expect(head.get_by_role("heading", name="合并两稿")).to_be_visible()
        expect(head.get_by_text("王芳保存了第")).to_be_visible()
        proposed = head.get_by_label("合并以后").input_value()
        assert "承办的建议答复已在网上公开。" in proposed
        assert "没有其他需要报告的事项。" in proposed
        open_all(head)
        look_at(head)
        head.get_by_role("button", name="合并为一稿").click()
        expect(head.get_by_text("两稿已合并")).to_be_visible()
        open_all(head)
        look_at(head)

        open_part(clerk, "六、其他需要报告的事项")
        expect(clerk.get_by_text("没有其他需要报告的事项。").first).to_be_visible()
        open_part(clerk, "一、总体情况")
        expect(clerk.locator(".words.filled a.bound").first).to_be_visible()
        picture(clerk, "report-words")
        open_all(clerk)
        look_at(clerk)
        clerk.locator(".words.filled a.bound").nth(1).click()
        expect(clerk.locator("main h1")).to_be_visible()
        assert "/words" not in clerk.url
