"""One spelling for many, with the way back to the words as printed."""

from __future__ import annotations

import pytest

from gongkai.text.normal import Normal, fold, simplified


@pytest.mark.parametrize(
    ("printed", "met"),
    [
        ("１２３，４５６", "123，456"),
        ("（一）％－／", "(一)%-/"),
        ("a\u00a0b\u3000c", "a b c"),
        ("，；：！？。", "，；：！？。"),
        ("政務公開總報告", "政务公开总报告"),
        ("以后还有，干部里面", "以后还有，干部里面"),
        ("⾏政", "行政"),
        ("", ""),
    ],
)
def test_folding_keeps_every_character_in_its_place(printed: str, met: str):
    assert fold(printed) == met
    assert len(fold(printed)) == len(printed)


def test_a_word_whose_simplified_form_has_another_length_keeps_its_characters():
    # a phrase the dictionary would shorten or lengthen is taken character by character
    text = "開" + "".join(map(chr, range(0x4E00, 0x9FA5)))
    assert len(simplified(text)) == len(text)
    assert simplified("開") == "开"


@pytest.mark.parametrize(
    ("printed", "met"),
    [
        ("務(wù)公開(kāi)", "务公开"),
        ("公\u200b开\ufeff", "公开"),
        ("公开（gōng）情况", "公开情况"),
        ("a(b)c", "a(b)c"),
        ("公开(2023)", "公开(2023)"),
    ],
)
def test_pinyin_and_signs_of_no_width_are_dropped(printed: str, met: str):
    assert Normal(printed).text == met


@pytest.mark.parametrize(
    ("printed", "start", "end", "quote"),
    [
        ("政務公開", 0, 2, "政務"),
        ("政務(wù)公開(kāi)情况", 1, 3, "務(wù)公"),
        ("政務(wù)公開(kāi)情况", 2, 4, "公開"),
        ("政務(wù)公開", 3, 3, ""),
        ("政務(wù)", 2, 2, ""),
        ("政務(wù)", 5, 9, ""),
    ],
)
def test_quotes_are_verbatim(printed: str, start: int, end: int, quote: str):
    assert Normal(printed).quote(start, end) == quote
