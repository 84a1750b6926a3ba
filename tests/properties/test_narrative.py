"""A bound number cannot drift: whatever the figures, the text outside the slots stays; what either of two wrote is kept."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.annual.check import check
from gongkai.annual.narrative.facts import Fact, definitions, named, offers
from gongkai.annual.narrative.joining import join, pieces
from gongkai.annual.narrative.slots import fill
from gongkai.annual.report import Cell
from tests.mess.invent import invent
from tests.structure.making import made

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


# ── what is offered agrees with the tables ───────────────────────────────────────────────────────────────────────────


def offered_words(section: str, known: list[Fact]) -> str:
    by_name = named(known)
    return "\n".join(fill(offer.words, by_name).text for offer in offers(known, section))


def split(draw, whole: int, parts: int) -> list[int]:
    cuts = sorted(draw(st.lists(st.integers(0, whole), min_size=parts - 1, max_size=parts - 1)))
    return [b - a for a, b in pairwise([0, *cuts, whole])]


@st.composite
def years(draw):
    """Facts of a year whose tables are sound, and the cells of these tables."""
    cells = invent(Random(draw(st.integers(0, 2**32))), "2021", faults=False).cells
    small = st.integers(0, 60)

    def value(key: str):
        if key in cells:
            return cells[key]
        head, _, rest = key.partition(".")
        if head == "applications" and "." not in rest and rest not in ("on_time", "with_due_day"):
            return sum(n for a, n in cells.items() if a.startswith(f"{key}.") and a.endswith(".total"))
        if head == "disputes":
            column = rest.partition(".")[2]
            return sum(
                cells[f"disputes.{k}.{column}"] for k in ("direct_litigation", "litigation_after_reconsideration")
            )
        return 2023 if key == "year" else draw(small)

    facts = [of.fact(value(key), "台账") for key, of in definitions().items()]
    of_key = {fact.key: fact for fact in facts}
    for family, whole in (
        ("application_channel", of_key["applications.received.total"].value),
        ("meeting", of_key["meetings.total"].value),
        ("column", draw(small)), ("channel", draw(small)), ("interpretation_form", draw(small)),
    ):  # fmt: skip
        for n, part in enumerate(split(draw, whole, 3)):
            short = PARTS[family][n]
            facts.append(Fact(f"{family}.{n}", f"{family}·{short}", UNITS.get(family, "条"), "proactive", part, "台账",
                              family=family, short=short))  # fmt: skip
    return facts, cells


PARTS = {
    "application_channel": ("当面提交", "邮政寄送（需签收）", "互联网"),
    "meeting": ("政府常务会议", "政府全体会议", "其他会议"),
    "column": ("机构职能", "行政处罚", "财政预决算"),
    "channel": ("政府信息公开平台", "政府公报刊登文件", "公告栏"),
    "interpretation_form": ("文字解读", "图解", "新闻发布会、访谈"),
}
UNITS = {"application_channel": "件", "meeting": "次"}


def quoted(facts, cells):
    """What the checker says of the words of a report that holds every offered sentence and nothing else."""
    report = made(
        {1: offered_words("1", facts), 5: "问题见前。下一步改进。", 6: offered_words("6", facts)},
        preface=offered_words("preface", facts),
        cells={address: Cell(value, str(value)) for address, value in cells.items()},
    )
    return [f for f in check(report).findings if f.quote or f.grade == "conflict"]


@given(years())
@settings(max_examples=25, deadline=None)
def test_a_report_of_offered_sentences_alone_is_not_at_odds_with_its_tables(year):
    facts, cells = year

    assert [f"{f.id} {f.quote} {f.message}" for f in quoted(facts, cells)] == []
    wrong = [replace(f, value=f.value + 100_003) if f.key == "applications.received.total" else f for f in facts]
    assert any("applications.received.total" in f.cells for f in quoted(wrong, cells))
