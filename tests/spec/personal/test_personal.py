"""What looks like personal data in running text, and what only looks so."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.text import personal
from gongkai.text.personal import Hit, find, luhn, masked

LOOKS_PERSONAL = (
    ("身份证号110101199003074514。", ["identity"]),
    ("身份证号11010119900307451X", ["identity"]),
    ("旧证110101900307451", ["identity"]),
    ("电话13800001234", ["phone"]),
    ("电话138 0000 1234、+86-13800001234", ["phone", "phone"]),
    ("办公电话0531-87881234", ["phone"]),
    ("卡号6222021234567890128", ["bank_card"]),
    ("邮箱 zhang.san@example.com", ["email"]),
    ("13800001234@example.com", ["email"]),
)

IS_NOTHING = (
    "平财发〔2021〕15号",
    "2021年1月1日至2021年12月31日",
    "合同价款1234567890123456元",
    "统一社会信用代码91370124MA3C0XXXXX",
    "总投资138000012345元",
    "卡号6222021234567890129",
    "",
)


@pytest.mark.parametrize(("text", "kinds"), LOOKS_PERSONAL)
def test_looks_personal(text: str, kinds: list[str]) -> None:
    hits = find(text)
    assert [h.kind for h in hits] == kinds
    hidden = masked(text)
    assert len(hidden) == len(text)
    for hit in hits:
        assert text[hit.start : hit.end] not in hidden
        assert hidden[hit.start : hit.start + 3] == text[hit.start : hit.start + 3]


@pytest.mark.parametrize("text", IS_NOTHING)
def test_looks_like_nothing(text: str) -> None:
    assert find(text) == ()
    assert masked(text) == text


_PIECES = (
    *("110101199003074514", "13800001234", "+86 138-0000-1234", "6222021234567890128", "0531-88886666", "a.b@c.cn"),
    *("138", "0000", "@", " ", "，", "张", "X", "-", "1", "6"),
)


@given(st.lists(st.sampled_from(_PIECES), max_size=30).map("".join))
def test_what_is_found_is_what_looking_at_every_pair_finds(text: str) -> None:
    taken: list[Hit] = []
    for kind, pattern in personal._PATTERNS:
        for met in pattern.finditer(text):
            apart = all(met.end() <= hit.start or met.start() >= hit.end for hit in taken)
            if apart and (kind != "bank_card" or luhn(met.group())):
                taken.append(Hit(kind, *met.span()))
    assert find(text) == tuple(sorted(taken, key=lambda hit: hit.start))


@pytest.mark.parametrize("piece", ["13800001234 ", "a@b.", "张某，110101199003074514\n"])
def test_a_list_of_a_hundred_thousand_is_looked_through(piece: str) -> None:
    begun = process_time()
    assert len(find(piece * 100_000)) >= 1
    assert process_time() - begun < 30, "what grows with the square takes many minutes"
