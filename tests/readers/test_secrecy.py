"""Classification marks: the word with its star, however it is spaced; never the mere word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.text.secrecy import classification_marks


@pytest.mark.parametrize(
    ("text", "shown"),
    (
        ("绝密★", "绝密★"),
        ("机密★10年", "机密★10年"),
        ("秘密★长期", "秘密★长期"),
        ("秘 密 ★ 5 年", "秘密★5年"),
        ("机　密　★　２０年", "机密★２０年"),
        ("秘密\u200b★6个月", "秘密★6个月"),
        ("份号000012  機密★長期", "机密★長期"),
        ("密级：绝密★启用前", "绝密★启用"),
        ("祕密⭐", "秘密★"),
    ),
)
def test_a_mark_is_found(text: str, shown: str) -> None:
    found = classification_marks(text)
    assert [mark.shown for mark in found] == [shown]
    assert text[found[0].start] in "绝机機秘祕"


@pytest.mark.parametrize(
    "text",
    (
        "",
        "涉及商业秘密的不予公开",
        "国家秘密、工作秘密和个人隐私",
        "机密文件管理办法",
        "保守秘密。\n★第三条",
        "★ 秘密管理",
        "绝密级事项",
        "秘 密",
        "五星★★★★★",
        "秘密*10年",
    ),
)
def test_the_mere_word_changes_nothing(text: str) -> None:
    assert classification_marks(text) == ()


@given(st.text(), st.sampled_from(["绝密", "机密", "秘密"]), st.sampled_from(["", "10年", "长期"]), st.text())
def test_a_mark_anywhere_in_a_text_is_found_with_its_place(before: str, level: str, period: str, after: str) -> None:
    text = f"{before}\n{level}★{period}\n{after}"
    found = classification_marks(text)
    assert (level, period, len(before) + 1) in [(m.level, m.period, m.start) for m in found]
