"""The public's appraisal on a phone without scripts, in large type too; and its result, at the desk and for everybody."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.acting import PHONE, be, picture, window
from tests.browser.looking import DESK, look_at_both, resized

pytestmark = pytest.mark.needs("browser")

ORGAN = "云岭县教育局"


def test_a_sheet_is_answered_on_a_phone_without_scripts(chromium, server):
    with window(chromium, server, PHONE, scripts=False) as citizen:
        citizen.goto("/letters")
        citizen.get_by_role("link", name="参加社会评议、查看评议结果").click()
        citizen.locator("section", has_text="正在评议").get_by_role("link").first.click()
        citizen.get_by_role("link", name=ORGAN, exact=True).click()
        picture(citizen, "p1-questionnaire", whole=True)
        citizen.get_by_role("button", name="大字版").click()
        citizen.get_by_role("button", name="提交问卷").click()
        expect(citizen.locator(".summary")).to_contain_text("第3题：请回答这一题。")
        citizen.get_by_role("group", name=re.compile("从哪里了解")).get_by_label("政府网站").check()
        for question in ("及时程度", "内容"):
            citizen.get_by_role("group", name=re.compile(question)).get_by_label("基本满意").check()
        citizen.get_by_label(re.compile("意见和建议")).fill("字再大一些。")
        citizen.get_by_role("button", name="提交问卷").click()
        if citizen.locator("#id_reading").count():  # a script is faster than anyone fills in a form
            asked = re.search(r"“(.+?)”的第(\d+)个字", citizen.locator("label[for=id_reading]").inner_text())
            assert asked is not None
            citizen.locator("#id_reading").fill(asked[1][int(asked[2]) - 1])
            citizen.get_by_role("button", name="提交问卷").click()
        expect(citizen.get_by_role("heading", level=1)).to_have_text("问卷已经收到，谢谢")


def test_the_published_result_is_read_by_everybody_and_stands_at_the_desk(chromium, server):
    with window(chromium, server) as page:
        page.goto("/appraisals")
        page.locator("section", has_text="公布的结果").get_by_role("link").first.click()
        expect(page.locator("main")).to_contain_text(re.compile(r"收到\d+份，计入\d+份，剔除\d+份。"))
        look_at_both(page)
        page.get_by_role("link", name=ORGAN, exact=True).click()
        expect(page.get_by_role("heading", name=f"{ORGAN}的结果")).to_be_visible()
        be(page, "何静")
        page.goto("/appraisal")
        page.get_by_role("link", name=re.compile("满意度问卷")).click()
        resized(page, DESK)
        picture(page, "p2-appraisal")
        page.get_by_role("link", name="核对异常答卷").click()
        expect(page.locator("main")).to_contain_text("已剔除：短时间内集中提交")
        look_at_both(page)
