"""Tags with attributes out of all proportion are refused before a parser sees them, in whatever they are hidden."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from gongkai.patrol.seen import decode, see
from gongkai.readers.errors import Unreadable
from gongkai.readers.formats import html, limits, tags
from gongkai.readers.precheck.page import read_html

MANY = " ".join(f"a{n}" for n in range(20_000))
TAG = f"<p {MANY}>甲</p>"
VALUES = " ".join(f'a{n}=">"' for n in range(20_000))

HIDDEN = [
    TAG,
    TAG.replace(" a", "/a"),
    f"<p {VALUES}>甲</p>",
    f"<P\n{MANY}",
    f'<script>if (i<n) {{ s = "</script>{TAG}',
    f'<script>i<b c="</script>{TAG}"',
    f"<!--><a b='-->{TAG}'",
    f"<a b='<i>'>{TAG}",
    f"<a b='x>{TAG}",
    f"<i a='\"' b>{TAG}",
]


@pytest.mark.parametrize("page", HIDDEN, ids=range(len(HIDDEN)))
def test_a_tag_of_many_attributes_is_refused_wherever_it_stands(page: str) -> None:
    with pytest.raises(Unreadable) as refused:
        tags.check(page.encode())
    assert refused.value.code == "too_many_attributes"


@pytest.mark.parametrize("nested", ['<a b="', "<a b=' ", "<a "])
def test_what_looks_like_a_tag_within_a_tag_without_end_is_refused(nested: str) -> None:
    with pytest.raises(Unreadable):
        tags.check(nested.encode() * 3_000)


@pytest.mark.parametrize(
    "reader",
    [
        html.tree_of,
        lambda page: html.read(page.encode()),
        lambda page: read_html(page.encode()),
        lambda page: decode(page.encode(), "text/html; charset=utf-8"),
        lambda page: decode(page.encode("utf-16"), "text/html"),
    ],
    ids=["tree", "report", "precheck", "patrol", "patrol, two bytes a sign"],
)
def test_each_reader_of_pages_refuses_it(reader) -> None:
    with pytest.raises(Unreadable) as refused:
        reader(f"<html><body>{TAG}</body></html>")
    assert refused.value.code == "too_many_attributes"


@pytest.mark.parametrize(
    "page",
    [
        "<div data-x='" + "甲 乙 " * 50_000 + "'>甲</div>",
        "<script>"
        + ("for (i=0;i<n.length;i++) { if (a<b) go(a, b); }\n" * 10 + "if (b > a) stop();\n") * 300
        + "</script>",
        "<td class='a' style='b' width=3>1</td>" * 40_000,
        "<style>" + ".a { b: c } " * 20_000 + "</style><p>甲",
        "a <b and c " * 100,
    ],
    ids=["one long value", "a script", "a large table", "a style", "signs in words"],
)
def test_what_people_write_is_read(page: str) -> None:
    tags.check(page.encode())
    assert (
        see("http://www.ling.gov.cn/", decode(page.encode(), "text/html; charset=utf-8"), date(2026, 3, 1)) is not None
    )


PIECES = [
    "<p",
    "<a",
    "</p>",
    ">",
    " ",
    "/",
    "=",
    '"',
    "'",
    "a",
    "b=1",
    "c='>'",
    "<script>",
    "</script>",
    "<!--",
    "-->",
    "\n",
    "甲",
]


@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
def test_never_fewer_are_counted_than_a_parser_meets(page: str) -> None:
    parser = etree.HTMLParser(encoding="utf-8", recover=True, no_network=True)
    root = etree.fromstring(page.encode() or b"<p/>", parser)
    met = sum(len(each.attrib) ** 2 for each in root.iter() if isinstance(each.tag, str)) if root is not None else 0
    assert tags.check(page.encode()) >= met


def test_signs_within_one_another_are_counted_as_those_that_a_parser_can_meet() -> None:
    assert tags.check(b"<a b <c d <e f>") == 25  # b, <c, d, <e, f: the first goes on to the end
    assert tags.check(b"<a b><c d e>") == 5


def test_the_bound_is_of_all_tags_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_ATTRIBUTE_PAIRS", 18)
    assert tags.check(b"<a b c d>" * 2) == 18
    with pytest.raises(Unreadable):
        tags.check(b"<a b c d>" * 2 + b"<i x>")
