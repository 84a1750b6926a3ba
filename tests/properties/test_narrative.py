"""A bound number cannot drift: whatever the figures, the text outside the slots stays; what either of two wrote is kept."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from gongkai.annual.narrative.facts import Fact, named
from gongkai.annual.narrative.joining import join, pieces
from gongkai.annual.narrative.slots import fill

NAMES = ["新收申请件数", "办结申请件数", "培训次数", "实收金额"]
VALUES = st.one_of(st.integers(0, 10**9), st.decimals(0, 10**6, places=2))
FIGURES = st.fixed_dictionaries(dict.fromkeys(NAMES, VALUES))
WORDS = st.text("收到件，。\n全年申请 ", max_size=12).map(lambda words: f"文{words}字")


@st.composite
def texts(draw):
    """A stored text and the slots in it: words, slot, words, …"""
    names = draw(st.lists(st.sampled_from(NAMES), max_size=5))
    between = draw(st.lists(WORDS, min_size=len(names) + 1, max_size=len(names) + 1))
    stored = between[0] + "".join(f"{{{name}}}{words}" for name, words in zip(names, between[1:], strict=True))
    return stored, names, between


def facts(figures):
    return named(Fact(name, name, "件", "onrequest", value, "台账") for name, value in figures.items())


@given(texts(), FIGURES, FIGURES)
def test_other_figures_change_the_text_in_its_slots_only(text, before, after):
    stored, names, between = text
    one, other = fill(stored, facts(before)), fill(stored, facts(after))

    assert not one.broken
    assert not other.broken
    assert [list(one.pieces()), list(other.pieces())] == [between, between]
    for filled, figures in ((one, before), (other, after)):
        found = re.findall(r"\d+(?:\.\d+)?", filled.text)  # nothing but slots holds a digit here
        assert [type(figures[name])(n) for n, name in zip(found, names, strict=True)] == [figures[n] for n in names]
        assert [slot.fact for slot in filled.slots] == names


@given(st.text("{}｛｝新收申请件数12。", max_size=30), FIGURES)
def test_any_text_is_filled_and_what_is_no_slot_is_named(stored, figures):
    filled = fill(stored, facts(figures))

    assert sum(map(len, filled.pieces())) == len(filled.text) - sum(
        e.end - e.start for e in (*filled.slots, *filled.broken)
    )
    assert not re.search(r"[{}｛｝]", filled.outside())
    assert filled.broken or not re.search(r"[{}｛｝]", filled.text)


SENTENCES = st.lists(st.sampled_from(["甲一。", "乙二。", "丙三。", "丁四。", "\n"]), max_size=8)
EDITS = st.lists(st.tuples(st.integers(0, 8), st.sampled_from(["删", "加", "换"])), max_size=4)


def edited(base, edits, who):
    found = list(base)
    for n, (at, how) in enumerate(edits):
        if how == "加" or not found:
            found.insert(min(at, len(found)), f"{who}写{'零一二三'[n]}。")
        elif how == "换":
            found[at % len(found)] = f"{who}改{'零一二三'[n]}。"
        else:
            del found[at % len(found)]
    return found


@given(SENTENCES, EDITS, EDITS)
def test_nothing_that_either_of_two_wrote_is_lost_in_the_joined_text(base, mine, theirs):
    one, other = edited(base, mine, "张"), edited(base, theirs, "李")
    joined = join("".join(base), "".join(one), "".join(other)).words

    for sentence in {*one, *other}:
        if sentence.startswith(("张", "李")):
            assert sentence in joined
    written = {*base, *one, *other, "\n"}
    assert {each for each in pieces(joined) if each.strip()} <= written


@given(SENTENCES, EDITS)
def test_who_changed_alone_has_their_text(base, mine):
    old, new = "".join(base), "".join(edited(base, mine, "张"))

    assert join(old, new, old).words == join(old, old, new).words == join(old, new, new).words == new
