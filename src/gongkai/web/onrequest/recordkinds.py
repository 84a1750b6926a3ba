"""The kinds of record that work on a case leaves behind, what each has to say, and what a stored one says."""

from __future__ import annotations

import json

from gongkai.onrequest.decisions import evidence
from gongkai.onrequest.records import RECORDS
from gongkai.web.onrequest import personal
from gongkai.web.onrequest.models import CaseRecord

KINDS: dict[str, str] = RECORDS | {key: found.zh for key, found in evidence().items()}
"""Every kind of record in words: work on the case, and each kind of evidence that a decision may need."""

SEARCHED = (
    ("places", "检索范围"),
    ("keywords", "检索关键词"),
    ("way", "检索方式"),
    ("by", "检索人"),
    ("result", "检索结果"),
)
"""What a search record says, so that a court can see that the search was a reasonable one."""

REQUIRED: dict[str, tuple[tuple[str, str], ...]] = {
    **{key: (("words", name),) for key, name in KINDS.items()},
    "contact": (("way", "联系方式"), ("words", "联系内容")),
    "confirmation": (("way", "确认方式"),),
    "search_record": SEARCHED,
}
"""What each kind of record has to say."""


def told(row: CaseRecord) -> dict[str, str]:
    """What a record says, opened: the keys of `REQUIRED` and whatever else was told."""
    said = personal.reveal(row, "words")
    return dict(json.loads(said)) if said else {}
