"""What people do in a browser, in the words of the pages; and the pictures that the manual takes from it."""

from __future__ import annotations

import re
import time
from collections import defaultdict
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import expect

from tests.browser import looking
from tests.browser.looking import resized

PICTURES = Path(__file__).resolve().parents[2] / "build" / "pictures"
ORGAN = "云岭县教育局"
DESK, PHONE = looking.DESK, looking.PHONE
PATIENCE = 60_000
"""Milliseconds that a page may take on a machine with much else to do: a page that never comes is what must be seen."""

_FREE: defaultdict[tuple[str, bool], list] = defaultdict(list)
"""Contexts that were lent and came back, by server, with scripts and without: a new one costs more than a look at a page."""


@contextmanager
def window(chromium, server, size=DESK, *, scripts=True, complains=False):
    """A window of one's own with nothing left in it; nobody else is asked anything, and no script fails.

    With `complains` nothing may be said on the console of the browser either.
    """
    free = _FREE[server, scripts]
    context = (
        free.pop()
        if free
        else chromium.new_context(locale="zh-CN", base_url=server, accept_downloads=True, java_script_enabled=scripts)
    )
    context.set_default_timeout(PATIENCE)
    page, wrong = context.new_page(), []
    resized(page, size)
    page.on("request", lambda r: None if r.url.startswith((server, "data:", "blob:")) else wrong.append(r.url))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    expected = ("404", "422")  # a page that is not there; a form that comes back with what is to be put right
    if complains:
        page.on(
            "console",
            lambda m: wrong.append(m.text) if m.type == "error" and not any(s in m.text for s in expected) else None,
        )
    try:
        yield page
    except BaseException:
        context.close()
        raise
    _emptied(context, server)
    free.append(context)
    assert wrong == []


def _emptied(context, server) -> None:
    """Let a context forget what it was told: nothing of one test is there for the next."""
    pages = context.pages or [context.new_page()]
    context.new_cdp_session(pages[0]).send("Storage.clearDataForOrigin", {"origin": server, "storageTypes": "all"})
    for page in pages:
        page.close()
    context.clear_cookies()


def be(page, name: str) -> None:
    """Look at the demonstration as one of its people, through the menu beside the name."""
    page.goto("/account")
    page.locator("details.me > summary").click()
    box = page.get_by_label("演示：以…身份查看")
    wanted = box.locator("option", has_text=re.compile(f"^{name}")).get_attribute("value")
    box.select_option(wanted)
    page.get_by_role("button", name="切换", exact=True).click()
    expect(page.locator(".me-name")).to_have_text(name)


def picture(page, name: str, *, whole: bool = False) -> None:
    """A picture for the manual: what the window shows, or the whole page."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / f"{name}.png", full_page=whole)


def onward(page) -> None:
    """From what is wanted to the whole form, past what may be public already."""
    for words in ("下一步", "不是，继续填写申请"):
        button = page.get_by_role("button", name=words)
        if button.count():
            button.click()
            page.wait_for_load_state()
    page.wait_for_selector("#id_name")


def unhurried(page) -> None:
    """Let as much time pass since the form came as people take at least: who is quicker is asked a question."""
    left = page.evaluate("3100 - performance.now() + performance.getEntriesByType('navigation')[0].responseStart")
    time.sleep(max(0.0, left / 1000))


def apply_on_line(page, asked: str, *, name: str = "李清照", identity: str = "110101199003074514") -> tuple[str, str]:
    """Apply on a phone. The number and the query code."""
    page.goto("/apply")
    page.get_by_label("按名称查找").fill("教育")
    page.get_by_role("button", name="查找").click()
    page.get_by_role("link", name=ORGAN).click()
    page.wait_for_url(re.compile("/apply/"))
    page.get_by_label("申请公开哪些信息").fill(asked)
    onward(page)
    page.locator("#id_name").fill(name)
    page.locator("#id_identity").fill(identity)
    page.locator("#id_phone").fill("13800001234")
    page.evaluate("scrollTo(0, 0)")
    picture(page, "a1-apply")
    unhurried(page)
    page.locator("[data-send]").click()
    page.wait_for_load_state()
    question = page.locator("label[for=id_reading]")
    if question.count():
        organ, place = re.search("“(.+)”的第(\\d+)个字", question.inner_text()).groups()
        page.locator("#id_reading").fill(organ[int(place) - 1])
        page.locator("[data-send]").click()
    page.wait_for_url(re.compile("/follow/receipt"))
    number, code = (each.inner_text() for each in page.locator(".big").all())
    return number, code


def follow(page, number: str, code: str) -> None:
    """Open one's own application with its number and query code."""
    page.goto("/follow")
    if "/follow/case" in page.url:
        page.get_by_role("button", name="退出查询").click()
        page.goto("/follow")
    page.get_by_label("申请编号").fill(number)
    page.get_by_label("查询码").fill(code)
    page.get_by_role("button", name="查询", exact=True).click()
    page.wait_for_url(re.compile("/follow/case"))


def open_case(page, number: str) -> None:
    """Open a case from the list, by its number."""
    page.goto("/cases?group=all")
    page.get_by_label("编号或者事项").fill(number)
    page.get_by_role("button", name="筛选").click()
    page.locator("table.cases a.go").first.click()
    expect(page.locator(".crumb")).to_contain_text(number)


def open_letter(page, number: str, kind: str) -> None:
    """Open a letter of a case."""
    open_case(page, number)
    page.get_by_role("region", name="文书").get_by_role("link", name=kind).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(kind)


def assign(page, number: str, to: str) -> None:
    """The head gives a case to someone."""
    open_case(page, number)
    page.get_by_label("承办人").select_option(label=to)
    page.get_by_role("button", name="分办").click()
    expect(page.get_by_role("status")).to_contain_text(f"已分给{to}办理")


def confirm(page, number: str) -> None:
    """The clerk confirms receipt with the applicant."""
    open_case(page, number)
    page.get_by_label("确认方式").select_option("电话")
    page.get_by_role("button", name="已确认").click()
    expect(page.get_by_role("status")).to_contain_text("已记入与申请人的确认")


def evidence(page, name: str, **told: str) -> None:
    """Fill in one kind of evidence that the letter page or case page asks for."""
    page.get_by_role("link", name=name, exact=True).first.click()
    for key, words in told.items():
        field = page.locator(f"[name={key}]")
        if field.evaluate("e => e.tagName") == "SELECT":
            field.select_option(words)
        else:
            field.fill(words)
    page.get_by_role("button", name="记入", exact=True).click()


def pass_on(page, button: str, **told: str) -> None:
    """One step of a letter."""
    form = page.locator("form", has=page.get_by_role("button", name=button, exact=True))
    for key, words in told.items():
        field = form.locator(f"[name={key}]")
        if field.evaluate("e => e.tagName") == "SELECT":
            field.select_option(words)
        else:
            field.fill(words)
    form.get_by_role("button", name=button, exact=True).click()
    expect(page.locator(".say-error")).to_have_count(0)
