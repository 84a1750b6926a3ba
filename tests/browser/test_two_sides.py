"""One application from both sides: the applicant on a phone, the office at its desk."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser import acting
from tests.browser.acting import PHONE, be, picture, window

pytestmark = pytest.mark.needs("browser")

REPLY = "政府信息公开申请答复书（予以公开）"


def test_one_application_from_both_sides(chromium, server):
    with window(chromium, server, PHONE) as applicant, window(chromium, server) as desk:
        asked = "申请公开2025年云岭县城区小学招生片区划分方案及调整依据。请提供电子版。"
        number, code = acting.apply_on_line(applicant, asked)
        picture(applicant, "a2-receipt")
        applicant.get_by_role("link", name="查看进度").click()
        expect(applicant.locator(".due .big")).to_have_text(re.compile(r"\d{4}年\d+月\d+日（星期.）"))
        due = applicant.locator(".due .big").inner_text()
        picture(applicant, "a3-follow")

        be(desk, "陈海")
        expect(desk.get_by_role("table")).to_contain_text("分办")
        acting.assign(desk, number, "王芳")

        be(desk, "王芳")
        picture(desk, "b1-waiting")
        acting.confirm(desk, number)
        expect(desk.locator(".clock")).to_contain_text(due)
        picture(desk, "b2-case")
        desk.get_by_role("link", name="拟写答复或者其他文书").click()
        desk.get_by_role("radio", name=re.compile("^予以公开")).first.check()
        desk.get_by_role("button", name="拟写答复").click()
        expect(desk.get_by_role("heading", level=1)).to_have_text(REPLY)
        desk.get_by_label("提供的信息").fill("《2025年云岭县城区小学招生片区划分方案》1份")
        desk.get_by_label(re.compile("^提供的形式")).fill("电子文件")
        desk.get_by_label(re.compile("^联系人")).fill("政府信息公开工作机构，0539-8880000")
        desk.get_by_role("button", name="保存", exact=True).click()
        acting.open_case(desk, number)
        acting.evidence(desk, "提供信息清单", words="招生片区划分方案，12页", form="电子文件")
        acting.evidence(desk, "公开审查记录", result="同意公开", words="不涉及国家秘密、商业秘密和个人隐私", by="王芳")
        acting.open_letter(desk, number, REPLY)
        acting.pass_on(desk, "送审", opinion="请审核")
        picture(desk, "b3-letter")

        be(desk, "李强")
        acting.open_letter(desk, number, REPLY)
        acting.pass_on(desk, "审核通过", opinion="依据充分，同意")
        be(desk, "陈海")
        acting.open_letter(desk, number, REPLY)
        acting.pass_on(desk, "批准", opinion="同意")
        acting.pass_on(desk, "签发并编号")
        letter_number = desk.locator(".paper-number").inner_text()
        assert re.search(r"〔\d{4}〕\d+号", letter_number)
        picture(desk, "b4-signed")

        be(desk, "王芳")
        acting.open_letter(desk, number, REPLY)
        acting.pass_on(desk, "登记用印")
        acting.pass_on(desk, "登记送出", manner="post", mail_number="XA123456789")
        expect(desk.locator(".log")).to_contain_text("XA123456789")
        acting.open_case(desk, number)
        expect(desk.locator("#story")).to_contain_text("答复")
        picture(desk, "b5-story", whole=True)

        acting.follow(applicant, number, code)
        expect(applicant.get_by_role("heading", level=1)).not_to_have_text("")
        expect(applicant.locator(".papers").first).to_contain_text(letter_number)
        with applicant.expect_download() as got:
            applicant.locator(".papers").first.get_by_role("link").first.click()
        assert got.value.path().stat().st_size > 5000
        picture(applicant, "a4-answered")
