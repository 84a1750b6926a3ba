"""The pages for systems, packages and platforms' files, at both widths: axe finds nothing, nothing sticks out."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.needs("browser")


@pytest.mark.parametrize("url", ["/clients", "/packages", "/packages/keys", "/cases/platform", "/api/"])
def test_a_page_is_sound(page, url):
    page.goto(url)
    assert [found["id"] for found in Axe().run(page).response["violations"]] == []
    assert not page.evaluate("document.documentElement.scrollWidth > window.innerWidth")


def test_a_token_is_given_from_the_page_and_shown_once(page):
    page.goto("/clients")
    page.fill("#name", f"省平台{page.viewport_size['width']}")
    page.select_option("#organ", "county")
    page.get_by_role("button", name="登记").click()
    page.get_by_label("按编号查询办理状态").check()
    page.get_by_role("button", name="发放", exact=True).click()
    token = page.locator("code.secret").inner_text()
    assert token.startswith("gk_")
    assert Axe().run(page).response["violations"] == []
    page.goto(page.url.removesuffix("/tokens"))
    assert token not in page.content()
