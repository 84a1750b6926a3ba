"""The matters of the form in other words: nouns for verbs, no verb at all, the terms of the Regulations, all done.

The invented report: 新收10，上年结转2，办结11（不掌握2、不予处理1、其他处理0），结转1；复议3，诉讼2；许可1200，处罚60，强制3.
"""

from __future__ import annotations

import pytest

from tests.spec.words.support import cells, check, said

SOUND = [
    # ---- the procedure as a noun
    "依申请公开受理数为10件。",
    "依申请公开受理数为10，办结数为11。",
    "政府信息公开申请受理数量：12。",
    "依申请公开办件量11件。",
    "政府信息公开申请受理量共计12件。",
    "网上依申请公开受理数6件。",
    "2022年依申请公开受理数为15件。",
    "政务服务依申请办件量15件。",
    "政务服务办件量1500件。",
    "信访件及信息公开申请办理数25件。",
    # ---- the terms of the Regulations
    "办结政府信息公开申请11件，其中信息不存在1件，不属于本机关公开1件。",
    "办结政府信息公开申请11件，其中不属于政府信息1件。",
    "收到建议9件，不属于本机关职责9件。",
    "巡查中发现不存在问题5件。",
    # ---- cases against the organ
    "被申请行政复议3件，被提起行政诉讼2件。",
    "全年被申请行政复议3件，行政诉讼1件。",
    "全年办理行政复议案件45件。",
    "行政执法方面，被申请行政复议80件。",
    "全面推进依法行政，全年被申请行政复议80件，被提起行政诉讼20件。",
    "因征地拆迁被申请行政复议80件。",
    "我县被申请行政复议80件，其中信息公开类3件。",
    "2022年被申请行政复议9件。",
    "县司法局受理行政复议申请120件。",
    "行政机关负责人出庭应诉行政诉讼12件。",
    # ---- decisions
    "全年行政许可1200件、行政处罚60件、行政强制3件。",
    "主动公开行政许可130件、行政处罚65件。",
    "归集信用信息，行政处罚75件。",
    "行政许可事项120项。",
    "公开行政处罚信息85条。",
    "行政处罚案件评查12件。",
    "对行政处罚75件进行了评查。",
    "2022年行政处罚75件。",
    # ---- all done, but not of all, or said with what is left
    "收到政府信息公开申请10件，均按期答复。",
    "收到政府信息公开申请10件，1件结转下年，其余均已办结。",
    "收到政府信息公开申请10件，其中网络申请6件均已办结。",
    "收到政府信息公开申请10件，办理建议12件，均已办结。",
    "收到政府信息公开申请10件，召开会议3次，均已办结。",
    "收到政府信息公开申请10件。相关事项均已办结。",
    "相关事项均已办结。",
    "2022年收到政府信息公开申请10件，均已办结。",
]
ASKED = [
    ("依申请公开办件量15件。", "N-RECEIVED"),
    ("办结政府信息公开申请11件。不存在5件。", "N-OUTCOME"),
    ("办结政府信息公开申请11件。信息不存在5件。", "N-OUTCOME"),
    ("办结政府信息公开申请11件，其中不属于本行政机关掌握5件。", "N-OUTCOME"),
    ("办结政府信息公开申请11件，其中不属于政府信息9件。", "N-OUTCOME"),
    ("被申请行政复议8件。", "N-DISPUTES"),
    ("全年发生行政诉讼12件。", "N-DISPUTES"),
    ("收到政府信息公开申请10件，被申请行政复议3件，行政诉讼12件。", "N-DISPUTES"),
    ("全年行政许可1300件、行政处罚60件、行政强制3件。", "N-DECISIONS"),
    ("本年行政许可处理决定数量1300件。", "N-DECISIONS"),
    ("作出行政许可决定1200件、行政处罚75件、行政强制3件。", "N-DECISIONS"),
    ("收到政府信息公开申请10件，均已办结。", "N-NONE"),
    ("收到政府信息公开申请10件，均已答复。", "N-NONE"),
    ("收到政府信息公开申请10件，全部按时办结。", "N-NONE"),
]
CERTAIN = [
    ("依申请公开受理数为15件。", "N-RECEIVED"),
    ("依申请公开受理数为15，均按期答复。", "N-RECEIVED"),
    ("政府信息公开申请办结数8。", "N-DECIDED"),
    ("全年政府信息公开申请受理量为23件。", "N-RECEIVED"),
    ("办结政府信息公开申请11件。不予公开5件。", "N-OUTCOME"),
]


@pytest.mark.parametrize("words", SOUND)
def test_words_that_agree_or_speak_of_something_else(words: str) -> None:
    assert said(check(words)) == []


@pytest.mark.parametrize(("words", "rule"), ASKED)
def test_words_a_careful_reader_asks_about(words: str, rule: str) -> None:
    assert said(check(words)) == [(rule, "doubt")]


@pytest.mark.parametrize(("words", "rule"), CERTAIN)
def test_words_that_cannot_be_true(words: str, rule: str) -> None:
    assert said(check(words)) == [(rule, "conflict")]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        # Nothing came over from last year, so what goes over to the next is of this year's.
        ("收到政府信息公开申请10件，均已办结。", [("N-NONE", "conflict")]),
        ("收到政府信息公开申请10件，均已答复。", [("N-NONE", "doubt")]),
        ("2023年，县政府办公室收到政府信息公开申请10件，均已办结。", [("N-NONE", "doubt")]),
    ],
)
def test_all_done_beside_what_is_carried_forward(words: str, expected: list[tuple[str, str]]) -> None:
    table = cells(applications__brought_forward__total=0, applications__concluded__total=9)
    assert said(check(words, table=table)) == expected


def test_all_done_is_right_where_nothing_is_carried_forward() -> None:
    table = cells(applications__carried_forward__total=0)
    assert said(check("收到政府信息公开申请10件，均已办结。", table=table)) == []
