"""Every address of the product that shows a page, at both widths: nothing sticks out, axe objects to nothing, nothing is raw.

The pages of things, each with a thing in its address: test_every_thing.
"""

from __future__ import annotations

import pytest

from tests.browser.acting import window
from tests.browser.looking import with_axe
from tests.browser.pages import MORE, look, plain

pytestmark = pytest.mark.needs("browser")
PARTS = 4
"""A page that is wrong is named by a part; and none of them keeps a worker for long."""


@pytest.fixture(scope="module")
def pages():
    """What there is to look at."""
    return sorted(
        dict.fromkeys((*plain(), *MORE)), key=lambda path: path == "/terminal"
    )  # from there on a browser is a terminal


def test_there_are_pages(pages):
    assert len(pages) > 140


@pytest.mark.parametrize("part", range(PARTS))
def test_nothing_is_wrong_with_any_page(chromium, server, pages, part):
    with window(chromium, server) as page:
        with_axe(page)
        wrong = [each for path in pages[part::PARTS] for each in look(page, path)]
    assert not wrong, "\n".join(wrong)
