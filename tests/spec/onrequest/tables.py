"""Tables that a lawyer can read, as rows of a test."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[3].parent / "shared"
LAWS = SHARED / "data" / "laws"
LAW = SHARED / "reference" / "law.md"

TEXTS = {
    "政府信息公开条例": "政府信息公开条例(2019",
    "行政复议法": "行政复议法(2023",
    "行政诉讼法": "行政诉讼法(2017",
}
DIGITS = "零一二三四五六七八九"


def rows(text: str) -> list[tuple[str, ...]]:
    """The rows of a table drawn with bars; the first line is its head."""
    lines = [line.strip() for line in text.strip().splitlines()]
    return [tuple(cell.strip() for cell in line.split("|")) for line in lines[1:] if line]


@cache
def law(name: str) -> str:
    """The official text of a law; skipped by name where it is not beside the repository."""
    if not LAWS.is_dir():
        pytest.skip("旁边没有法律文本（shared/data/laws）")
    return next(p for p in LAWS.iterdir() if p.name.startswith(TEXTS[name])).read_text("utf-8")


def number(words: str) -> int:
    """三十六 → 36."""
    tens, ten, ones = words.rpartition("十")
    return (DIGITS.index(tens) if tens else 1) * 10 * bool(ten) + (DIGITS.index(ones) if ones else 0)


def article(name: str, provision: str) -> str:
    """The words of a provision: of its article, its paragraph and its item, where they are named."""
    parts = re.fullmatch(r"(第.+?条)(?:第(.+?)款)?(?:第[（(]?(.+?)[）)]?项)?", provision)
    assert parts, provision
    text = law(name)
    found = re.search(rf"^{parts[1]} (.+?)(?=^第[一二三四五六七八九十百]+条 |\Z)", text, re.MULTILINE | re.DOTALL)
    assert found, f"{name}没有{parts[1]}"
    whole = found[1]
    paragraphs = [
        p for p in whole.splitlines() if p.strip() and not re.match(r"\s*[（(][一二三四五六七八九十]+[）)]|#|\u200b", p)
    ]
    if parts[3]:
        item = re.search(rf"^[（(]{parts[3]}[）)](.+)$", whole, re.MULTILINE)
        assert item, f"{name}{parts[1]}没有第{parts[3]}项"
        return item[1]
    return paragraphs[number(parts[2]) - 1] if parts[2] else whole
