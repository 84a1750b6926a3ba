"""A walk carried into the desk, a hit assigned, answered by the organ's clerk, closed by the next walk: in a browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser import looking
from tests.browser.acting import ORGAN, PHONE, be, window
from tests.patrol.made import hit, result_of, there

pytestmark = pytest.mark.needs("browser")
HIT = hit("template_residue", "/nobody/x.html", words="测试标题")


def fits(page) -> None:
    looking.open_all(page)
    looking.look_at(page)


def bring_in(page, data: bytes) -> None:
    page.goto("/patrol/walks")
    page.set_input_files("#w-result", {"name": "十一月.jsonl", "mimeType": "application/jsonl", "buffer": data})
    page.get_by_role("button", name="导入", exact=True).click()


def test_a_hit_goes_to_an_organ_and_is_closed_by_the_next_walk(chromium, server):
    with window(chromium, server, PHONE) as page:
        be(page, "何静")
        bring_in(page, b"no result")
        expect(page.get_by_role("alert")).to_contain_text("不是巡查的结果文件")
        bring_in(page, result_of([HIT], days_ago=1))
        expect(page.get_by_text("新发现1处").first).to_be_visible()
        fits(page)
        page.get_by_role("region", name="新发现的问题").get_by_role("link", name="模板残留").click()
        fits(page)
        page.get_by_label("办理的单位").select_option(label=ORGAN)
        page.get_by_role("button", name="分办").click()
        expect(page.get_by_text(f"分办给{ORGAN}")).to_be_visible()
        address = page.url

        be(page, "王芳")
        page.goto("/")
        page.get_by_role("link", name="网站巡查：模板残留").first.click()
        page.goto(address)
        page.get_by_label("处理情况").fill("已撤下测试页面。")
        page.get_by_role("button", name="反馈").click()
        expect(page.get_by_text("等下一次巡查或者由人复查")).to_be_visible()
        fits(page)

        be(page, "何静")
        bring_in(page, result_of([], pages=[there("/nobody/x.html", status=404)]))
        expect(page.get_by_role("heading", name="已没有（1）")).to_be_visible()
        page.goto(address)
        expect(page.get_by_text("巡查：已没有")).to_be_visible()
