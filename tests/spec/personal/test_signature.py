"""Texts that are alike have like signatures; a signature tells nothing without its key."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gongkai.text.signature import likeness, signature

KEY = b"k" * 32
ASKED = "申请公开云岭县石桥镇2024年度农村公路建设项目的立项批复、招标文件和中标合同"


def test_the_same_words_are_wholly_alike_whatever_stands_between_them() -> None:
    assert likeness(signature(ASKED, KEY), signature(f"  {ASKED}。 ".replace("、", " ，"), KEY)) == 1.0


def test_words_that_are_nearly_the_same_are_alike_and_others_are_not() -> None:
    near = ASKED.replace("中标合同", "施工合同")
    other = "申请获取本人2019年房屋征收补偿协议及评估报告"
    assert likeness(signature(ASKED, KEY), signature(near, KEY)) > 0.7
    assert likeness(signature(ASKED, KEY), signature(other, KEY)) < 0.3


def test_another_key_gives_another_signature() -> None:
    assert signature(ASKED, KEY) != signature(ASKED, b"other")


def test_nothing_is_like_nothing() -> None:
    assert signature("甲", KEY) == b""
    assert likeness(b"", signature(ASKED, KEY)) == likeness(signature(ASKED, KEY), b"") == 0.0


@given(st.text(max_size=60), st.text(max_size=60))
def test_likeness_lies_between_nothing_and_all_and_knows_no_order(one: str, other: str) -> None:
    a, b = signature(one, KEY), signature(other, KEY)
    assert 0.0 <= likeness(a, b) <= 1.0
    assert likeness(a, b) == likeness(b, a)
