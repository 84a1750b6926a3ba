"""Questions of an appraisal from their text, what may be answered to them, and how the answers are counted."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.oversight.answers import counted, differences, satisfied
from gongkai.oversight.questions import UNKNOWN, Fault, Question, checked, read, written

TEXT = """单选：您从哪里了解政府信息？
网站
公开栏

多选：您关心哪些信息？（选答）
惠农补贴
征地
教育

评价：对信息公开是否满意？
*满意
*基本满意
不满意

文字：还有什么建议？
"""
ASKED = read(TEXT)
ALL = {"q1": 0, "q2": [2, 0], "q3": UNKNOWN}


def test_a_text_says_the_questions_and_comes_back_the_same():
    assert [(q.key, q.kind, q.needed, q.good) for q in ASKED] == [
        ("q1", "one", True, ()),
        ("q2", "many", False, ()),
        ("q3", "scale", True, (0, 1)),
        ("q4", "text", False, ()),
    ]
    assert ASKED[1].options == ("惠农补贴", "征地", "教育")
    assert ASKED[2].options == ("满意", "基本满意", "不满意")
    assert read(written(ASKED)) == ASKED


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "请写题目"),
        ("文字：建议", "至少要有一道可以统计的题"),
        ("您满意吗\n是\n否", "第1题的第一行应以“单选："),
        ("单选：只有一个\n是", "第1题应有2至12个选项，现有1个"),
        ("单选：重复\n是\n是", "第1题有空白或者重复的选项"),
        ("单选：好吗\n*是\n否", "不是评价题，选项前不要写"),
        ("评价：好吗\n好\n不了解", "“不了解”由系统另列"),
        ("评价：好吗\n*好\n*很好", "每一档都计为满意"),
        ("评价：好吗\n\n文字：请留下您的姓名和手机号", "第2题询问个人信息"),
        ("评价：请拨打13800001234", "像电话、证件号码"),
        ("评价：" + "长" * 201, "题目最多200字"),
        ("评价：好吗\n\n文字：建议\n一", "是文字题，不要写选项"),
        ("\n\n".join(f"评价：第{n}" for n in range(31)), "最多30道题，现有31道"),
    ],
)
def test_questions_that_cannot_be_asked_are_refused_with_their_place(text, says):
    with pytest.raises(Fault, match=says):
        read(text)


@pytest.mark.parametrize(
    ("choices", "texts", "says"),
    [
        ({"q1": 0, "q3": 2}, {}, ""),
        (ALL, {"q4": " 多一些图。 "}, ""),
        ({"q1": 0}, {}, "请回答第3题"),
        ({"q1": 2, "q3": 0}, {}, "第1题的答案不在选项之内"),
        ({"q1": -1, "q3": 0}, {}, "第1题的答案不在选项之内"),
        ({"q1": True, "q3": 0}, {}, "第1题的答案不在选项之内"),
        ({"q1": UNKNOWN, "q3": 0}, {}, "第1题的答案不在选项之内"),
        ({"q1": 0, "q2": 1, "q3": 0}, {}, "第2题的答案不在选项之内"),
        ({"q1": 0, "q2": [0, 9], "q3": 0}, {}, "第2题的答案不在选项之内"),
        ({"q1": 0, "q3": 0, "q9": 0}, {}, "不对应问卷上的题目"),
        ({"q1": 0, "q3": 0}, {"q1": "是"}, "第1题的答案不在选项之内"),
        ({"q1": 0, "q3": 0}, {"q4": "长" * 1001}, "第4题最多1000字，现有1001字"),
        ({"q1": 0, "q3": 0}, {"q4": "\x07"}, "控制字符"),
    ],
)
def test_answers_fit_the_questions_or_are_refused(choices, texts, says):
    if says:
        with pytest.raises(Fault, match=says):
            checked(ASKED, choices, texts)
    else:
        given = checked(ASKED, choices, texts)
        assert dict(given.choices) == {key: sorted(v) if isinstance(v, list) else v for key, v in choices.items()}
        assert dict(given.texts) == {key: words.strip() for key, words in texts.items()}


def test_paper_may_leave_open_what_a_screen_may_not_but_not_everything():
    assert checked(ASKED, {"q3": 1}, {}, paper=True).choices == {"q3": 1}
    assert checked(ASKED, {}, {"q4": "路灯"}, paper=True).texts == {"q4": "路灯"}
    with pytest.raises(Fault, match="一题也没有回答"):
        checked(ASKED, {"q2": []}, {"q4": " "}, paper=True)


def test_counts_shares_and_bases_of_seven_sheets():
    steps = [0, 0, 0, 1, 2, UNKNOWN, None]
    sheets = [({"q1": 0} | ({} if n is None else {"q3": n}) | {"q2": [0, 1]}, ["q4"] if n == 0 else []) for n in steps]
    one, many, scale, text = counted(ASKED, sheets, least=5)
    assert [(r["n"], r["share"]) for r in one["rows"]] == [(7, "100.0"), (0, "0.0")]
    assert (many["voters"], many["base"], [r["share"] for r in many["rows"]]) == (7, 14, ["50.0", "50.0", "0.0"])
    assert (scale["voters"], scale["unknown"], scale["blank"], scale["base"]) == (6, 1, 1, 5)
    assert [(r["n"], r["share"]) for r in scale["rows"]] == [(3, "60.0"), (1, "20.0"), (1, "20.0")]
    assert scale["satisfied"] == {"words": "满意、基本满意", "n": 4, "of": 5, "rate": "80.0"}
    assert (text["voters"], text["blank"]) == (3, 4)
    few = counted(ASKED, sheets, least=6)[2]
    assert [r["share"] for r in few["rows"]] == [None] * 3
    assert few["satisfied"] == {"words": "满意、基本满意", "n": 4, "of": 5, "rate": None}
    assert satisfied([one, many, scale, few]) == (8, 10)


def test_nothing_answered_has_no_share():
    found = counted(ASKED, [], least=0)
    assert [row["base"] for row in found[:3]] == [0, 0, 0]
    assert all(row["share"] is None for each in found[:3] for row in each["rows"])


def test_what_became_other_since_it_was_published_is_said():
    def result(*steps):
        rows = counted(ASKED, [({"q1": 0, "q3": step}, []) for step in steps], least=1)
        n = len(steps)
        organ = {"key": "a", "name": "教育局", "questions": rows}
        return {"received": n, "counted": n, "aside": 0, "organs": [organ]}

    assert differences(result(0, 1), result(0, 1)) == []
    assert differences(result(0, 1), result(0, 2, UNKNOWN)) == [
        "收到由2份变为3份",
        "计入由2份变为3份",
        "教育局第1题：“网站”由2变为3",
        "教育局第2题：未作答由2变为3",
        "教育局第3题：“基本满意”由1变为0，“不满意”由0变为1，不了解由0变为1",
    ]


@st.composite
def asked_and_answered(draw):
    """A questionnaire of a few questions, and sheets that answer some of them."""
    questions = []
    for n in range(draw(st.integers(1, 4))):
        kind = draw(st.sampled_from(["one", "many", "scale"]))
        size = draw(st.integers(2, 5))
        good = tuple(range(draw(st.integers(0, size - 1)))) if kind == "scale" else ()
        questions.append(Question(f"q{n}", kind, "题", tuple(f"项{m}" for m in range(size)), good))
    sheets = []
    for _ in range(draw(st.integers(0, 12))):
        sheet = {}
        for each in questions:
            places = st.integers(0, len(each.options) - 1)
            kinds = {
                "one": places,
                "scale": places | st.just(UNKNOWN),
                "many": st.lists(places, min_size=1, unique=True),
            }
            answers = kinds[each.kind]
            answer = draw(st.none() | answers)
            if answer is not None:
                sheet[each.key] = answer
        sheets.append(sheet)
    return questions, sheets


@settings(max_examples=60, deadline=None)
@given(asked_and_answered(), st.integers(0, 6))
def test_counting_agrees_with_asking_each_sheet_in_turn(told, least):
    """The oracle never sums what was summed: it looks through the sheets once for each figure."""
    questions, sheets = told
    for each, row in zip(questions, counted(questions, [(s, ()) for s in sheets], least), strict=True):
        answers = [s[each.key] for s in sheets if each.key in s]
        assert row["voters"] + row["blank"] == len(sheets)
        for place, told_row in enumerate(row["rows"]):
            assert told_row["n"] == len([a for a in answers if a == place or (isinstance(a, list) and place in a)])
        assert row["unknown"] == len([a for a in answers if a == UNKNOWN])
        parts = [told_row["share"] for told_row in row["rows"]]
        if row["base"] and len([a for a in answers if a != UNKNOWN]) >= least:
            assert sum(map(Decimal, parts)) == 100
            for told_row in row["rows"]:
                exact = Decimal(told_row["n"] * 100) / row["base"]
                assert abs(Decimal(told_row["share"]) - exact) < Decimal("0.1")
        else:
            assert parts == [None] * len(parts)
        if each.good:
            happy = [a for a in answers if a != UNKNOWN and a in each.good]
            assert (row["satisfied"]["n"], row["satisfied"]["of"]) == (len(happy), row["base"])
            if parts[0] is not None:
                assert Decimal(row["satisfied"]["rate"]) == sum(Decimal(parts[place]) for place in each.good)
