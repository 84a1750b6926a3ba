"""Which entry a line is: the table of matching, what differs, and which heading every line and entry comes under."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.readers.sites.listing import Listed
from gongkai.web.cms.matching import Match, Ours, differences, index, match, plain_address

DAY = date(2026, 3, 2)
SITE = "http://www.yunling.example/"
OURS = (
    Ours("a", "关于印发节水实施方案的通知", DAY, "A/2026-00001", "云水发〔2026〕1号", (f"{SITE}1.html",)),
    Ours("b", "石桥镇农村供水管网改造情况", DAY, "A/2026-00002"),
    Ours("c", "石桥镇农村供水管网改造情况", date(2026, 5, 8), "A/2026-00003"),
    Ours("d", "停水公告", DAY, "A/2026-00004"),
    Ours("e", "停水公告", DAY, "A/2026-00005"),
    Ours("f", "云岭县节水办法", DAY, "A/2026-00006", "云政发〔2026〕2号", ended="已撤回"),
    Ours("g", "云岭县节水办法", DAY, "A/2026-00007", "云政发〔2026〕2号"),
)
TABLE = {
    "the address written back": (Listed("https://yunling.example/1.html#top", "别的名称"), Match("address", "a", score=100)),
    "the index number": (Listed(f"{SITE}9", index_number="A／2026-00002"), Match("index_number", "b", score=100)),
    "the document number": (Listed(f"{SITE}9", document_number="云水发[2026]第1号"), Match("document_number", "a", score=100)),
    "title and day": (Listed(f"{SITE}9", "石桥镇农村供水 管网改造情况", date(2026, 5, 9)), Match("title", "c", score=100)),
    "title without a day": (Listed(f"{SITE}9", "关于印发节水实施方案的通知"), Match("title", "a", score=100)),
    "title with days too far apart": (Listed(f"{SITE}9", "关于印发节水实施方案的通知", date(2026, 4, 2)), Match("none")),
    "a like title on the day": (Listed(f"{SITE}9", "关于印发节水实施方案的通告", DAY), Match("like", "a", score=92)),
    "a like title on another day": (Listed(f"{SITE}9", "关于印发节水实施方案的通告", date(2026, 6, 1)), Match("none")),
    "a like title without a day": (Listed(f"{SITE}9", "关于印发节水实施方案的通告"), Match("none")),
    "too short to be alike": (Listed(f"{SITE}9", "停电公告", DAY), Match("none")),
    "two that are the same": (Listed(f"{SITE}9", "停水公告", DAY), Match("several", candidates=("d", "e"), score=100)),
    "of two the one that still stands": (Listed(f"{SITE}9", document_number="云政发〔2026〕2号"), Match("document_number", "g", score=100)),
    "nothing said": (Listed(f"{SITE}9"), Match("none")),
    "an index number of nobody": (Listed(f"{SITE}9", index_number="B/1"), Match("none")),
}  # fmt: skip


@pytest.mark.parametrize(("line", "found"), TABLE.values(), ids=TABLE)
def test_the_first_that_answers_decides(line, found):
    assert match(line, index(OURS)) == found


def test_what_a_person_said_comes_first():
    line = Listed(f"{SITE}1.html", "关于印发节水实施方案的通知", DAY)
    assert match(line, index(OURS), {line.url: "d"}) == Match("decided", "d", score=100)
    assert match(line, index(OURS), {line.url: "gone"}).key == "a", "an entry that is no more decides nothing"
    assert match(line, index(OURS), but=["a"]) == Match("none")


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("http://www.a.cn/x/", "https://a.cn/x", True),
        ("http://a.cn:80/x/index.html", "https://a.cn/x", True),
        ("http://a.cn/x?id=1", "http://a.cn/x?id=2", False),
        ("http://a.cn:8080/x", "http://a.cn/x", False),
        ("http://a.cn/x", "http://b.cn/x", False),
        ("http://[bad", "http://[bad", True),
    ],
)
def test_addresses_are_compared_without_what_does_not_lead_elsewhere(left, right, same):
    assert (plain_address(left) == plain_address(right)) is same


@pytest.mark.parametrize(
    ("line", "found"),
    [
        (Listed("u", "关于印发节水实施方案的通知", DAY, digest="x"), ("text",)),
        (Listed("u", "关于印发节水实施方案的通知（更正）", DAY), ("title",)),
        (Listed("u", "关于印发节水实施…", DAY), ()),
        (Listed("u", "", date(2026, 3, 9)), ("day",)),
        (Listed("u", "", date(2026, 3, 4)), ()),
        (Listed("u"), ()),
    ],
)
def test_what_the_listing_does_not_say_is_no_difference(line, found):
    entry = Ours("a", "关于印发节水实施方案的通知", DAY, digest="y")
    assert differences(line, entry) == found


TITLES = st.text(alphabet="节水供电改造通知公告石桥镇一二三", min_size=1, max_size=12)


@given(st.lists(st.tuples(TITLES, st.integers(1, 28)), min_size=1, max_size=8))
def test_what_is_listed_as_it_is_is_found_again_or_left_to_a_person(said):
    """The oracle looks at equal titles and days one by one; never is a wrong entry taken."""
    entries = [Ours(str(n), title, date(2026, 3, day), f"A/2026-{n:05d}") for n, (title, day) in enumerate(said)]
    made = index(entries)
    for entry in entries:
        by_number = match(Listed("http://x", entry.title, entry.day, entry.index_number), made)
        assert by_number.key == entry.key
        found = match(Listed("http://x", entry.title, entry.day), made)
        equal = [e.key for e in entries if e.title == entry.title and abs((e.day - entry.day).days) <= 3]
        assert (found.key == entry.key) if equal == [entry.key] else (set(found.candidates) == set(equal))
