"""Each role before the demonstration: what waits for it, what it may do, and what it never sees."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.acting import PHONE, be, window

pytestmark = pytest.mark.needs("browser")

LEDGER = """登记编号\t申请人\t申请人类型\t申请渠道\t收到日期\t申请内容\t答复日期\t处理决定
{0}-1\t赵一\t公民\t当面\t2026-09-01\t{0}小学运动场改造的验收材料\t\t
{0}-2\t钱二\t公民\t信函\t2026-08-10\t{0}中学食堂招标文件\t2026-08-28\t予以公开
{0}-3\t孙三\t公民\t网络\t2026-13-45\t{0}幼儿园收费标准\t\t
"""


@pytest.mark.parametrize("size", [(1280, 800), PHONE], ids=["desk", "phone"])
def test_a_ledger_pasted_shows_what_is_due_and_is_taken_in(chromium, server, size):
    word = "柳树" if size == PHONE else "青禾"
    with window(chromium, server, size) as page:
        be(page, "王芳")
        page.goto("/cases/ledger")
        page.locator("#text").fill(LEDGER.format(word))
        page.locator("form", has=page.locator("#text")).get_by_role("button", name="看看哪些快到期").click()
        expect(page.get_by_role("region", name="台账各行的期限")).to_contain_text(f"{word}小学运动场")
        expect(page.get_by_text("以下各行有疑问，不会导入")).to_be_visible()
        page.get_by_role("button", name=re.compile("导入")).click()
        expect(page.get_by_role("status")).to_be_visible()
        page.goto("/cases?group=all")
        page.get_by_label("编号或者事项").fill(f"{word}小学运动场")
        page.get_by_role("button", name="筛选").click()
        expect(page.locator("table.cases")).to_contain_text(f"{word}小学运动场")


def test_a_letter_signed_for_alarms_the_clerk_until_it_is_registered(chromium, server):
    with window(chromium, server, PHONE) as page:
        be(page, "林晓")
        page.get_by_text("菜单", exact=True).click()
        expect(page.get_by_role("navigation", name="主导航")).to_contain_text("收发与登记簿")
        page.goto("/mail")
        page.get_by_label("邮件号").fill("XA777000111")
        page.get_by_label("签收日期").fill("2026-03-02")
        page.get_by_role("button", name="登记", exact=True).click()
        expect(page.get_by_role("row").filter(has_text="XA777000111")).to_contain_text("已签收未登记")
        be(page, "王芳")
        page.goto("/mail")
        page.get_by_role("row").filter(has_text="XA777000111").get_by_role("link", name="登记为申请").click()
        expect(page.get_by_label("收到日期")).to_have_value("2026-03-02")


def test_a_paper_application_and_an_act_by_keyboard_alone(chromium, server):
    with window(chromium, server) as page:
        be(page, "王芳")
        page.goto("/cases/new")
        wanted = {"name": "李清照", "content": "申请公开云岭县第一中学2025年教师招聘方案"}
        tab_to(page, "kind")
        page.keyboard.press("ArrowDown")
        for name, words in wanted.items():
            tab_to(page, name)
            page.keyboard.type(words)
        tab_to(page, "登记")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        assert "/receipt" in page.url
        tab_to(page, "办理这件申请")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        tab_to(page, "撤回申请")
        page.keyboard.press("Enter")
        tab_to(page, "reason")
        page.keyboard.type("申请人来函撤回")
        tab_to(page, "登记")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        expect(page.get_by_role("status")).to_contain_text("已登记：")
        expect(page.locator(".tag-state")).to_have_text("已撤回")


def tab_to(page, what: str) -> None:
    """Press Tab until the control of this name, or with these words, has the focus."""
    for _ in range(90):
        page.keyboard.press("Tab")
        said = page.evaluate("[document.activeElement.name, document.activeElement.textContent.trim()]")
        if what in said:
            return
    raise AssertionError(f"Tab never reached {what}")


def test_the_competent_department_sees_what_is_overdue_in_the_county(chromium, server):
    with window(chromium, server, PHONE) as page:
        be(page, "何静")
        expect(page.get_by_role("heading", name="全县逾期和快到期的申请")).to_be_visible()
        county = page.locator("table.waiting").last
        expect(county).to_contain_text("云岭县教育局")
        expect(county).to_contain_text("云岭县自然资源局")
        expect(county).to_contain_text("督促")
        county.locator("a.go").first.click()
        expect(page.locator(".clock")).to_contain_text("逾期")
        expect(page.get_by_role("button", name="分办")).to_have_count(0)


@pytest.mark.parametrize("name", ["系统管理员", "安全管理员", "审计管理员"])
def test_an_administrator_sees_no_application(chromium, server, name):
    with window(chromium, server) as page:
        page.goto("/cases?group=all")
        case = page.locator("table.cases a.go").first.get_attribute("href")
        be(page, name)
        assert "申请" not in page.get_by_role("navigation", name="主导航").inner_text().split()
        for path in ("/cases", "/registers", "/figures", "/cases/export.xlsx", case, case + "/receipt"):
            assert page.request.get(path).status == 403, path
        page.goto("/")
        expect(page.locator("table.waiting")).to_have_count(0)
