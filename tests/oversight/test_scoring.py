"""Scores: examples an assessor can follow with a pencil, what is refused beside them, and what always holds."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.oversight import (
    Answers,
    Apart,
    Counts,
    Happened,
    Points,
    Rate,
    Unknown,
    bundled,
    ranking,
    read_scheme,
    score,
)
from gongkai.oversight.values import Unfit, from_data, to_data
from tests.oversight.schemes import Node, forests, text_of, values_for

SMALL = """
key = "small"
title = "小方案"
pass_mark = 60
[[indicator]]
key = "veto"
title = "否决"
mode = "veto"
[[indicator]]
key = "rate"
title = "按期率"
points = 60
[[indicator]]
key = "off"
title = "扣分"
points = 20
mode = "deduct"
[[indicator.rule]]
key = "late"
title = "迟"
each = 3
most = 10
[[indicator]]
key = "list"
title = "清单"
points = 20
mode = "check"
applies_to = ["department"]
[[indicator.item]]
key = "a"
title = "甲"
[[indicator.item]]
key = "b"
title = "乙"
"""
NO = {"veto": Happened(yes=False)}


def words(scheme, values, form="department"):
    found = score(scheme, values, form)
    return found.words, found.verdict_zh


def test_a_score_is_the_sum_of_its_steps():
    small = read_scheme(SMALL)
    all_there = {**NO, "rate": Rate(18, 20), "off": Counts({"late": 2}), "list": Answers({"a": True, "b": False})}
    found = score(small, all_there, "department")
    assert found.value == Decimal(78) and found.verdict_zh == "合格"
    assert [step.words for step in found.steps] == [
        "没有发生",
        "60分×18/20（90%）＝54分",
        "20分，迟2次×3分，扣6分",
        "2项中1项符合，不符合的是乙；20分按项平分",
        "各项得分相加",
    ]
    four = score(small, {**all_there, "off": Counts({"late": 4})}, "department")
    assert four.step("off").words == "20分，迟4次，扣到上限10分"


def test_what_cannot_be_seen_leaves_a_range_and_is_not_nothing():
    small = read_scheme(SMALL)
    some = {**NO, "rate": Rate(1, 2), "off": Counts({"late": 0})}
    found = score(small, some, "department")
    assert (found.words, found.unknown, found.value) == ("50至70分", ("list",), None)
    assert found.verdict_zh == "尚不能确定"
    assert words(small, {**some, "list": Answers({"a": False, "b": False})}) == ("50分", "不合格")
    assert words(small, {**some, "list": Answers({"a": True, "b": None})}) == ("60至70分", "合格")
    assert words(small, {**some, "off": Counts({"late": None}), "list": Apart()}) == ("50至62.5分", "尚不能确定")


def test_what_does_not_apply_leaves_the_sum_and_the_rest_is_scaled_once():
    small = read_scheme(SMALL)
    some = {**NO, "rate": Rate(1, 1), "off": Counts({"late": 1})}
    found = score(small, some, "township")
    assert found.words == "96.25分"
    assert found.steps[-1].words == "适用的各项满分80分，得分×100/80"
    assert "不适用于这类机关" in found.step("list").words
    site = bundled()["site_check_2019"]
    seen = {leaf.key: Happened(yes=False) for leaf in site.leaves if leaf.mode == "veto"}
    without = {**seen, "without_service": Points(Decimal(69)), "service": Apart("没有对外服务职能")}
    assert words(site, {**without, "bonus": Points(Decimal(12))}) == ("104分", "合格"), "75分×4/3，超过80分才加分"
    low = {**without, "without_service": Points(Decimal(60)), "bonus": Points(Decimal(12))}
    assert words(site, low) == ("80分", "合格"), "恰好80分没有超过，不加分"


def test_a_veto_fails_whatever_the_points_and_an_unseen_one_leaves_it_open():
    small = read_scheme(SMALL)
    best = {"rate": Rate(1, 1), "off": Counts({"late": 0}), "list": Answers({"a": True, "b": True})}
    found = score(small, {**best, "veto": Happened(yes=True)}, "department")
    assert (found.words, found.verdict_zh, found.vetoed) == ("100分", "不合格", ("veto",))
    assert words(small, best) == ("100分", "尚不能确定")
    assert score(small, {}).words == "0至100分"
    assert score(small, dict.fromkeys(("rate", "off", "list"), Apart())).words == "0至100分"


def test_weights_are_multiplied_down_five_levels():
    assert bundled()["baoji_2020"].indicators["meeting_rules_point"].size == Decimal("0.84")


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("rate", Points(Decimal(61))),
        ("rate", Points(Decimal("NaN"))),
        ("rate", Happened(yes=True)),
        ("rate", Counts({})),
        ("off", Counts({"late": -1})),
        ("off", Counts({"other": 1})),
        ("list", Answers({"c": True})),
        ("veto", Rate(1, 2)),
    ],
)
def test_a_value_that_does_not_fit_is_refused(key, value):
    with pytest.raises(Unfit):
        score(read_scheme(SMALL), {key: value})


def test_nothing_is_scored_by_a_fragment_and_there_is_no_rate_of_nothing():
    with pytest.raises(ValueError, match="没有分值或者权重"):
        score(bundled()["baoji_2020"], {})
    for done, of in ((0, 0), (2, 1), (-1, 1)):
        with pytest.raises(ValueError, match=f"{done}/{of}"):
            Rate(done, of)


def test_equal_scores_share_a_place_and_a_vetoed_one_stands_last():
    rows = [("甲", Decimal(90), False), ("乙", Decimal(95), True), ("丙", Decimal(90), False)]
    found = ranking([*rows, ("丁", None, False), ("戊", Decimal(80), False)])
    assert [(p.key, p.place, p.tied) for p in found] == [
        ("甲", 1, True),
        ("丙", 1, True),
        ("戊", 3, False),
        ("乙", 4, False),
        ("丁", None, False),
    ]


@given(st.lists(st.tuples(st.integers(0, 5), st.booleans()), max_size=8))
def test_a_place_is_one_more_than_the_number_of_better_ones(rows):
    found = ranking([(str(n), Decimal(value), failed) for n, (value, failed) in enumerate(rows)])
    for place in found:
        value, failed = rows[int(place.key)]
        better = [1 for v, f in rows if (f, -v) < (failed, -value)]
        assert place.place == 1 + len(better)
        assert place.tied == (rows.count((value, failed)) > 1)


# ---- an oracle that knows neither sizes nor decimals: it walks the tree with fractions


def _exact(leaf: Node, value, share: Fraction, *, best: bool) -> tuple[Fraction, Fraction]:
    """What a leaf comes to and what it is of: of all that is not seen the best, or the worst."""
    if isinstance(value, Apart):
        return Fraction(0), Fraction(0)
    if isinstance(value, Unknown):
        return (share if best else Fraction(0)), share
    if isinstance(value, Rate):
        return share * Fraction(value.done, value.of), share
    if isinstance(value, Points):
        return Fraction(value.amount), share
    if isinstance(value, Answers):
        met = [best if one is None else one for one in value.met.values()]
        return share * Fraction(sum(met), len(met)), share
    left = share
    for number, (each, most) in enumerate(leaf.rules):
        times = value.times[f"r{number}"]
        if times is None and best:
            continue
        taken = share if times is None else Fraction(each * times)
        left -= taken if most is None else min(taken, Fraction(most))
    return max(left, Fraction(0)), share


def _walk(node: Node, values, share: Fraction, *, best: bool) -> tuple[Fraction, Fraction]:
    mine = share * node.weight / 100
    if not node.under:
        return _exact(node, values[node.key], mine, best=best)
    parts = [_walk(each, values, mine, best=best) for each in node.under]
    return sum((got for got, _ in parts), Fraction(0)), sum((of for _, of in parts), Fraction(0))


def _oracle(forest: list[Node], values, *, best: bool) -> Fraction:
    parts = [_walk(node, values, Fraction(100), best=best) for node in forest]
    got, of = sum(p[0] for p in parts), sum(p[1] for p in parts)
    return Fraction(100 if best else 0) if not of else Fraction(got) * 100 / of


@st.composite
def scored(draw, *, hidden=True):
    forest = draw(forests())
    scheme = read_scheme(text_of(forest))
    leaves = [leaf for node in forest for leaf in node.leaves()]
    values = {leaf.key: draw(values_for(leaf, scheme.indicators[leaf.key].size, hidden=hidden)) for leaf in leaves}
    return forest, scheme, values


@settings(max_examples=80)
@given(scored())
def test_the_score_is_what_fractions_say(case):
    forest, scheme, values = case
    found = score(scheme, values)
    for bound, best in ((found.low, False), (found.high, True)):
        exact = _oracle(forest, values, best=best)
        assert abs(Fraction(bound) - exact) <= Fraction(1, 20), "rounded leaf by leaf, and once more at the end"
    assert 0 <= found.low <= found.high <= found.of
    assert all(0 <= step.low <= step.high <= step.of for step in found.steps)


@settings(max_examples=40)
@given(scored(), st.data())
def test_to_see_more_narrows_the_range_and_never_leaves_it(case, data):
    _, scheme, values = case
    before = score(scheme, values)
    hidden = [key for key in before.unknown if isinstance(values[key], Unknown)]
    if not hidden:
        assert all(values[key] is not None for key in before.unknown)
        return
    key = data.draw(st.sampled_from(hidden))
    leaf = Node(key, 1, scheme.indicators[key].mode)
    leaf.rules = [(1, None)] * len(scheme.indicators[key].rules)
    leaf.items = len(scheme.indicators[key].items)
    seen = data.draw(values_for(leaf, scheme.indicators[key].size, hidden=False))
    after = score(scheme, {**values, key: seen})
    assert before.low <= after.low <= after.high <= before.high


@settings(max_examples=40)
@given(scored(hidden=False), st.data())
def test_one_more_deduction_never_raises_a_score(case, data):
    _, scheme, values = case
    counted = [key for key, value in values.items() if isinstance(value, Counts)]
    before = score(scheme, values)
    assert before.value is not None
    if not counted:
        return
    key = data.draw(st.sampled_from(counted))
    rule = data.draw(st.sampled_from(sorted(values[key].times)))
    more = Counts({**values[key].times, rule: values[key].times[rule] + 1})
    assert score(scheme, {**values, key: more}).value <= before.value


@settings(max_examples=40)
@given(forests())
def test_all_of_everything_is_the_full_mark_and_nothing_is_nothing(forest):
    scheme = read_scheme(text_of(forest))
    best, worst = {}, {}
    for leaf in scheme.leaves:
        if leaf.mode == "share":
            best[leaf.key], worst[leaf.key] = Rate(3, 3), Points(Decimal(0))
        elif leaf.mode == "check":
            best[leaf.key] = Answers({item.key: True for item in leaf.items})
            worst[leaf.key] = Answers({item.key: False for item in leaf.items})
        else:
            best[leaf.key] = Counts({rule.key: 0 for rule in leaf.rules})
            worst[leaf.key] = Points(Decimal(0))
    assert score(scheme, best).value == scheme.full
    assert sum(leaf.size for leaf in scheme.leaves) == scheme.full
    if not any(leaf.mode == "deduct" for leaf in scheme.leaves):
        assert score(scheme, worst).value == 0


@settings(max_examples=15)
@given(scored())
def test_a_kept_value_is_read_back_as_it_was(case):
    _, _, values = case
    assert {key: from_data(to_data(value)) for key, value in values.items()} == values


@pytest.mark.parametrize("value", [Happened(yes=True), Happened(yes=False), Unknown("没有登记"), Apart("没有窗口")])
def test_what_is_kept_without_a_number_says_the_same_again(value):
    assert from_data(to_data(value)) == value


@pytest.mark.parametrize(
    "data", [{}, {"kind": "rate", "done": 3, "of": 0}, {"kind": "points", "amount": "x"}, {"kind": "?"}]
)
def test_a_kept_value_that_is_none_is_refused(data):
    with pytest.raises(Unfit):
        from_data(data)


def test_rounding_is_half_up_at_two_places():
    third = read_scheme('key="t"\ntitle="三"\n[[indicator]]\nkey="a"\ntitle="甲"\npoints=100')
    assert score(third, {"a": Rate(1, 3)}).value == Decimal("33.33")
    exact = Decimal("0.125").quantize(Decimal("0.01"), ROUND_HALF_UP)
    assert score(third, {"a": Rate(1, 800)}).value == exact == Decimal("0.13")
