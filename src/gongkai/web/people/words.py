"""What was done about the words of yearly reports, as the audit tells it."""

from __future__ import annotations

WORDS: dict[str, str] = {
    "narrative.save": "保存年度报告的文字",
    "narrative.join": "合并年度报告文字的两稿",
}
