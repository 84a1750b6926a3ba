"""What a clerk does at the desk, at desk and phone width, by mouse and by keyboard alone."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.needs("browser")

NAMES = ("教", "商务", "统计", "审计", "司法", "文物", "粮食", "林业", "水利", "农业", "体育", "信访")
REPORT = """云岭县{organ}2025年政府信息公开工作年度报告
一、总体情况
全年收到政府信息公开申请{said}件。
二、主动公开政府信息情况
三、收到和处理政府信息公开申请情况
"""


CONFLICTS = "/annual?year=2025&state=conflict"
"""The first versions of the reports that contradict themselves; corrected ones came later."""


def open_report(page, organ: str) -> None:
    """The first version of a report, which contradicts itself: below the corrected one in the list."""
    page.goto("/annual?year=2025")
    page.get_by_role("table").get_by_role("link", name=organ, exact=True).last.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(organ)


def test_hand_in_a_zip_and_see_each_file(page, width):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as bundle:
        for number in range(12):
            bundle.writestr(f"年报/{width}{number}.txt", REPORT.format(organ=f"{NAMES[number]}局", said=number) + width)
        bundle.writestr("年报/坏.pdf", b"%PDF-1.7 broken" + width.encode())
    page.goto("/annual")
    with page.expect_navigation(url=re.compile("/batches/")):
        page.set_input_files("#files", {"name": "各单位.zip", "mimeType": "application/zip", "buffer": made.getvalue()})
    expect(page.get_by_text("全部读取完毕，共13个文件。")).to_be_visible(timeout=60_000)
    bad = page.get_by_role("row").filter(has_text="坏.pdf")
    expect(bad).to_contain_text("读不了")
    expect(bad).to_contain_text("请")
    page.get_by_role("link", name="看全部报告").click()
    expect(page.get_by_role("link", name=f"云岭县{NAMES[3]}局").first).to_be_visible()


def test_paste_a_report_and_the_same_again(page, width):
    text = REPORT.format(organ="档案馆", said=3) + width
    for time in (1, 2):
        page.goto("/annual")
        page.get_by_text("粘贴报告全文").click()
        page.get_by_label("报告全文（连同表格一起复制）").fill(text)
        page.get_by_role("button", name="读取粘贴的文本").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("档案馆")
        if time == 2:
            expect(page.get_by_text("没有重复保存")).to_be_visible()


def test_a_folder_dropped_on_the_page_is_taken_in(wide_page):
    wide_page.goto("/annual")
    wide_page.evaluate("""() => {
      const file = new File(["云岭县林业局2025年政府信息公开工作年度报告\\n一、总体情况\\n无"], "林业局.txt");
      const data = new DataTransfer(); data.items.add(file);
      document.querySelector("[data-upload]").dispatchEvent(new DragEvent("drop", {dataTransfer: data, bubbles: true}));
    }""")
    wide_page.wait_for_url(re.compile("/reports/"))
    expect(wide_page.get_by_role("heading", level=1)).to_contain_text("林业局")


def test_a_cell_shows_how_it_was_read_and_lights_its_place(page):
    open_report(page, "云岭县教育局")
    page.locator('td[data-cell="applications.concluded.total"] a').click()
    box = page.locator("#cell")
    expect(box).to_contain_text("（七）总计·总计")
    expect(box).to_contain_text("办理结果各项之和等于（七）总计")
    expect(page.locator("[data-flow] .lit")).to_have_text("8")
    expect(page.locator("[data-flow] .lit")).to_be_in_viewport(ratio=0.1) if page.viewport_size[
        "width"
    ] > 1000 else None


def test_the_relations_of_a_cell_show_on_hover(wide_page):
    open_report(wide_page, "云岭县教育局")
    wide_page.locator('td[data-cell="applications.received.total"]').hover()
    expect(wide_page.locator("[data-preview]")).to_contain_text("各类申请人之和等于总计")
    assert wide_page.locator("td.rel").count() >= 6


def test_correct_a_cell_and_see_the_check_again_at_once(page, width):
    organ, address = "云岭县云岭街道办事处", "applications.received.natural_person"
    open_report(page, organ)
    page.locator(f'td[data-cell="{address}"] a').click()
    page.locator("#new-value").fill("三")
    page.locator("#why").fill("与登记台账核对")
    page.get_by_role("button", name="更正并重新核对").click()
    expect(page.get_by_role("alert")).to_contain_text("不是数字")
    expect(page.locator("#why")).to_have_value("与登记台账核对")
    page.locator("#new-value").fill("3")
    with page.expect_navigation():
        page.get_by_role("button", name="更正并重新核对").click()
    expect(page.locator(f'td[data-cell="{address}"]')).to_contain_text("3")
    expect(page.locator(".changed")).to_contain_text("原读取：2")
    page.get_by_label("恢复原读取").check()
    page.locator("#why").fill("更正有误")
    with page.expect_navigation():
        page.get_by_role("button", name="更正并重新核对").click()
    expect(page.locator(f'td[data-cell="{address}"]')).to_have_text("2")


def test_walk_and_judge_findings_by_keyboard_alone(wide_page):
    page = wide_page
    page.goto(CONFLICTS)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到正文")).to_be_focused()
    page.keyboard.press("Enter")
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == "云岭县卫生健康局":
            break
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/reports/"))
    on = page.locator(".finding.on")
    first = on.get_attribute("id")
    page.keyboard.press("j")
    second = on.get_attribute("id")
    assert first != second
    page.keyboard.press("k")
    assert on.get_attribute("id") == first
    page.locator("[data-findings]").focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-flow] .lit").first).to_be_visible()
    page.keyboard.press("r")
    page.keyboard.type("已核实原件")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.locator(f"#{first} button[value=dismissed]")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(f"#{first}")).to_contain_text("已排除")
    expect(page.locator(f"#{first}")).to_contain_text("已核实原件")
    expect(page.locator("#counts")).to_contain_text("不一致 1")
    page.reload()
    expect(page.locator(f"#{first}")).to_contain_text("已排除")
    page.locator(f"#{first}").get_by_role("button", name="撤回").click()
    expect(page.locator("#counts")).to_contain_text("不一致 2")


def test_the_page_of_a_pdf_shows_the_place(wide_page):
    open_report(wide_page, "云岭县云岭街道办事处")
    wide_page.get_by_role("button", name="页面").click()
    wide_page.locator('td[data-cell="applications.received.total"] a').click()
    expect(wide_page.locator("[data-sheet] image[href]").first).to_be_attached()
    sheet = wide_page.locator("[data-sheet] image[href]").first.get_attribute("href")
    assert wide_page.request.get(sheet).headers["content-type"] == "image/png"


def test_two_years_side_by_side(page):
    open_report(page, "云岭县教育局")
    page.get_by_role("link", name="与上年对照").click()
    expect(page.get_by_role("heading", name="两份报告对照")).to_be_visible()
    row = page.get_by_role("row").filter(has_text="行政许可·本年处理决定数量")
    expect(row).to_contain_text("+10.8%")
    expect(row).to_contain_text("基数37")


def test_who_is_missing_and_a_longer_list(page, width):
    page.goto("/organs")
    page.get_by_label("每行一个机关").fill(f"云岭县{'甲' if width == 'desk' else '乙'}局，县级部门")
    page.get_by_role("button", name="保存名录").click()
    expect(page.get_by_role("status")).to_contain_text("名录新增1个机关")
    page.goto("/annual?year=2025")
    missing = page.get_by_role("complementary")
    expect(missing).to_contain_text("云岭县民政局")
    expect(missing).to_contain_text("交来的文件读不了")


def test_download_a_report_and_the_notice(page):
    open_report(page, "云岭县公安局")
    page.locator("summary", has_text="导出").click()
    with page.expect_download() as got:
        page.get_by_role("link", name="Word（DOCX）").click()
    assert got.value.suggested_filename == "云岭县公安局2025年政府信息公开工作年度报告.docx"
    page.locator("summary", has_text="导出").click() if not page.get_by_role(
        "link", name="整改通知（DOCX）"
    ).is_visible() else None
    page.get_by_role("link", name="整改通知（DOCX）").click()
    with page.expect_download() as got:
        page.get_by_role("button", name="生成整改通知").click()
    assert got.value.suggested_filename.endswith("整改通知.docx")


def test_large_type_is_one_switch_and_remembered(page):
    page.goto("/annual")
    before = page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)")
    page.get_by_role("button", name="大字版").click()
    page.goto("/organs")
    after = page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)")
    assert after == pytest.approx(before * 1.4)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("button", name="标准版").click()


def test_without_scripts_the_essentials_work(plain_page):
    page = plain_page
    open_report(page, "云岭县教育局")
    page.locator('td[data-cell="applications.concluded.total"] a').click()
    expect(page.locator("[data-flow] .lit")).to_have_text("8")
    expect(page.locator("#cell")).to_contain_text("更正读取的数")
    finding = page.locator(".finding").last
    finding.locator("input[name=reason]").fill("已核实")
    finding.get_by_role("button", name="确认").click()
    expect(page.locator(".past")).to_contain_text("已核实")
    page.get_by_role("button", name="撤回").first.click()
    page.goto("/annual")
    page.set_input_files(
        "#files", {"name": "无脚本.txt", "mimeType": "text/plain", "buffer": "云岭县水利局2025年年度报告".encode()}
    )
    page.get_by_role("button", name="交入", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
