"""What a number of the words counts: the reading of its clause, with how firmly it is read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from gongkai.annual.words import lexicon as lex
from gongkai.annual.words.mentions import Mention, Page
from gongkai.text.numbers import CASE_UNITS

Subject = Literal["received", "new", "handled", "named", "decided", "pending", "brought_forward", "term"]

_REACH = 64
_CASES = CASE_UNITS | {"条", "次", "人次"}
_ASKED = re.compile(r"申请|依申请|答复|办结|办理结果")
_LISTED = re.compile(r"其中|包括|包含|含(?!有)|分别")


@dataclass(frozen=True, slots=True)
class Reading:
    """The subject a number counts; `firm` when nothing in the clause narrows it; `term` for outcomes and the like."""

    subject: Subject
    firm: bool
    term: lex.Term | None = None
    plain: bool = False
    """Said of applications for information in so many words, not of 申请 alone."""


def _narrowed(phrase: str, start: int, end: int) -> bool:
    around = phrase[max(0, start - 16) : start] + "\n" + phrase[start:end]
    return bool(lex.SUBSET.search(around)) or bool(_LISTED.search(around))


def _qualified(lead: str) -> bool:
    """Whether what stands before the noun makes it a part of all applications."""
    return lead.endswith("的") or bool(lex.SUBSET.search(lead) or _LISTED.search(lead))


def about_applications(page: Page, mention: Mention) -> bool:
    """Whether the paragraph speaks of applications for information, and of nothing else nearer to the number."""
    before = page.before_in_paragraph(mention)
    said = list(lex.APPLICATION.finditer(before))
    since = said[-1].end() if said else 0
    if not said:
        heading = _heading(page, mention)
        if not lex.APPLICATION.search(heading) and not _ASKED.search(page.sentence_text(mention)):
            return False
    return not lex.OTHER_AFFAIRS.search(before, since)


def _heading(page: Page, mention: Mention) -> str:
    if mention.paragraph == 0:
        return ""
    span = page.paragraphs[mention.paragraph - 1]
    return page.text[span.start : span.end][:40]


def reading(page: Page, mention: Mention) -> Reading | None:
    """What the number counts, None when that is none of the form's matters or cannot be told."""
    if mention.quantity.percent or mention.unit not in _CASES:
        return None
    phrase, tail = mention.phrase[-_REACH:], mention.tail
    found = _carried(phrase, tail)
    if found:
        return found
    known = lex.term(mention.label) or (lex.term(phrase) if mention.label != phrase else None)
    if known and known.family == "outcome" and lex.MODES.search(page.sentence_text(mention)):
        return None
    if known and not (known.family == "applicant" and lex.RECEIVED.search(phrase)):
        return Reading("term", True, known)
    return _procedural(page, mention, phrase, tail)


def _carried(phrase: str, tail: str) -> Reading | None:
    if lex.TAIL_PENDING.match(tail):
        return Reading("pending", True)
    if lex.TAIL_BROUGHT.match(tail) or lex.BROUGHT.search(phrase):
        return Reading("brought_forward", True)
    if lex.PENDING.search(phrase):
        return Reading("pending", True)
    return None


def _procedural(page: Page, mention: Mention, phrase: str, tail: str) -> Reading | None:
    said = phrase
    behind = lex.TAIL_OBJECT.match(tail)
    if behind and not lex.NOUN_FIRST.search(phrase):
        said = phrase + behind["object"]
    match = lex.VOLUME.search(said)
    if match and lex.APPLICATION.search(match["object"]) and not lex.OTHER_AFFAIRS.search(said, 0, match.start()):
        return _read("received" if match["taken"] else "named", said, match, True)
    if lex.OTHER_AFFAIRS.search(said):
        return None
    match = lex.NEW.search(said)
    if match and (match["object"] or about_applications(page, mention)):
        return _read("new", said, match)
    match = lex.RECEIVED.search(said)
    if match:
        return _read("received", said, match, _announced(page, mention))
    match = lex.HANDLED.search(said)
    if match:
        return _read("handled", said, match, _announced(page, mention))
    match = lex.DECIDED.search(said)
    if match and (match["object"] or about_applications(page, mention)):
        return _read("decided", said, match)
    if lex.TAIL_DECIDED.match(tail) and about_applications(page, mention):
        return Reading("decided", False)
    match = lex.NOUN_FIRST.search(said)
    if (
        match
        and lex.APPLICATION.search(match["object"])
        and not _qualified(said[: match.start()])
        and not lex.MODES.search(page.sentence_text(mention))
    ):
        return Reading("named", False, plain=True)
    return None


def _announced(page: Page, mention: Mention) -> bool:
    """Whether the paragraph or its heading said before that it is about applications for information."""
    before = page.before_in_paragraph(mention)
    if not lex.APPLICATION.search(before) and not lex.APPLICATION.search(_heading(page, mention)):
        return False
    return about_applications(page, mention)


def _read(subject: Subject, said: str, match: re.Match[str], announced: bool = False) -> Reading:
    plain = announced or bool(match["object"] and lex.APPLICATION.search(match["object"]))
    firm = not _narrowed(said, match.start(), match.end())
    return Reading(subject, firm, plain=plain)
