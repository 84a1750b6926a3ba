"""年度报告从编好到公布：承办人答复存疑并送签，负责人签发，定稿，公布；定稿后登记有更正的，马上有提示。"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.acting import ORGAN, PHONE, be, picture, window
from tests.browser.conftest import serving

pytestmark = pytest.mark.needs("browser")


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A desk of its own: what is published here is from then on the report of the organ that counts."""
    with serving(tmp_path_factory.mktemp("issuing")) as url:
        yield url


def test_a_report_goes_from_compiled_to_published(chromium, server):
    with window(chromium, server) as page:
        be(page, "王芳")
        page.goto("/year?year=2025")
        page.get_by_role("link", name=ORGAN).first.click()
        page.get_by_role("link", name="2025", exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_contain_text(f"{ORGAN}2025年度")
        picture(page, "y0-tables")
        page.goto("/year/issue?year=2025")
        page.get_by_role("link", name=ORGAN).click()
        expect(page.get_by_text("还不能送签")).to_be_visible()
        picture(page, "y1-check", whole=True)
        while page.get_by_placeholder("理由，例如").count():
            page.get_by_placeholder("理由，例如").first.fill("已与经办科室核实，报告中已作说明")
            page.get_by_role("button", name="答复", exact=True).first.click()
        page.get_by_role("button", name="送签", exact=True).click()
        expect(page.get_by_role("status")).to_contain_text("第1稿已送签")
        draft = page.url
        assert page.get_by_role("button", name="签发", exact=True).count() == 0
        be(page, "陈海")
        expect(page.locator(".yearly-waits")).to_contain_text("1份年度报告等您签发")
        page.goto(draft)
        page.get_by_label("意见").fill("同意")
        page.get_by_role("button", name="签发", exact=True).click()
        expect(page.get_by_role("status")).to_contain_text("已签发，可以定稿")
        be(page, "王芳")
        page.goto(draft)
        page.get_by_role("button", name="定稿", exact=True).click()
        expect(page.get_by_text("没有变动：现在编制出来的与这一版完全一致。")).to_be_visible()
        picture(page, "y2-version", whole=True)
        version = page.url
        be(page, "陈海")
        page.goto(version)
        page.get_by_role("button", name="在门户公布").click()
        expect(page.get_by_role("status")).to_contain_text("已在门户公布")
        page.get_by_role("link", name="看门户上的页面").click()
        expect(page.get_by_role("link", name="OFD文件")).to_be_visible()
        expect(page.locator("main")).to_contain_text("存在的主要问题及改进情况")
        page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
        for at in (version, draft, re.sub(r"/versions/.*", "", version)):
            page.goto(at)
            assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0], at
