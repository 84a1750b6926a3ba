"""Schemes from their texts: the ready ones say only what was read; what is wrong is said so that an office understands."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.oversight import SchemeFault, bundled, read_scheme
from gongkai.oversight.computed import COMPUTED
from gongkai.oversight.reading import texts
from tests.oversight.schemes import forests, text_of

HEAD = 'key = "a"\ntitle = "方案"\n'


def one(lines: str) -> str:
    return f'{HEAD}[[indicator]]\nkey = "x"\ntitle = "甲"\n{lines}'


def test_what_of_the_ready_schemes_can_be_used_and_what_is_a_fragment():
    usable = {key for key, scheme in bundled().items() if not scheme.gaps}
    assert usable == {"site_check_2019", "xianning_2023", "starting"}
    assert bundled().keys() - usable == {
        "baoji_2020", "beijing_2024", "county_dyrmt", "county_fsou", "huoqiu", "jingzhou_2021", "jinzhai_2024", "xialu_2022",
    }  # fmt: skip
    assert all(scheme.source for scheme in bundled().values() if scheme.tag != "I")
    assert bundled()["county_dyrmt"].gaps == ("“政府信息公开”的下级合计63分，还差16分。",)


def test_the_ready_schemes_say_the_figures_that_were_read():
    found = {
        key: {e.title: e.points or e.weight for e in scheme.indicators.values()} for key, scheme in bundled().items()
    }
    assert found["xianning_2023"] == {"第三方测评": 70, "日常工作": 30}
    assert [found["baoji_2020"][word] for word in ("政府信息公开", "主动公开", "会议公开", "制度建立与落实")] == [
        40,
        70,
        10,
        30,
    ]
    assert found["huoqiu"] == {"部门文件": 10, "立改废": 4, "意见征集": 8, "意见反馈": 8}
    assert found["county_fsou"] == {"组织领导": 5, "机制制度": 21, "载体": 4, "主动公开": 43, "网上日常监测": 30}
    site = bundled()["site_check_2019"]
    assert [e.title for e in site.leaves if e.mode == "veto" and e.tag == "S"] == [
        "安全、泄密事故等严重问题", "站点无法访问", "首页不更新", "栏目不更新", "互动回应差",
    ]  # fmt: skip
    assert (site.pass_mark, site.bonus_over, site.bonus_limit) == (60, 80, 30)


def test_only_our_own_scheme_counts_from_records_and_it_uses_everything_they_tell():
    used = {each.computed for each in bundled()["starting"].leaves if each.computed}
    assert used == set(COMPUTED)
    others = [e.computed for key, s in bundled().items() if key != "starting" for e in s.leaves]
    assert not any(others)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("key = ", "方案的写法不对："),
        ('key = "甲"\ntitle = "方案"', "方案的代码是“甲”，应为小写字母开头"),
        ('key = "a"', "方案没有写名称"),
        (HEAD + "colour = 1", "方案写了系统不认识的“colour”"),
        (HEAD + "full = 0", "满分不能是0"),
        (HEAD + "full = -1", "方案的满分是“-1”，应为0至10000之间"),
        (HEAD + "full = nan", "应为0至10000之间"),
        (HEAD + "full = 1.00001", "最多四位小数"),
        (HEAD + 'period = "week"', "考核周期是“week”，可用的有：year（年度）"),
        (HEAD + "indicator = 3", "指标应逐个写成"),
        (one("points = 1\nweight = 2"), "“甲”同时写了分值和权重"),
        (one('mode = "guess"'), "“甲”的评分方式是“guess”，可用的有"),
        (one('mode = "veto"\npoints = 3'), "单项否决，不写分值"),
        (one('mode = "bonus"\nweight = 3'), "“甲”是加分项，应写最多加几分"),
        (one("weight = 101"), "“甲”的权重是101%"),
        (one("points = 101"), "一级指标合计101分，超过了100分"),
        (one('within = "y"'), "“甲”的上级“y”没有写"),
        (one('within = "x"'), "上级指标应写在前面"),
        (one('computed = "magic"'), "“magic”没有登记"),
        (one('computed = "no_reply_overdue"'), "评分方式应为“扣分”"),
        (one('mode = "check"\ncomputed = "guide_complete"'), "各项的代码应为complete、public、fresh"),
        (one('applies_to = ["village"]'), "适用的机关“village”不认识"),
        (one("evidence = 3"), "“甲”的“evidence”应为一列文字"),
        (one("note = 3"), "“甲”的“note”应为文字，最多2000字"),
        (one(f'note = "{"长" * 2001}"'), "“甲”的“note”应为文字，最多2000字"),
        (one("points = true"), "“甲”的分值是“True”，应为0至10000之间"),
        (one('mode = "deduct"\nrule = 3'), "“甲”的“rule”应逐项写成表"),
        (one('mode = "check"\nitem = ["公开"]'), "“甲”的“item”应逐项写成表"),
        (one('mode = "check"' + 2 * '\n[[indicator.item]]\nkey = "i"\ntitle = "公开"'), "“甲”下面有两项用了同一个代码"),
        (one('mode = "deduct"\n[[indicator.rule]]\nkey = "r"\ntitle = "迟"'), "“迟”没有写每次扣几分"),
        (one('points = 50\n[[indicator]]\nkey = "x"\ntitle = "乙"\npoints = 50'), "代码不能重复"),
        (one('points = 50\n[[indicator]]\nkey = "y"\ntitle = "乙"\nweight = 50'), "同一级只能用一种"),
        (one('mode = "share"\n[[indicator]]\nkey = "y"\nwithin = "x"\ntitle = "乙"'), "下面还有指标，不能再写评分方式"),
        (HEAD + "#" * 200_001, "方案太长"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(text, says):
    with pytest.raises(SchemeFault) as refused:
        read_scheme(text)
    told = "".join(refused.value.says)
    assert says in told and told.endswith("。")
    assert not re.search(r"Traceback|Error|<class|None", told)


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        ("", "甲没有分值或者权重"),
        ("points = 99.5", "还差0.5分"),
        ("weight = 40", "合计40%，还差60%"),
        ('mode = "deduct"\npoints = 100', "没有写哪些情况扣分"),
        ('mode = "check"\npoints = 100', "没有写要核对哪几项"),
        ('mode = "bonus"', "“甲”是加分项，没有写最多加几分"),
    ],
)
def test_what_is_not_said_makes_a_fragment(lines, says):
    assert says in "".join(read_scheme(one(lines)).gaps)


def test_points_under_what_has_none_are_not_measured_against_anything():
    under = '[[indicator]]\nkey = "y"\nwithin = "x"\ntitle = "乙"\npoints = 50'
    assert read_scheme(one(under)).gaps == ("一级指标中甲没有分值或者权重。",)
    assert read_scheme(one(f"points = 100\n{under}")).gaps == ("“甲”的下级合计50分，还差50分。",)


def test_six_levels_are_one_too_many():
    rows = [
        f'[[indicator]]\nkey = "k{n}"\ntitle = "第{n}级"\nweight = 100\nwithin = "{f"k{n - 1}" if n > 1 else ""}"'
        for n in range(1, 7)
    ]
    assert read_scheme(HEAD + "\n".join(rows[:5])).gaps == ()
    with pytest.raises(SchemeFault, match="“第6级”是第6级，指标最多5级"):
        read_scheme(HEAD + "\n".join(rows))


def test_where_an_indicator_stands_is_said_with_numbers_and_titles():
    scheme = bundled()["baoji_2020"]
    assert scheme.number("meetings") == "1.1.1" and scheme.number("platform") == "4"
    assert scheme.path("meetings") == ("政府信息公开", "主动公开", "会议公开")


@settings(max_examples=25)
@given(forests(levels=5))
def test_a_tree_whose_weights_make_a_hundred_everywhere_can_be_used(forest):
    scheme = read_scheme(text_of(forest))
    assert scheme.gaps == ()
    assert len(scheme.leaves) == sum(len(node.leaves()) for node in forest)


@given(st.text(max_size=200) | st.sampled_from(sorted(texts().values())).flatmap(
    lambda text: st.tuples(st.integers(0, len(text)), st.text("=[]\"'{}\n\x00全", max_size=3)).map(
        lambda cut: text[: cut[0]] + cut[1] + text[cut[0] :]
    )
))  # fmt: skip
def test_no_text_brings_the_reader_down(text):
    try:
        assert read_scheme(text).key
    except SchemeFault as refused:
        assert refused.says and all(each.endswith("。") for each in refused.says)


def test_every_ready_scheme_says_in_its_file_where_it_comes_from():
    folder = Path(__file__).parents[2] / "src/gongkai/oversight/schemes"
    for path in folder.glob("*.toml"):
        assert path.read_text("utf-8").startswith("# "), path.name
