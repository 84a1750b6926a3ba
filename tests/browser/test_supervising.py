"""An inspection on a phone: a list, a photo of what is amiss, the organ's reply with a photo, a look, the closing."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser.acting import ORGAN, PHONE, be, picture, window
from tests.browser.looking import look_at

pytestmark = pytest.mark.needs("browser")


def photo(colour: str) -> dict[str, object]:
    """A photo with the device written into it."""
    out, exif = io.BytesIO(), Image.Exif()
    exif[0x0110] = "SECRET-PHONE"
    Image.new("RGB", (320, 240), colour).save(out, "JPEG", exif=exif)
    return {"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


def judge(page, line: int, verdict: str, words: str = "", shot: dict[str, object] | None = None) -> None:
    """Record one line of the list, with a thumb."""
    item = page.locator(f"#l-{line}")
    item.get_by_label(verdict, exact=True).check()
    if words:
        item.get_by_label("情况说明").fill(words)
    if shot:
        item.get_by_label("照片").set_input_files(shot)
    item.get_by_role("button", name="记下").click()
    expect(page.locator(f"#l-{line}").get_by_text(verdict, exact=True).first).to_be_visible()


def test_an_inspection_on_a_phone_through_to_closing(chromium, server):
    with window(chromium, server, PHONE) as page:
        be(page, "何静")
        page.goto("/oversight/checklists")
        page.locator("details", has_text="新建一份清单").last.locator("summary").click()
        page.get_by_label("名称").fill("窗口检查清单")
        page.locator("#n-text").fill("# 窗口\n有申请表可以取用 | 到现场看\n有人受理")
        page.locator("form", has=page.locator("#n-name")).get_by_role("button", name="保存").click()
        page.goto("/oversight/inspections")
        page.locator("summary", has_text="开始一次检查").click()
        page.get_by_label("检查清单").select_option(label="窗口检查清单（第1版，2项）")
        page.get_by_label("检查名称").fill("窗口回头看")
        page.get_by_label(ORGAN, exact=True).check()
        page.get_by_role("button", name="开始检查").click()
        look_at(page)
        judge(page, 1, "有问题", "窗口没有摆放申请表。", photo("grey"))
        picture(page, "s1-inspection")
        end = page.get_by_role("button", name="结束检查，交办1个问题")
        end.click()
        expect(page.get_by_role("alert")).to_contain_text("还有1项没有检查")
        judge(page, 2, "符合")
        shot = page.request.get(page.locator("#l-1 img").get_attribute("src"))
        assert shot.status == 200 and b"SECRET-PHONE" not in shot.body()
        end.click()
        expect(page.get_by_role("status")).to_contain_text("1个问题已交办")
        look_at(page)

        be(page, "王芳")
        page.goto("/")
        page.get_by_role("link", name="问题：窗口没有摆放申请表。").click()
        address = page.url
        page.get_by_label("整改情况").fill("已补放申请表50份。")
        page.get_by_role("button", name="反馈整改").click()
        expect(page.get_by_role("alert")).to_contain_text("请附上整改的证明材料")
        expect(page.get_by_label("整改情况")).to_have_value("已补放申请表50份。")
        page.get_by_label("证明材料").set_input_files(photo("white"))
        page.get_by_role("button", name="反馈整改").click()
        expect(page.get_by_text("待复查").first).to_be_visible()
        look_at(page)

        be(page, "何静")
        page.goto(address)
        page.get_by_label("怎样核对的").fill("到窗口看过，表已补放。")
        page.get_by_role("button", name="复查销号").click()
        expect(page.get_by_text("已销号").first).to_be_visible()
        picture(page, "s2-problem", whole=True)
        expect(page.locator(".photos img")).to_have_count(2)
