"""The pages for systems in a browser: a token is shown once. How the pages look: test_every_page."""

from __future__ import annotations

import pytest

from tests.browser.looking import objections

pytestmark = pytest.mark.needs("browser")


def test_a_token_is_given_from_the_page_and_shown_once(page):
    page.goto("/clients")
    page.fill("#name", f"省平台{page.viewport_size['width']}")
    page.select_option("#organ", "county")
    page.get_by_role("button", name="登记").click()
    page.get_by_label("按编号查询办理状态").check()
    page.get_by_role("button", name="发放", exact=True).click()
    token = page.locator("code.secret").inner_text()
    assert token.startswith("gk_")
    assert not objections(page)
    page.goto(page.url.removesuffix("/tokens"))
    assert token not in page.content()
