"""What of a page is shown: unseen digits are not read, linked and faint ones do not join the number beside them."""

from __future__ import annotations

import pytest

from gongkai.readers.formats import html
from gongkai.readers.formats.tables import APART, STRUCK
from tests.readers.formats import samples


def cell(inside: str, outer: str = "") -> str:
    """The text of one cell."""
    page = f"<div{outer}><table><tr><td>甲</td><td>1</td></tr><tr><td>乙</td><td>{inside}</td></tr></table></div>"
    (found,) = samples.grids(html.read(page.encode()))
    return found[-1][0]


@pytest.mark.parametrize(
    "style",
    [
        "display:none",
        "visibility:hidden",
        "font-size:0",
        "font-size: 0px;color:red",
        "font-size:0.0em !important",
        "opacity:0",
        "opacity: 0.0;",
        "opacity:0%",
        "OPACITY:.0",
    ],
)
def test_unseen_digits_are_left_out(style: str) -> None:
    assert cell(f'3<span style="{style}">1</span>') == "3"


@pytest.mark.parametrize(
    "style", ["font-size:0.8em", "font-size:10px", "opacity:0.5", "opacity:1", "fill-opacity:0", "font-size:09px"]
)
def test_seen_digits_stay(style: str) -> None:
    assert cell(f'3<span style="{style}">1</span>') == "31"


def test_a_size_of_nothing_that_only_closes_gaps() -> None:
    assert cell('<div style="font-size:0"><span style="font-size:12pt">3</span></div>') == "3"
    assert cell('<div style="font-size:0"><span style="color:red">3</span></div>') == ""


@pytest.mark.parametrize(
    ("attribute", "row"),
    [
        ("style='visibility:hidden'", ["乙", "", "4"]),
        ("style='opacity:0'", ["乙", "", "4"]),
        ("style='display:none'", ["乙", "4"]),
        ("style='visibility:collapse'", ["乙", "4"]),
        ("hidden", ["乙", "4"]),
    ],
)
def test_an_unseen_cell_fills_its_place_and_one_that_is_left_out_does_not(attribute: str, row: list[str]) -> None:
    cells = f"<td>乙</td><td {attribute}>3</td><td>4</td>"
    page = f"<table><tr><td>甲</td><td>1</td><td>2</td></tr><tr>{cells}</tr></table>"
    (found,) = samples.grids(html.read(page.encode()))
    assert [c[0] for c in found][3 : 3 + len(row)] == row


@pytest.mark.parametrize(
    "inside",
    [
        "3<a href='#n'>1</a>",
        "<a href='#n'>1</a>3",
        "3<span><a>1</a></span>",
        "<b>3</b><a>1</a>",
        "<span><a>1</a></span>3",
        "3<i><b><a>1</a></b></i>",
    ],
)
def test_a_link_beside_a_digit_stands_apart(inside: str) -> None:
    assert APART in cell(inside)


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ("<a href='x'>31</a>", "31"),
        ("<a><span>31</span></a>", "31"),
        ("<a>详见</a>3", "详见3"),
        ("3<a name='x'></a>", "3"),
        ("规章<a>3</a>", "规章3"),
        ("<p>5</p><a>3</a>", "5\n3"),
        ("<img><a>3</a>", "3"),
    ],
)
def test_a_link_that_is_the_number_itself(inside: str, text: str) -> None:
    assert cell(inside) == text


@pytest.mark.parametrize(
    "inside",
    [
        "3<span style='color:#fff'>1</span>",
        "3<span style='color: White'>1</span>",
        "3<span style='color:rgb(255, 255, 255)'>1</span>",
        "3<font color='#FFFFFF'>1</font>",
        "<p style='color:transparent'>31</p>",
        "<span style='color:#eee;background:#eeeeee'>31</span>",
        "<b style='background-color:#EEE'><span style='color:#eee'>31</span></b>",
        "<b style='background:transparent'><span style='color:#fff'>31</span></b>",
    ],
)
def test_digits_in_the_colour_of_the_ground_are_marked(inside: str) -> None:
    assert STRUCK in cell(inside)


@pytest.mark.parametrize(
    ("inside", "outer", "text"),
    [
        ("<span style='color:#333'>31</span>", "", "31"),
        ("<span style='color:#fff'>总计</span>", "", "总计"),
        ("<span style='color:#fff;background:#000'>31</span>", "", "31"),
        ("<span style='color:#fff'>31</span>", " style='background:#036'", "31"),
        ("<span style='color:white'>31</span>", " bgcolor='black'", "31"),
        ("<span style='background-color:#eee'>31</span>", "", "31"),
        ("<span style='border-color:#fff'>31</span>", "", "31"),
        ("<font color=''>31</font>", "", "31"),
    ],
)
def test_other_colours_hide_nothing(inside: str, outer: str, text: str) -> None:
    assert cell(inside, outer) == text


def test_a_cell_in_the_colour_of_the_ground() -> None:
    page = "<table><tr><td>甲</td><td>1</td></tr><tr><td>乙</td><td style='color:#fff'>31</td></tr></table>"
    (found,) = samples.grids(html.read(page.encode()))
    assert found[-1][0].startswith(STRUCK)
