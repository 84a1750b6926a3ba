"""The leader looks at the county, prints one page, goes on to the years and to the peers; on a phone the rows keep their names."""

from __future__ import annotations

import io
import re

import pypdfium2
import pytest
from playwright.sync_api import expect

from tests.browser.acting import DESK, PHONE, be, picture, window
from tests.browser.looking import look_at, look_at_both, resized

pytestmark = pytest.mark.needs("browser")


def test_the_leader_looks_at_the_county_prints_it_and_goes_on_to_the_years(chromium, server):
    with window(chromium, server) as page:
        be(page, "孙志远")
        page.goto("/")
        page.get_by_role("link", name="总览", exact=True).first.click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("总览")
        expect(page.locator(".ov-say")).to_contain_text(re.compile(r"按期率[\d.]+%（\d+/\d+）"))
        assert page.locator("main a[href^='/cases']").count() == 0, "no list that is closed to a leader"
        picture(page, "o1-overview")
        with pypdfium2.PdfDocument(io.BytesIO(page.pdf(format="A4", prefer_css_page_size=True))) as printed:
            assert len(printed) == 1
            text = "".join(printed[0].get_textpage().get_text_bounded().split())
        assert "政府信息公开工作简报" in text
        assert "现在未答复" in text
        assert "简报（Word）" not in text
        with page.expect_download() as got:
            page.get_by_role("link", name="简报（PDF）").click()
        with pypdfium2.PdfDocument(got.value.path()) as brief:
            assert len(brief) == 1
        look_at_both(page)
        page.goto("/compare")
        look_at(page)
        expect(page.locator("table.series thead").first).to_contain_text("2019年")
        resized(page, DESK)
        picture(page, "o2-years")
        resized(page, PHONE)
        wide = page.locator("section .wide").first
        head = wide.locator("tbody th").first
        before = head.bounding_box()["x"]
        wide.evaluate("(each) => { each.scrollLeft = 200; }")
        assert head.bounding_box()["x"] == before, "the name stays where it is"
        page.get_by_role("link", name="与同类机关对照").click()
        look_at_both(page)
