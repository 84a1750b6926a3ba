"""Work on a case that has pages of its own, in a real browser: boxes by mouse, by finger and by keyboard; axe finds nothing."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pdfplumber
import pytest

from gongkai.documents.letters import Letter, letter_pdf
from tests.browser.looking import look_at, look_at_both

pytestmark = pytest.mark.needs("browser")

SECRET = "石桥镇利民建筑有限公司"
PAGES = (
    "consultations/new/third_party",
    "consultations/new/organ",
    "help",
    "assist",
    "together",
    "evidence/search_record",
    "evidence/contact",
    "archive",
)


def a_case(page) -> str:
    """The address of a case that can still be worked on."""
    page.goto("/cases?group=open&order=newest")
    return page.locator("table a[href^='/cases/0']").first.get_attribute("href")


@pytest.fixture(scope="module")
def contract() -> bytes:
    return letter_pdf(Letter("云岭县交通运输局", "中标合同", SECRET, ("合同价款叁佰万元。",))).data


def to_redact(page, contract: bytes) -> str:
    """Upload a file that is to be released; the address of its redaction."""
    page.goto(a_case(page))
    page.locator("#files summary", has_text="添加文件").click()
    page.select_option("select[name=role]", "source")
    page.set_input_files(
        "#files input[type=file]", {"name": "合同.pdf", "mimeType": "application/pdf", "buffer": contract}
    )
    page.locator("#files").get_by_role("button", name="添加", exact=True).click()
    page.wait_for_url(re.compile("/cases/"))
    return page.get_by_role("link", name="区分处理（遮盖）").last.get_attribute("href")


def test_no_page_of_a_case_has_a_violation(wide_page):
    page = wide_page
    case = a_case(page)
    for path in PAGES:
        page.goto(f"{case}/{path}")
        look_at_both(page)


def test_a_box_drawn_by_mouse_takes_the_words_away(wide_page, contract):
    page = wide_page
    page.goto(to_redact(page, contract))
    page.wait_for_load_state("networkidle")
    svg = page.locator("svg[data-page='1']")
    box = svg.bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.05, box["y"] + box["height"] * 0.2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.95, box["y"] + box["height"] * 0.9, steps=5)
    page.mouse.up()
    assert page.locator("rect.spot").count() == 1
    row = page.locator("tbody tr")
    assert row.count() == 1
    assert 5 < float(row.locator("[name=x]").input_value()) < 20
    row.locator("[name=reason]").fill("商业秘密")
    look_at(page)
    page.get_by_role("button", name="保存并生成提供的文件").click()
    page.get_by_text("随答复提供").wait_for()
    page.get_by_role("link", name="合同（遮盖后）.pdf").click()
    look_at(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="下载").click()
    data = Path(download.value.path()).read_bytes()
    with pdfplumber.open(io.BytesIO(data)) as document:
        assert document.pages[0].extract_text() == ""
        middle = document.pages[0].to_image(resolution=50).original.convert("L")
    width, height = middle.size
    assert middle.crop((width // 5, height // 3, width * 4 // 5, height * 4 // 5)).getextrema() == (0, 0)


def test_a_box_is_moved_sized_and_removed_by_keyboard(wide_page, contract):
    page = wide_page
    page.goto(to_redact(page, contract))
    page.get_by_role("button", name="加一个框").first.press("Enter")
    row = page.locator("tbody tr")
    before = [float(row.locator(f"[name={name}]").input_value()) for name in "xywh"]
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Shift+ArrowRight")
    after = [float(row.locator(f"[name={name}]").input_value()) for name in "xywh"]
    assert after == [before[0] + 2, before[1] + 2, before[2] + 2, before[3]]
    page.keyboard.press("Enter")
    page.keyboard.type("个人隐私")
    page.get_by_role("button", name="保存", exact=True).press("Enter")
    page.get_by_text("已保存遮盖框").wait_for()
    assert page.locator("tbody tr [name=reason]").input_value() == "个人隐私"
    page.locator("rect.spot").focus()
    page.keyboard.press("Delete")
    assert page.locator("tbody tr").count() == 0


def test_without_scripts_the_rows_are_typed(plain_page, contract):
    page = plain_page
    page.goto(to_redact(page, contract))
    row = page.locator("tbody tr").first
    for name, value in {"page": "1", "x": "20", "y": "60", "w": "100", "h": "20", "reason": "商业秘密"}.items():
        row.locator(f"[name={name}]").fill(value)
    page.get_by_role("button", name="保存", exact=True).click()
    page.get_by_text("已保存遮盖框").wait_for()
    assert page.locator("rect.spot").count() == 1


def test_on_a_phone_the_pages_scroll_until_drawing_is_chosen(phone_page, contract):
    page = phone_page
    page.goto(to_redact(page, contract))
    look_at(page)
    button = page.get_by_role("button", name="画框")
    pressed = button.get_attribute("aria-pressed")
    button.click()
    assert button.get_attribute("aria-pressed") != pressed
