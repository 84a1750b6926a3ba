"""What test_every_page does not meet: reports in each of their states, large type, what is printed; and nothing jumps."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.acting import window
from tests.browser.looking import DESK, PHONE, look_at, objections, resized

pytestmark = pytest.mark.needs("browser")

PAGES = {
    "report": (DESK,),
    "finding": (DESK,),
    "cell": (DESK, PHONE),
    "pdf": (DESK, PHONE),
    "sound": (DESK,),
    "unread": (DESK, PHONE),
    "batch": (DESK,),
    "pair": (DESK, PHONE),
    "notice": (DESK, PHONE),
    "absent": (DESK,),
}


def url_of(page, name: str) -> str:
    plain = {
        "start": "/annual",
        "organs": "/organs",
        "compare": "/compare",
        "absent": "/nowhere",
    }
    if name in plain:
        return plain[name]
    organ = {"pdf": "云岭县云岭街道办事处", "sound": "云岭县发展和改革局", "unread": "云岭县石桥镇人民政府"}.get(
        name, "云岭县教育局"
    )
    page.goto(f"/annual?q={organ}&sort=year")
    report = page.locator("a.go").first.get_attribute("href")
    if name == "finding":
        page.goto(report)
        return report + page.locator("a.f-link").first.get_attribute("href").split("#")[0]
    if name == "batch":
        page.set_input_files(
            "#files", [{"name": f"{n}.txt", "mimeType": "text/plain", "buffer": f"第{n}份".encode()} for n in range(5)]
        )
        page.wait_for_url(re.compile("/batches/"))
        return page.url
    return {
        "cell": f"{report}?cell=applications.concluded.total",
        "notice": f"{report}/notice",
        "pair": f"/compare?right={report.rsplit('/', 1)[1]}&all=1",
    }.get(name, report)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_no_violation(wide_page, name):
    wide_page.goto(url_of(wide_page, name))
    for size in PAGES[name]:
        resized(wide_page, size)
        look_at(wide_page)


@pytest.mark.parametrize("name", ["start", "report", "organs"])
def test_large_type_has_no_violation(wide_page, name):
    wide_page.goto("/annual")
    wide_page.get_by_role("button", name="大字版").click()
    wide_page.goto(url_of(wide_page, name))
    assert not objections(wide_page)


@pytest.mark.parametrize("name", ["start", "report", "pdf", "organs", "compare", "notice"])
def test_nothing_jumps_while_a_page_is_loaded(wide_page, name):
    url = url_of(wide_page, name)
    wide_page.add_init_script("""window.shift = 0;
      new PerformanceObserver((list) => { for (const e of list.getEntries()) if (!e.hadRecentInput) window.shift += e.value; })
        .observe({type: "layout-shift", buffered: true});""")
    wide_page.goto(url)
    wide_page.wait_for_load_state("networkidle")
    assert wide_page.evaluate("window.shift") < 0.01


@pytest.mark.parametrize("name", ["report", "start"])
def test_printed_only_what_belongs_on_paper_is_left(wide_page, name):
    wide_page.goto(url_of(wide_page, name))
    wide_page.emulate_media(media="print")
    assert not wide_page.locator("header.top").is_visible()
    assert wide_page.locator("table").first.is_visible()
    assert not wide_page.locator("form:visible").count()


@pytest.mark.parametrize("size", ["standard", "large"])
def test_all_parts_of_the_desk_stand_in_one_row(wide_page, size):
    wide_page.goto("/oversight")
    if size == "large":
        wide_page.get_by_role("button", name="大字版").click()
        wide_page.goto("/oversight")
    tops = wide_page.evaluate("[...document.querySelectorAll('.top nav a')].map((each) => each.offsetTop)")
    assert len(tops) > 8
    assert len(set(tops)) == 1


def test_the_menu_of_a_phone_works_without_scripts(chromium, server):
    with window(chromium, server, PHONE, scripts=False) as page:
        page.goto("/oversight")
        parts = page.get_by_role("navigation", name="主导航")
        expect(parts).to_have_count(0)
        page.get_by_text("菜单", exact=True).click()
        parts.get_by_role("link", name="管理").click()
        page.locator(".parted-unfold > summary").click()
        page.get_by_role("navigation", name="管理的各页").get_by_role("link", name="审计记录").click()
        expect(page.get_by_role("heading", level=1, name="审计记录")).to_be_visible()
