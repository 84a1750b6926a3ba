"""The one spelling of a search: the way back, the runs that lead an index, and what is understood of a typed line."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.text.query import Spelled, bare, leading, pairs, parse, runs, searchable, triples

TEXT = st.text("务務公开(wù)（）〔〕《》“”，。,. \t\n\u3000２2aＢ-_%\u200b𠮷\ue000", max_size=40)


@pytest.mark.parametrize(
    ("source", "spelled"),
    [
        ("關於印發《辦法》的 通知", "关于印发办法的通知"),
        ("云政发〔２０２１〕5号", "云政发(2021)5号"),
        ("云政发【2021】5号", "云政发(2021)5号"),
        ("PAGE  two 第一\n页", "page two第一页"),
        ("政務(wù)公开", "政务公开"),
        ("一，二；三！", "一,二;三!"),
        ("甲\ue000乙\u0007丙\x00丁", "甲乙丙丁"),
    ],
)
def test_one_spelling(source, spelled):
    assert searchable(source) == spelled


def test_a_number_without_its_brackets_and_blanks():
    assert bare("云政发〔2021〕5号") == bare("雲政發 2021 5 號") == "云政发20215号"


@pytest.mark.parametrize(
    ("typed", "words", "letters"),
    [
        ("救助 办法", ("救助", "办法"), ()),
        ("救助　办法 救助", ("救助", "办法"), ()),
        ("“救助 办法”", ("救助办法",), ()),
        ('"road works" 县', ("road works",), ("县",)),
        ("关于印发《救助 办法》的通知 财政", ("关于印发救助办法的通知", "财政"), ()),
        ("《办法》《条例》", ("办法", "条例"), ()),
        ("《办法》修改《条例》", ("办法", "修改条例"), ()),
        ("没有收尾的“救助 办法", ("没有收尾的救助", "办法"), ()),
        ("，救助。 、", ("救助",), ()),
        ("〔2021〕5号", ("(2021)5号",), ()),
        ("", (), ()),
    ],
)
def test_what_is_understood_of_a_typed_line(typed, words, letters):
    query = parse(typed)
    assert (query.words, query.letters) == (words, letters)
    assert bool(query) == bool(words or letters)


@given(TEXT)
def test_the_way_back_spells_the_same(source):
    spelled = Spelled(source)
    assert spelled.text == searchable(source)
    for start in range(len(spelled.text)):
        begin, end = spelled.origin(start, start + 1)
        assert 0 <= begin < end <= len(source)
        assert spelled.text[start] in (searchable(source[begin:end]), " ")


@given(TEXT, st.integers(0, 30), st.integers(2, 12))
def test_every_word_of_a_text_leads_to_it(source, start, length):
    """An index keeps the runs by their beginnings: each run that leads to a word must be such a beginning."""
    text = searchable(source)
    word = text[start : start + length]
    if len(word) < 2:
        return
    kept = runs(text)
    needed, enough = leading(word)
    assert all(any(run.startswith(lead) for run in kept) for lead in needed)
    assert not enough or len(needed) == 1
    assert pairs(word) <= pairs(text)
    assert triples(word) <= triples(text)


@given(TEXT, TEXT)
def test_a_run_that_is_enough_never_leads_astray(source, other):
    text, asked = searchable(source), searchable(other)
    kept = runs(text)
    for word in (*pairs(asked), *triples(asked)):
        needed, enough = leading(word)
        if enough:
            assert any(run.startswith(needed[0]) for run in kept) == (word in text)


@given(TEXT, st.text("务公开，2a", min_size=1, max_size=3))
def test_places_are_where_the_word_stands(source, word):
    marked = Spelled(source).places((word,))
    assert bool(marked) == (word in searchable(source))
    assert all(before[1] <= after[0] for before, after in pairwise(marked))
    for start, end in marked:
        assert word in searchable(source[start:end])
