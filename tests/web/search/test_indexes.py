"""What the two indexes answer besides positions, and in which pieces the months are asked for."""

from __future__ import annotations

import zlib
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.web.search.index import TOLD, index_of
from gongkai.web.search.index.postgresql import _codes, _spans
from gongkai.web.search.marks import MONTH, YEAR, mark
from gongkai.web.search.models import Document
from gongkai.web.search.positions import LAST, first_of
from gongkai.web.search.showing import snippet, unpacked
from tests.web.search.conftest import FIRST, at


def test_what_is_told_is_what_the_rows_say(shelf):
    shelf.put("关于征地补偿的通知", "公告全文", number="云政发〔2024〕3号", issuer="云岭县人民政府", validity="valid")
    shelf.put("从明天起", visible_from=at(2027))
    shelf.put("到昨天止", visible_until=at(2025))
    rows = list(Document.objects.order_by("position"))
    told = index_of().told([row.position for row in rows], at(2026))
    assert set(told) == {rows[0].position}
    values, packed = told[rows[0].position]
    assert values == tuple(getattr(rows[0], name) for name in TOLD)
    assert zlib.decompress(packed).decode() == "公告全文"


def test_how_it_stands_is_told_of_the_days_that_are_asked_for(shelf):
    for day in range(5):
        shelf.put("公告", days=day)
    shelf.put("从明天起", days=1, visible_from=at(2027))
    shelf.put("到昨天止", days=9, visible_until=at(2025))
    [ahead, over] = Document.objects.filter(title__in=("从明天起", "到昨天止")).order_by("position")
    standing = index_of().standing(shelf.county, at(2026), 0, LAST)
    assert (standing.alone, standing.hidden) == (True, {ahead.position, over.position})
    between = index_of().standing(
        shelf.county, at(2026), first_of(FIRST + timedelta(1)), first_of(FIRST + timedelta(3))
    )
    if between.newest is not None:  # only where months are asked for
        assert (between.oldest, between.newest) == tuple(first_of(FIRST + timedelta(day)) for day in (1, 3))
    other = type(shelf)()
    other.put("邻县的公告")
    assert not index_of().standing(shelf.county, at(2026), 0, LAST).alone
    assert index_of().standing(shelf.county, at(1980), 0, LAST).hidden == set(
        Document.objects.values_list("position", flat=True)
    )


def test_nothing_held_is_no_county_of_another(shelf):
    standing = index_of().standing(shelf.county, at(2026), 0, LAST)
    assert (standing.alone, standing.hidden, standing.newest) == (True, frozenset(), None)


@pytest.mark.parametrize(
    ("newest", "many", "asked"),
    [
        (date(2026, 3, 1), 2, ["202603", "202602"]),
        (date(2026, 2, 1), 14, ["202602", "202601", "2025"]),
        (date(2025, 12, 1), 12, ["2025"]),
        (date(2025, 12, 1), 11, [f"2025{month:02}" for month in range(12, 1, -1)]),
        (date(2026, 1, 1), 26, ["202601", "2025", "2024", "202312"]),
    ],
)
def test_whole_years_are_asked_for_as_years(newest, many, asked):
    expected = [mark(YEAR if len(each) == 4 else MONTH, each) for each in asked]
    assert _spans(newest.year * 12 + newest.month - 1, many) == expected


@given(st.integers(2000 * 12, 2100 * 12), st.integers(1, 300))
def test_the_pieces_are_all_the_months_once(newest, many):
    known = {mark(YEAR, year): [year * 12 + month for month in range(12)] for year in range(1970, 2101)}
    known |= {mark(MONTH, f"{m // 12}{m % 12 + 1:02}"): [m] for m in range(1970 * 12, 2101 * 12)}
    months = [month for piece in _spans(newest, many) for month in known[piece]]
    assert sorted(months) == list(range(newest - many + 1, newest + 1))


def test_a_word_of_three_characters_is_asked_for_with_its_pairs_and_a_longer_one_without():
    assert [code > 0 for code in _codes("征地补")] == [False, True, True]
    assert [code > 0 for code in _codes("征地补偿")] == [False, False]
    assert [code > 0 for code in _codes("征地")] == [True]


@given(
    st.lists(st.sampled_from(["征地", "补偿", "公告，", "年", "①", "的", "x"]), max_size=700).map("".join),
    st.sampled_from([("补偿",), ("公告",), ("年的",), ("征地", "补偿公告"), ("没有",)]),
)
def test_no_more_is_unpacked_than_is_shown(text, words):
    packed = zlib.compress(text.encode())
    assert snippet(unpacked(packed, words), words) == snippet(text, words)
