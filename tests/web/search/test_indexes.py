"""What the two indexes answer, alike."""

from __future__ import annotations

import zlib

from hypothesis import given
from hypothesis import strategies as st

from gongkai.web.search.index import TOLD, Asked, Standing, index_of
from gongkai.web.search.index.postgresql import _codes
from gongkai.web.search.marks import KIND, YEAR, mark
from gongkai.web.search.models import Document
from gongkai.web.search.showing import snippet, unpacked
from tests.web.search.conftest import at


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


def standing(shelf, year=2026):
    return index_of().standing(Asked(shelf.county, at(year)))


def test_how_it_stands_is_told_of_all_that_is_held(shelf):
    assert standing(shelf) == Standing(alone=True, hidden=frozenset())  # nothing held is no county of another
    for day in range(5):
        shelf.put("公告", days=day)
    shelf.put("从明天起", days=1, visible_from=at(2027))
    shelf.put("到昨天止", days=9, visible_until=at(2025))
    [ahead, over] = Document.objects.filter(title__in=("从明天起", "到昨天止")).order_by("position")
    assert standing(shelf) == Standing(alone=True, hidden=frozenset({ahead.position, over.position}))
    other = type(shelf)()
    other.put("邻县的公告")
    assert not standing(shelf).alone
    assert standing(shelf, 1980).hidden == set(Document.objects.values_list("position", flat=True))


def begun(shelf, *words, wanted=3, tell=range(0), **values):
    asked = Asked(shelf.county, at(2026), words, **values)
    answer = index_of().begin(asked, wanted, tell)
    return list(answer.positions), answer.told


def test_all_are_met_however_few_were_thought_to_be_wanted(shelf):
    for n in range(40):
        shelf.put("公告" if n % 3 else "通知", "征地补偿的公告", days=n * 40, kind=("notice", "policy", "reply")[n % 3])
    shelf.put("从明天起的公告", days=70, visible_from=at(2027))
    held = list(
        Document.objects.filter(visible_from__lt=at(2026)).order_by("-position").values_list("position", "kind")
    )
    everything = [position for position, _ in held]
    assert begun(shelf, "征地") == (everything, {})
    assert begun(shelf) == (everything, {})
    first, last = everything[30], everything[2]
    assert begun(shelf, "征地补偿", first=first, last=last)[0] == everything[2:31]
    some = (mark(KIND, "notice"), mark(KIND, "reply")), (mark(YEAR, 2025), mark(YEAR, 2026), mark(YEAR, 2027))
    kinds = [position for position, kind in held if kind != "policy"]
    years = {row.position for row in Document.objects.filter(published_on__year__in=(2025, 2026, 2027))}
    assert begun(shelf, "公告", marks=some[:1])[0] == kinds
    assert begun(shelf, "公告", marks=some)[0] == [position for position in kinds if position in years]
    other = type(shelf)()
    other.put(text="征地补偿的公告")
    assert begun(shelf, "征地")[0] == everything


def test_what_is_shown_of_the_first_is_told_at_once_if_they_hold_the_words(shelf):
    for n in range(6):
        shelf.put("公告", "征地补，地补偿" if n % 2 else "征地补偿")
    newest = list(Document.objects.order_by("-position").values_list("position", flat=True))
    positions, told = begun(shelf, "征地", tell=range(2, 4))
    assert (positions, set(told)) == (newest, set(newest[2:4]))
    positions, told = begun(shelf, "征地补偿", tell=range(5))
    assert set(told) == {newest[1], newest[3]}
    assert set(told) <= set(positions)


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
