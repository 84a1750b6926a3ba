"""The page of a thing of each kind, at both widths: nothing sticks out, axe objects to nothing, nothing is raw."""

from __future__ import annotations

import pytest

from tests.browser.acting import window
from tests.browser.looking import with_axe
from tests.browser.pages import look, met

pytestmark = pytest.mark.needs("browser")
PARTS = 4
"""A page that is wrong is named by a part; and none of them keeps a worker for long."""


@pytest.fixture(scope="module")
def pages(chromium, server):
    """One of each kind, met on the way from the lists."""
    with window(chromium, server) as page:
        return met(page)


def test_things_of_many_kinds_are_met(pages):
    assert len(pages) > 60


@pytest.mark.parametrize("part", range(PARTS))
def test_nothing_is_wrong_with_the_page_of_any_thing(chromium, server, pages, part):
    with window(chromium, server) as page:
        with_axe(page)
        wrong = [each for path in pages[part::PARTS] for each in look(page, path)]
    assert not wrong, "\n".join(wrong)
