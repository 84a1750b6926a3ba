"""A letter from a phone to the published answer, and an opinion to the feedback: everyone at their own screen."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.acting import ORGAN, PHONE, be, window
from tests.browser.test_portal import look_at, send

pytestmark = pytest.mark.needs("browser")

TITLE, WORDS = "小学学区怎样划分", "孩子今年上小学，想知道青年路18号属于哪个学区，到哪里报名。"
ANSWER = "青年路18号属于县第一小学学区，七月一日至十日到学校报名。"


def opened(page, title: str) -> None:
    """The page of a letter, from what waits for whoever sits here."""
    page.goto("/talk")
    page.get_by_role("link", name=title).click()
    expect(page.locator("h1")).to_have_text(title)


def test_a_letter_is_written_on_a_phone_answered_rated_and_published(chromium, server):
    with window(chromium, server, PHONE) as citizen, window(chromium, server) as desk:
        citizen.goto("/letters")
        citizen.locator("main").get_by_role("link", name=re.compile("^写信")).click()
        citizen.get_by_label("标题").fill(TITLE)
        citizen.get_by_label("内容").fill(WORDS)
        citizen.locator("#id_name").fill("李清照")
        citizen.get_by_label(re.compile("^同意把问题和答复整理后公开")).check()
        look_at(citizen)
        send(citizen)
        citizen.wait_for_url(re.compile("/letters/receipt"))
        look_at(citizen)
        number, code = (each.inner_text() for each in citizen.locator(".big").all())

        be(desk, "何静")
        opened(desk, TITLE)
        desk.get_by_label("承办机关").select_option(label=ORGAN)
        desk.get_by_role("button", name="转办", exact=True).click()
        be(desk, "王芳")
        opened(desk, TITLE)
        assert "李清照" in desk.locator("main").inner_text()
        desk.get_by_label("答复", exact=True).fill(ANSWER)
        look_at(desk)
        desk.get_by_role("button", name="送审").first.click()
        be(desk, "李强")
        opened(desk, TITLE)
        desk.get_by_role("button", name="审核通过并答复").click()
        expect(desk.locator(".said")).to_contain_text("已经答复来信人")

        citizen.get_by_role("link", name="查看进展").click()
        expect(citizen.locator("main")).to_contain_text(ANSWER)
        citizen.get_by_label("满意", exact=True).check()
        citizen.get_by_role("button", name="提交评价").click()
        expect(citizen.locator("main")).to_contain_text("您的评价：满意")
        look_at(citizen)
        citizen.get_by_role("button", name="退出查询").click()
        citizen.goto("/letters/follow")
        citizen.get_by_label("来信编号").fill(number)
        citizen.get_by_label("查询码").fill(code.lower())
        citizen.get_by_role("button", name="查看", exact=True).click()
        expect(citizen.locator("main")).to_contain_text(ANSWER)

        be(desk, "王芳")
        desk.goto("/talk/letters?group=answered")
        desk.get_by_role("link", name=TITLE).click()
        desk.locator("summary", has_text="整理后公开").click()
        desk.get_by_label(re.compile("^问题的摘要")).fill("怎样查询学区、到哪里报名？")
        desk.get_by_label("公开的答复").fill("学区划分见县政府网站公布的招生方案，七月一日至十日到学校报名。")
        desk.get_by_role("button", name="送审").click()
        be(desk, "李强")
        opened(desk, TITLE)
        while desk.get_by_role("button", name="核对过，可以公开").count():
            desk.get_by_role("button", name="核对过，可以公开").first.click()
            desk.wait_for_load_state()
        desk.get_by_role("button", name="审核通过并公开").click()
        citizen.goto("/letters/answers?q=招生方案")
        citizen.get_by_role("link", name=TITLE).click()
        expect(citizen.locator("main")).to_contain_text("七月一日至十日到学校报名")
        assert "李清照" not in citizen.content()
        look_at(citizen)


def test_an_opinion_is_given_on_a_phone_and_its_feedback_is_read(chromium, server):
    with window(chromium, server, PHONE) as citizen, window(chromium, server) as desk:
        citizen.goto("/consultations")
        citizen.locator("section[aria-labelledby=open-head]").get_by_role("link").first.click()
        look_at(citizen)
        draft = citizen.locator("h1").inner_text()
        citizen.get_by_role("link", name="提意见").click()
        citizen.get_by_label("您的意见").fill("停车场出入口应当设置减速带。")
        look_at(citizen)
        send(citizen)
        expect(citizen.locator("h1")).to_have_text("意见已经收到")
        look_at(citizen)
        desk.goto("/talk/consultations")
        desk.get_by_role("link", name=draft).first.click()
        expect(desk.locator("main")).to_contain_text("停车场出入口应当设置减速带。")
        desk.locator("li", has_text="减速带").get_by_role("checkbox").check()
        desk.get_by_label("概括").last.fill("出入口设置减速带")
        desk.get_by_role("button", name="归为一组").click()
        expect(desk.locator("section[aria-labelledby=groups]")).to_contain_text("出入口设置减速带")
        look_at(desk)
        citizen.goto("/consultations")
        citizen.locator("section[aria-labelledby=answered-head]").get_by_role("link").first.click()
        expect(citizen.locator("main")).to_contain_text("共收到意见5条")
        look_at(citizen)
