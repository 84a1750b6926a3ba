"""An assessment by role: a clerk fills the sheet on a phone and takes the package, the office opens a round, others see nothing."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from tests.browser import looking
from tests.browser.acting import DESK, ORGAN, PHONE, be, picture, window

RANKED = f"{datetime.now(ZoneInfo('Asia/Shanghai')).year - 1}年度政府信息公开工作考核"

pytestmark = pytest.mark.needs("browser")


def fits(page) -> None:
    looking.open_all(page)
    looking.look_at(page)


def test_a_sheet_is_filled_on_a_phone_and_shown_to_nobody_else(chromium, server):
    with window(chromium, server, PHONE) as page:
        be(page, "王芳")
        page.goto("/assessment")
        page.get_by_role("link", name="（至", exact=False).first.click()
        expect(page.get_by_role("heading", name=ORGAN)).to_be_visible()
        expect(page.get_by_text("看不到不等于没有")).to_be_visible()
        address = page.url
        fits(page)
        page.get_by_role("link", name="组织培训").click()
        page.get_by_label("或者直接评定得分").fill("9")
        page.get_by_role("button", name="保存").click()
        expect(page.get_by_role("alert")).to_contain_text("应在0至3之间")
        expect(page.get_by_label("或者直接评定得分")).to_have_value("9")
        page.get_by_label("或者直接评定得分").fill("2.5")
        page.get_by_role("button", name="保存").click()
        expect(page.get_by_text("已保存。")).to_be_visible()
        page.set_input_files("#p-file", {"name": "签到表.txt", "mimeType": "text/plain", "buffer": "签到".encode()})
        page.get_by_role("button", name="上传").click()
        expect(page.get_by_role("link", name="签到表.txt")).to_be_visible()
        fits(page)
        page.goto(address)
        with page.expect_download() as taken:
            page.get_by_role("link", name="下载佐证材料包").click()
        assert taken.value.suggested_filename == f"{ORGAN}佐证材料.zip"

        be(page, "黄莉")
        assert page.goto(address).status == 403
        page.goto("/assessment")
        page.get_by_role("link", name=RANKED).last.click()
        expect(page.get_by_role("heading", name="排名")).to_be_visible()

        be(page, "何静")
        page.goto(address)
        expect(page.get_by_role("heading", name=ORGAN)).to_be_visible()
        looking.resized(page, DESK)
        picture(page, "s3-assessment")
        looking.resized(page, PHONE)
        expect(page.get_by_role("button", name="提交自评")).to_have_count(0)
        page.goto("/assessment/schemes/starting")
        page.get_by_text("修改方案").click()
        page.get_by_label("方案的文本").fill('key = "starting"\ntitle = "方案"\nfull = 0')
        page.get_by_role("button", name="检查并保存为新的一版").click()
        expect(page.get_by_role("alert")).to_contain_text("方案的满分不能是0")
        fits(page)
