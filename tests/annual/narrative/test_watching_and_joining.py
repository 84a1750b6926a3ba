"""What is watched while people write, and two versions of one text joined."""

from __future__ import annotations

import pytest

from gongkai.annual.narrative.joining import differences, join, pieces
from gongkai.annual.narrative.watch import alike, lacking, length, topics

WHOLE = (
    "主动公开方面……依申请公开方面……政府信息管理方面……平台建设方面……监督保障方面，开展考核、社会评议，责任追究情况另述。"
)


@pytest.mark.parametrize(
    ("text", "edition", "form", "lacks"),
    [
        (WHOLE, "2021", "county_government", []),
        (WHOLE.replace("平台建设", "建设"), "2021", "department", ["平台建设"]),
        ("", "2021", "department", ["主动公开", "依申请公开", "政府信息管理", "平台建设", "监督保障"]),
        (WHOLE.replace("社会评议", "走访"), "2021", "township", ["社会评议"]),
        (WHOLE.replace("社会评议", "走访"), "2021", "subdistrict", []),
        (WHOLE.replace("社会评议", "走访"), "2021", "", []),
        ("开展考核。", "2019", "township", ["社会评议", "责任追究结果"]),
        ("", "2019", "department", []),
    ],
)
def test_a_topic_that_the_report_must_have_is_missed(text, edition, form, lacks):
    assert [topic.zh for topic in lacking({"1": text}, edition, form)] == lacks


def test_what_a_government_adds_may_stand_in_chapter_five():
    assert not lacking({"1": WHOLE.replace("责任追究", "其他"), "5": "没有需要责任追究的情形。"}, "2021", "township")


def test_only_what_was_read_is_called_a_provision():
    assert {t.basis for t in topics("2021", "department")} == {"国办公开办函〔2021〕30号"}
    assert topics("2019", "township")[0].basis.startswith("《政府信息公开条例》第五十条第一款第四项：")


def test_length_counts_characters_without_white_space():
    assert length("一、总体情况\n　　收到12件。 ") == 12


OWN = "我局在农机补贴发放前把名单张贴到每个村民小组的公告栏里，逐户核对，当场解释，并在赶集日设点答疑，收集意见后再次公示。"
FORM = "新收政府信息公开申请{新收申请件数}件，上年结转{上年结转申请件数}件，办结{办结申请件数}件，结转下年度{结转下年度申请件数}件。"


def test_the_same_words_are_alike_and_other_figures_make_them_no_other():
    assert alike(OWN, OWN).percent == 100
    assert alike(f"收到{{新收申请件数}}件。{OWN}", f"收到12件。{OWN}").percent == 100
    assert alike(OWN, "县水务局组织了三次灌渠清淤的现场说明会。").percent == 0


def test_sentences_that_everyone_has_from_the_program_do_not_make_texts_alike():
    other = (
        "县水务局组织灌渠清淤现场说明会，邀请沿线农户查看分水计划和水费清单，当面记录诉求并逐条书面回复，结果同步上网。"
    )
    found = alike(FORM + OWN, FORM.replace("{", "").replace("}", "") + other)

    assert found.percent == 0
    assert not found.striking


def test_what_is_alike_is_quoted_from_the_text_itself():
    found = alike("前面是新写的话，与别处都不同，讲的是今年。" + OWN, OWN)

    assert found.striking
    assert found.stretches[0] in OWN


BASE = "甲句。乙句。\n丙句。"


@pytest.mark.parametrize(
    ("one", "other", "joined", "clashes"),
    [
        ("甲句改。乙句。\n丙句。", "甲句。乙句。\n丙句。丁句。", "甲句改。乙句。\n丙句。丁句。", 0),
        ("甲句。乙句。\n丙句。", "甲句。乙句。\n丙句。", BASE, 0),
        ("甲句。乙句一。\n丙句。", "甲句。乙句二。\n丙句。", "甲句。乙句一。\n乙句二。\n丙句。", 1),
        ("甲句。乙句一。\n丙句。", "甲句。乙句一。\n丙句。", "甲句。乙句一。\n丙句。", 0),
        ("甲句。\n丙句。", BASE, "甲句。\n丙句。", 0),
        ("", "甲句。乙句。\n丙句。丁句。", "甲句。乙句。\n丙句。丁句。", 1),
    ],
)
def test_both_changes_stand_in_the_joined_text(one, other, joined, clashes):
    found = join(BASE, one, other)

    assert (found.words, len(found.clashes)) == (joined, clashes)


def test_two_first_texts_are_kept_one_after_the_other():
    assert join("", "甲。", "乙。").words == "甲。\n乙。"


def test_differences_put_together_are_both_texts():
    runs = differences(BASE, "甲句。乙句新。\n丙句。")

    assert "".join(run.words for run in runs if run.kind != "new") == BASE
    assert [run.words for run in runs if run.kind == "new"] == ["乙句新。"]
    assert "".join(pieces("甲。\n\n乙！”丙")) == "甲。\n\n乙！”丙"


def test_what_was_only_taken_out_or_only_put_in_is_shown_alone():
    less = "甲句。\n丙句。"
    around = [("same", "甲句。"), ("same", "\n丙句。")]

    for old, new, kind in ((BASE, less, "gone"), (less, BASE, "new")):
        runs = [(run.kind, run.words) for run in differences(old, new)]
        assert runs == [around[0], (kind, "乙句。"), around[1]]
