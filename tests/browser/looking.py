"""What a page may not have, at the width of a desk and of a phone: anything that axe objects to, that sticks out, that is raw."""

from __future__ import annotations

import re

from axe_playwright_python.base import AXE_SCRIPT, AxeResults

DESK = (1280, 800)
PHONE = (390, 844)
AXE = "axe.run({preload: false, resultTypes: ['violations'], rules: %s}).then((found) => ({violations: found.violations}))"
"""Only what is wrong comes back: what is right is many times as much to carry over. Nor are the styles fetched once more, and
sounds that might begin by themselves, of which there are none."""
ALL, BUT_COLOURS = "{}", "{'color-contrast': {enabled: false}}"


def objections(page, rules: str = ALL) -> str:
    """What axe objects to on the page as it is now; nothing if it is sound."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found = AxeResults(page.evaluate(AXE % rules))
    return found.generate_report() if found.violations_count else ""


def with_axe(page) -> None:
    """Let each page that is opened in this window have axe from the beginning, instead of sending it over for each."""
    page.add_init_script(AXE_SCRIPT)


def fits(page) -> bool:
    """Whether nothing sticks out of the window."""
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def open_all(page) -> None:
    """Unfold whatever can be."""
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")


def resized(page, size: tuple[int, int]) -> None:
    """The same page in a window of another size."""
    page.set_viewport_size({"width": size[0], "height": size[1]})


def look_at(page) -> None:
    """The page in its window as it is: axe objects to nothing, nothing sticks out, it has one heading of its own."""
    wrong = objections(page)
    assert not wrong, f"{page.url}: {wrong}"
    assert fits(page), f"{page.url} sticks out"
    assert page.evaluate("document.querySelectorAll('h1').length") == 1, page.url


def look_at_both(page) -> None:
    """The same on a desk and then as narrow as a phone."""
    for size in (DESK, PHONE):
        resized(page, size)
        look_at(page)


def raw(page) -> list[str]:
    """Words of a template that nobody filled in."""
    wrong = []
    if re.search(r"\{[{%#]|[%#}]\}|\bNone\b", page.locator("main").inner_text()):
        wrong.append("raw words of a template")
    filled = page.evaluate("[...document.querySelectorAll('main textarea')].map((each) => each.value)")
    if any(re.search(r"\{[{%#]", each) for each in filled):
        wrong.append("raw words of a template in a field")
    return wrong
