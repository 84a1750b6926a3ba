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
        letter = applicant.locator(".papers").first.get_by_role("link").first.get_attribute("href")
        got = applicant.request.get(letter)
        assert got.body().startswith(b"%PDF")
        assert "attachment" in got.headers["content-disposition"]
        picture(applicant, "a4-answered")


def test_a_supplement_asked_for_is_given_on_line_and_the_days_begin_anew(chromium, server):
    with window(chromium, server, PHONE) as applicant, window(chromium, server) as desk:
        number, code = acting.apply_on_line(applicant, "申请公开有关学校的文件")
        be(desk, "陈海")
        acting.assign(desk, number, "王芳")
        be(desk, "王芳")
        acting.open_case(desk, number)
        act = desk.locator("details.act").filter(has=desk.locator("summary", has_text=re.compile("^告知补正$")))
        act.locator("summary").first.click()
        act.locator("[name=until]").fill("2027-03-01")
        act.locator("[name=reason]").fill("请写明是哪一所学校、哪一类文件")
        act.get_by_role("button", name="登记", exact=True).click()
        expect(desk.locator(".tag-state")).to_have_text("待补正")

        acting.follow(applicant, number, code)
        expect(applicant.locator("#supplement")).to_contain_text("2027年3月1日")
        applicant.get_by_label("补正的内容").fill("石桥镇中心小学2025年校舍维修的批复")
        applicant.get_by_role("button", name="提交补正").click()
        applicant.wait_for_url(re.compile("done=supplement"))
        expect(applicant.locator(".due .big")).to_have_text(re.compile(r"\d+月\d+日（星期.）"))
        due = applicant.locator(".due .big").inner_text()

        acting.open_case(desk, number)
        expect(desk.locator(".clock .due")).to_have_text(due)
        expect(desk.locator(".clock .steps")).to_contain_text("补正")
        expect(desk.locator("#story")).to_contain_text("石桥镇中心小学")


def test_a_third_party_is_asked_and_the_days_stand_still(chromium, server):
    with window(chromium, server) as desk:
        be(desk, "王芳")
        register(desk, "申请公开云岭县实验小学食堂承包合同", "李清照")
        number = desk.locator(".crumb").inner_text().split("›")[1].strip()
        desk.locator("details.act > summary", has_text="征求第三方意见").click()
        desk.locator("details.act[open]").get_by_role("link", name="办理").click()
        desk.get_by_label("第三方的姓名或者名称").fill("云岭县佳味餐饮有限公司")
        desk.get_by_label("联系方式、地址").fill("云岭县青年路9号")
        desk.get_by_label("涉及哪些政府信息").fill("食堂承包合同中的价款和人员名单")
        desk.get_by_role("button", name="拟写文书").click()
        letter = desk.get_by_role("heading", level=1).inner_text()
        missing = desk.locator(".keyed .lack").all()
        for field in missing:
            box = field.locator("input, textarea")
            box.fill("2027-02-01" if box.get_attribute("type") == "date" else "政府信息公开工作机构，0539-8880000")
        desk.get_by_role("button", name="保存", exact=True).click()
        acting.pass_on(desk, "送审")
        for who, steps in (("李强", ("审核通过",)), ("陈海", ("批准", "签发并编号")), ("王芳", ("登记用印",))):
            be(desk, who)
            acting.open_letter(desk, number, letter)
            for step in steps:
                acting.pass_on(desk, step)
        acting.pass_on(desk, "登记送出", manner="post", mail_number="XA987654321")
        acting.open_case(desk, number)
        expect(desk.locator(".clock .due")).to_have_class(re.compile("paused"))
        expect(desk.locator(".tag-state")).to_have_text("征求意见中")
        assert "佳味餐饮" not in desk.locator("#story").inner_text()


def register(page, asked: str, name: str) -> None:
    """Key in what came over the counter, and open its case."""
    page.goto("/cases/new")
    page.get_by_label("提交方式").select_option(label="当面提交")
    page.get_by_label("申请人类型").select_option(label="自然人")
    page.get_by_label("姓名或者名称").fill(name)
    page.get_by_label("申请内容").fill(asked)
    page.get_by_role("button", name="登记", exact=True).click()
    page.wait_for_url(re.compile("/receipt"))
    page.get_by_role("link", name="办理这件申请").click()
