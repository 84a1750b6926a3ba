"""Facts, sentences and slots: what is offered, what a slot becomes, what a broken one is told; and what is never written."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from gongkai.annual.forms import form
from gongkai.annual.narrative.facts import GROUPS, NEVER, SECTIONS, Fact, definitions, named, offers, printed, sentences
from gongkai.annual.narrative.loose import loose
from gongkai.annual.narrative.slots import fill, used


def fact(zh, value, key="", unit="件", group="onrequest", **more):
    return Fact(key or zh, zh, unit, group, value, "台账", **more)


FACTS = named([
    fact("新收申请件数", 12, "applications.received.total"),
    fact("结转", 0),
    fact("实收信息处理费金额", Decimal("30.50"), unit="元", group="fees"),
    fact("培训次数", None, why="台账没有登记。", group="supervision"),
])  # fmt: skip


@pytest.mark.parametrize(
    ("stored", "read"),
    [
        ("收到申请{新收申请件数}件。", "收到申请12件。"),
        ("收到申请｛新收申请件数｝件。", "收到申请12件。"),
        ("收到申请{ applications.received.total }件。", "收到申请12件。"),
        ("结转{结转}件，收费{实收信息处理费金额}元。", "结转0件，收费30.5元。"),
        ("没有数。", "没有数。"),
        ("", ""),
    ],
)
def test_a_slot_becomes_the_number_of_its_fact_and_nothing_else_changes(stored, read):
    filled = fill(stored, FACTS)

    assert (filled.text, filled.broken) == (read, ())
    for slot in filled.slots:
        assert filled.text[slot.start : slot.end] == printed(slot.value)


@pytest.mark.parametrize(
    ("stored", "why"),
    [
        ("收到{新收信件}件。", "没有叫“新收信件”的数"),
        ("举办培训{培训次数}次。", "“培训次数”现在没有数：台账没有登记。"),
        ("收到{新收申请件数件。", "花括号没有成对"),
        ("收到新收申请件数}件。", "花括号没有成对"),
        ("收到1{新收申请件数}件。", "紧接着别的数字"),
        ("收到{新收申请件数}0件。", "紧接着别的数字"),
        ("收到{新收申请件数}万件。", "紧接着别的数字"),
        ("收到{新收申请件数}.5件。", "紧接着别的数字"),
        ("收到{新收申请件数}{结转}件。", "紧接着别的数字"),
    ],
)
def test_a_broken_slot_is_named_with_its_place_and_stays_as_it_was_typed(stored, why):
    filled = fill(stored, FACTS)

    assert filled.broken
    assert why in filled.broken[0].why
    assert filled.text == stored
    for each in filled.broken:
        assert each.name in stored[each.start : each.end]


def test_a_number_at_the_end_of_a_sentence_or_before_a_comma_is_no_other_number():
    assert not fill("本年{新收申请件数}，上年3，{结转}。", FACTS).broken


@pytest.mark.parametrize(
    "name",
    ["责任追究件数", "群众满意度", "社会评议份数", "问责人数", "举报件数", "被投诉次数", "存在问题个数", "泄密件数"],
)
def test_what_only_people_may_say_is_no_fact(name):
    with pytest.raises(ValueError, match="只能由人写"):
        fact(name, 0)


@pytest.mark.parametrize(("zh", "group"), [("带{括号", "onrequest"), ("", "onrequest"), ("件数", "nowhere")])
def test_a_fact_that_no_slot_can_name_is_refused(zh, group):
    with pytest.raises(ValueError):
        fact(zh, 1, key="key", group=group)


def every(value):
    """Every fact there is, with one value, and one of each family."""
    fixed = [of.fact(value, "台账") for of in definitions().values()]
    families = {each.family for each in sentences() if each.family}
    return fixed + [fact(f"{f}·甲", value, family=f, short="甲") for f in sorted(families)]


@pytest.mark.parametrize("value", [0, 1, 37])
def test_chapter_five_and_what_only_people_may_say_is_never_offered(value):
    facts = every(value)
    words = [offer.words for section in SECTIONS for offer in offers(facts, section)]

    assert offers(facts, "5") == ()
    assert words
    assert not [each for each in words if NEVER.search(each)]
    assert not [each for each in words if re.search(r"没有发生|未发生|无责任|无此类", each)]


def test_every_offered_number_is_a_slot_and_every_slot_is_a_fact():
    facts = every(7)
    known = named(facts)
    for section in SECTIONS:
        for offer in offers(facts, section):
            assert set(used(offer.words)) <= set(known), offer.key
            assert not fill(offer.words, known).broken, offer.key
            typed = loose(fill(offer.words, known), facts)
            assert not typed, (offer.key, typed)


def test_a_sentence_with_an_unknown_number_is_not_offered_and_one_with_nothing_to_say_neither():
    unknown = {each.key for section in SECTIONS for each in offers(every(None), section)}
    zero = {each.key for section in SECTIONS for each in offers(every(0), section)}

    assert unknown == set()
    assert zero == {"period", "received", "disputes", "fees"}


def test_a_list_names_what_is_not_zero_in_its_order():
    by_channel = [
        fact("渠道·当面提交件数", 3, family="application_channel", short="当面提交"),
        fact("渠道·传真件数", 0, family="application_channel", short="传真"),
        fact("渠道·互联网件数", 9, family="application_channel", short="互联网"),
    ]
    [offer] = [o for o in offers(by_channel, "1") if o.key == "application_channels"]

    assert fill(offer.words, named(by_channel)).text == "新收的申请中，当面提交3件、互联网9件。"


def test_names_and_keys_are_unique_and_cells_are_cells_of_the_form():
    names = [of.zh for of in definitions().values()]
    cells = {cell.address for cell in form("2021").cells}

    assert len(set(names)) == len(names)
    assert {of.group for of in definitions().values()} == set(GROUPS) - {"county"}, (
        "the county's are made of the others"
    )
    assert {key for key in definitions() if key.startswith(("proactive.", "disputes.reconsideration"))} <= cells
    assert {key for key in definitions() if key.startswith("applications.") and key.count(".") == 2} <= cells


TYPED = [
    ("全年收到申请12件。", "same", "12件"),
    ("全年收到政府信息公开申请１３件。", "differs", "１３件"),
    ("收到群众来信13件。", "alone", "13件"),
    ("走访企业12家。", "alone", "12家"),
    ("收到申请约20件。", "alone", "约20件"[1:]),
]


@pytest.mark.parametrize(("text", "says", "quote"), TYPED)
def test_a_number_typed_by_hand_is_shown_as_unbound_and_compared(text, says, quote):
    facts = [definitions()["applications.received.total"].fact(12, "台账")]
    [found] = loose(fill(text, named(facts)), facts)

    assert (found.says, found.quote) == (says, quote)
    assert text[found.start : found.end] == quote
    assert ("请核实" in found.message) == (says == "differs")


def test_a_fact_that_has_no_words_of_its_own_is_compared_with_nothing():
    text = "新收到申请12件。"
    [told] = loose(fill(text, FACTS), FACTS.values())
    [silent] = loose(fill(text, {}), [fact("另一个数", 12, "no.such.fact")])

    assert (told.says, silent.says) == ("same", "alone")
    assert "没有来源" in silent.message


def test_a_bound_number_and_the_years_of_a_text_are_not_loose():
    facts = list({id(f): f for f in FACTS.values()}.values())
    filled = fill("2025年收到申请{新收申请件数}件，按国办发〔2021〕30号办理。", FACTS)

    assert loose(filled, facts) == ()
