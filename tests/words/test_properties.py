"""What must hold for words nobody wrote down: sound lists stay unflagged, broken ones are found, nothing crashes."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.annual.words import check_words, claims
from gongkai.text.flow import running
from gongkai.text.numbers import quantities, spelled_number
from tests.spec.words.support import report, said
from tests.spec.words.test_against_tables import AGREE, NOTHING_SAID

LABELS = (
    "机构职能类",
    "政务动态类",
    "规划计划类",
    "财政信息类",
    "公示公告类",
    "政策文件类",
    "重点领域类",
    "人事信息类",
)
PARTS = st.lists(st.integers(1, 400), min_size=3, max_size=8)
MARKS = st.sampled_from(["，", "、", "；", ","])
OPENERS = st.sampled_from(["，其中", "。其中，", "（", "，其中：", "，分别为"])


def _list(total: int, parts: list[int], mark: str, opener: str) -> str:
    items = mark.join(f"{label}{n}条" for label, n in zip(LABELS, parts, strict=False))
    return f"2023年共发布各类信息{total}条{opener}{items}{'）' if opener == '（' else ''}。"


@given(PARTS, MARKS, OPENERS)
@settings(max_examples=200, deadline=None)
def test_a_sound_list_is_never_flagged(parts: list[int], mark: str, opener: str) -> None:
    assert said(check_words(report(_list(sum(parts), parts, mark, opener)))) == []


@given(PARTS, MARKS, OPENERS, st.integers(1, 30))
@settings(max_examples=200, deadline=None)
def test_parts_above_their_whole_are_always_found(parts: list[int], mark: str, opener: str, off: int) -> None:
    total = sum(parts) - off
    running = [sum(parts[: i + 1]) for i in range(len(parts))]
    if total <= max(parts) or total in running or mark == "；":
        return
    assert ("N-SUM", "conflict") in said(check_words(report(_list(total, parts, mark, opener))))


@given(PARTS, MARKS, OPENERS)
@settings(max_examples=100, deadline=None)
def test_an_open_list_below_its_whole_is_never_flagged(parts: list[int], mark: str, opener: str) -> None:
    words = _list(sum(parts) * 2, parts, mark, opener).replace("）。", "等）。").replace("条。", "条等。")
    if "分别" not in opener:
        assert said(check_words(report(words))) == []


@given(PARTS, st.integers(0, 2))
@settings(max_examples=200, deadline=None)
def test_rounded_and_cut_shares_are_never_flagged(parts: list[int], places: int) -> None:
    total = sum(parts)
    items = "，".join(f"{label}{n}条，占{n * 100 / total:.{places}f}%" for label, n in zip(LABELS, parts, strict=False))
    assert said(check_words(report(f"全年共发布信息{total}条，其中{items}。"))) == []
    scale = 10**places
    cut = "，".join(
        f"{label}{n}条，占{n * 100 * scale // total / scale:.{places}f}%"
        for label, n in zip(LABELS, parts, strict=False)
    )
    assert [f for f in check_words(report(f"全年共发布信息{total}条，其中{cut}。")) if f.grade == "conflict"] == []


def _change(new: int, old: int, by: int, share: str) -> str:
    word = "增加" if by > 0 else "减少"
    return f"全年发布政务信息{new}条，比上年{old}条{word}{abs(by)}条，{'增长' if by > 0 else '下降'}{share}%。"


@given(st.integers(1, 5000), st.integers(1, 5000), st.integers(0, 2))
@settings(max_examples=200, deadline=None)
def test_a_sound_change_is_never_flagged(new: int, old: int, places: int) -> None:
    words = _change(new, old, new - old, f"{abs(new - old) * 100 / old:.{places}f}")
    assert said(check_words(report(words))) == []
    assert said(check_words(report(words.replace(f"上年{old}条", "上年")))) == []


@given(st.integers(1, 5000), st.integers(1, 5000), st.integers(-50, 50).filter(bool))
@settings(max_examples=200, deadline=None)
def test_a_difference_that_is_off_is_always_found(new: int, old: int, off: int) -> None:
    if new != old and (new - old) * (new - old + off) > 0:
        words = _change(new, old, new - old + off, f"{abs(new - old) * 100 / old:.1f}")
        assert said(check_words(report(words))) == [("N-CHANGE", "conflict")]


FRAGMENTS = st.sampled_from(
    [w[i : i + 12] for w in AGREE + NOTHING_SAID for i in range(0, len(w), 7)]
    + [
        "，",
        "。",
        "；",
        "（",
        "）",
        "“",
        "其中",
        "等",
        "占",
        "12%",
        "0件",
        "\n",
        "\n\n",
        "-3-\n",
        "1,200条",
        "务(wù)",
        " ",
        "第20条",
    ]
)


@given(st.lists(FRAGMENTS, max_size=40))
@settings(max_examples=300, deadline=None)
def test_any_words_are_read_and_quoted_verbatim(fragments: list[str]) -> None:
    made = report("".join(fragments))
    for found in check_words(made):
        assert found.quote and found.quote in made.text
        assert found.at.chars and made.text[slice(*found.at.chars)] == found.quote
        assert found.message and found.advice and found.met
    claims(made)


@given(st.text(alphabet="务(wù)开。，\n \t1２3件（）a-－—", max_size=60))
@settings(max_examples=300, deadline=None)
def test_running_text_leads_back_to_its_source(source: str) -> None:
    flow = running(source)
    for start in range(len(flow.text)):
        begin, stop = flow.origin(start, start + 1)
        assert 0 <= begin < stop <= len(source)
        character = flow.text[start]
        if character not in "\n ":
            assert flow._normal.text  # the same sign, whatever its width
            assert begin == flow.origin(start, len(flow.text))[0]


@given(st.integers(0, 9999))
def test_spelled_numbers(number: int) -> None:
    digits = "零一二三四五六七八九"
    units = ["", "十", "百", "千"]
    text, zero = "", False
    for place in range(3, -1, -1):
        digit = number // 10**place % 10
        if digit:
            text += ("零" if zero and text else "") + digits[digit] + units[place]
            zero = False
        else:
            zero = True
    assert spelled_number(text or "零") == number


def test_numbers_that_are_no_quantities() -> None:
    for text in (
        "第20条",
        "〔2021〕30号",
        "2021年3月4日",
        "0517-83605210",
        "12345热线",
        "3-5件",
        "3至5件",
        "20个工作日",
        "第三次会议",
        "711号令",
        "2个百分点",
        "24条例",
        "前3项",
        "A4类",
        "编号007件",
        "3百件",
    ):
        assert list(quantities(text)) == [], text


def test_quantities_with_their_units() -> None:
    met = [
        (q.value, q.unit, q.exact) for q in quantities("共1,234条、5件，5500余条，1.2万条，37.5%，两起，约3份，6人次")
    ]
    assert met == [
        (1234, "条", True),
        (5, "件", True),
        (5500, "条", False),
        (12000, "条", False),
        (met[4][0], "%", True),
        (2, "起", True),
        (3, "份", False),
        (6, "人次", True),
    ]


def test_claims_say_what_they_matched() -> None:
    met = {c.concept: c.matched for c in claims(report("全年共受理政府信息公开申请12件，办结11件，结转下年度1件。"))}
    assert "本年新收加上年结转" in met["received"]
    assert "办理结果总计" in met["decided"]
    assert met["pending"] == ("结转下年度继续办理",)


def test_the_same_fault_is_told_once_and_keeps_its_fingerprint() -> None:
    first = check_words(report("2023年共收到政府信息公开申请15件。"))
    again = check_words(report("（一）前言。\n2023年共收到政府信息公开申请15件。"))
    assert [f.id for f in first] == ["N-RECEIVED"]
    assert [f.fingerprint for f in first] == [f.fingerprint for f in again]


def test_traditional_words_with_pinyin_are_read_and_quoted_as_printed() -> None:
    found = check_words(report("2023年共收到政府信息公開申請(qǐng)15件。"))
    assert [f.quote for f in found] == ["2023年共收到政府信息公開申請(qǐng)15件"]


def test_blank_cells_are_no_zeros() -> None:
    from dataclasses import replace

    made = report("全年未收到政府信息公开申请。办结政府信息公开申请3件，予以公开2件。")
    assert check_words(replace(made, cells={})) == []


def test_lower_bounds_exclude_without_a_total() -> None:
    from dataclasses import replace

    made = report("办结政府信息公开申请11件。予以公开3件。")
    cells = {
        a: c
        for a, c in made.cells.items()
        if a != "applications.disclosed.total" and not a.endswith("research_institution")
    }
    assert ("N-OUTCOME", "conflict") in said(check_words(replace(made, cells=cells)))
    sound = report("办结政府信息公开申请11件。予以公开9件。")
    assert said(check_words(replace(sound, cells=cells))) == []


def test_registry_explains_every_rule() -> None:
    from gongkai.annual.words import RULES

    assert len({r.id for r in RULES}) == len(RULES)
    for rule in RULES:
        assert re.fullmatch(r"N-[A-Z]+", rule.id)
        assert rule.says.endswith("。") and rule.advice and rule.citation is None


def test_noise_is_bounded() -> None:
    from time import process_time

    noise = (
        "公开信息1条，其中2件，占3%，" * 8000,
        "1" * 200_000,
        "未引发行政复议" * 20_000,
        "主动公开1件，依申请公开2件，" * 8000,
        "（" * 50_000,
        "二" * 100_000,
        "收到政府信息公开申请" * 20_000,
        "公开100条，其中甲60条，其中乙20条；丙40条；" * 4000,
        "“共5件" * 20_000,
    )
    for words in noise:
        made = report(words)
        begun = process_time()
        check_words(made)
        assert process_time() - begun < 30, words[:20]  # what grows with the square takes hours
