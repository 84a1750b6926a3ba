"""Plain text and Markdown: bytes to characters without silent damage."""

from __future__ import annotations

import pytest

from gongkai.readers import border
from gongkai.readers.content import Content, Grid
from gongkai.readers.errors import Unreadable
from tests.readers.formats import samples

TEXT = f"{samples.TITLE}\n\n一、总体情况\n{samples.PROSE}\n规章\t0\t1\t27\n行政许可 | 1250 |\n"
TRADITIONAL = "青禾縣水務局政務公開年度報告，全年辦理申請十二件，均已辦結並答復申請人。" * 4


def read(data: bytes, name: str = "a.txt") -> Content:
    return border.open_content(data, name)


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "gbk", "gb18030", "gb2312", "utf-16", "utf-16-le", "utf-16-be", "utf-32"],
)
def test_encodings(encoding: str) -> None:
    assert read(TEXT.encode(encoding)).text == TEXT


def test_traditional_characters_in_big5_and_gbk() -> None:
    assert read(TRADITIONAL.encode("big5")).text.strip() == TRADITIONAL
    assert read(TRADITIONAL.encode("utf-8")).text.strip() == TRADITIONAL


def test_a_text_cut_within_a_character_loses_that_character_only() -> None:
    for encoding in ("utf-8", "gbk"):
        whole = "全年新收申请".encode(encoding)
        assert read(whole[:-1]).text == "全年新收申\n"


def test_a_few_broken_bytes_stay_visible() -> None:
    data = TEXT.encode() + b"\xff" + TEXT.encode() * 3
    assert read(data).text.count("\ufffd") == 1


@pytest.mark.parametrize("data", [bytes(range(128, 256)) * 20, b"\x81\x30\x81" * 99, "ÀÉÎõü".encode("latin-1") * 50])
def test_what_is_no_known_encoding_is_refused_not_guessed(data: bytes) -> None:
    with pytest.raises(Unreadable) as refusal:
        read(data)
    assert refusal.value.code in ("unknown_encoding", "unknown_format")


def test_every_line_is_kept_and_numbered() -> None:
    content = read(b"a\r\n\r\nb\rc\n\n")
    assert [(b.text, b.at.line) for b in content.blocks if not isinstance(b, Grid)] == [
        ("a", 1),
        ("", 2),
        ("b", 3),
        ("c", 4),
    ]


def test_two_hundred_thousand_glued_digits_pass_as_text() -> None:
    assert len(read(b"7" * 200_000).text) == 200_001


def test_markdown_keeps_its_lines() -> None:
    text = "# 甲\n\n| 规章 | 0 |\n|---|---|\n| 文件 | 3 |\n"
    content = read(text.encode(), "a.md")
    assert (content.format, content.text) == ("markdown", text)


def test_tables_in_html_within_markdown_are_grids() -> None:
    text = f"# 甲\n\n{samples.html_table(samples.GROUND)}\n\n乙\n{samples.html_table(samples.NESTED)}\n丙"
    content = read(text.encode(), "a.md")
    assert samples.grids(content) == [samples.placed(samples.GROUND), samples.placed(samples.NESTED)]
    assert samples.lines(content) == ["# 甲", "乙", "丙"]
    assert [b.at.dom for b in content.blocks if isinstance(b, Grid)] == ["table[1]", "table[2]"]
