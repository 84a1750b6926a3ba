"""An organ's report put together from its figures and its words: what goes to signature, and what is checked."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.conf import settings

from gongkai.annual.compiling import Compiled
from gongkai.annual.report import Report, SectionText, Source
from gongkai.documents import write
from gongkai.web.annual.selectors.readings import newest_of, read_of
from gongkai.web.compilation.selectors.working import worked
from gongkai.web.facts import Refused
from gongkai.web.files.bounded import WorkerFailed, pool
from gongkai.web.issuing.models import Frozen
from gongkai.web.issuing.packing import Members, Packed, Stored, written
from gongkai.web.memo import in_one_look
from gongkai.web.narrative.selectors.texts import Section, sections
from gongkai.web.organs.models import Organ

TITLE = "{}{}年政府信息公开工作年度报告"
LEFT_OUT = "C-LEFT-OUT"


@dataclass(frozen=True, slots=True)
class Assembled:
    """A report as it would be kept now, with what it was made of."""

    compiled: Compiled
    words: dict[str, Section]
    packed: Packed

    @property
    def report(self) -> Report:
        """What will be outside."""
        return report_of(self.packed.report)

    @property
    def texts(self) -> dict[str, str]:
        """Which stored version each part of the words is."""
        return {key: found.version for key, found in self.words.items()}


@in_one_look
def assembled(organ: Organ, year: int, known_at: datetime | None = None) -> Assembled:
    """The report of a year, figures and words as known now or at a moment. KeyError for no form."""
    of = worked(organ, year, known_at)
    words = sections(organ, year, known_at)
    told = public_report(of.compiled, {key: found.text for key, found in words.items()})
    members: Members = {
        address: [(*row, number) for row, number in zip(rows, of.compiled.figures[address].records, strict=True)]
        for address, rows in of.membership().items()
    }
    packed = Packed(written(of.compiled.to_json()), written(told.to_json()), members)
    return Assembled(of.compiled, words, packed)


def public_report(compiled: Compiled, words: dict[str, str]) -> Report:
    """Figures and words without any record, and without how they were found."""
    base = compiled.report()
    title = TITLE.format(compiled.organ, compiled.year)
    return replace(
        base,
        source=Source(title, "register"),
        title=title,
        cells={address: cell._replace(records=(), proof="read", says=()) for address, cell in base.cells.items()},
        preface=SectionText(words["preface"]) if words.get("preface", "").strip() else None,
        sections={int(key): SectionText(text) for key, text in words.items() if key.isdecimal()},
    )


def report_of(data: Stored) -> Report:
    """A kept report."""
    return Report.from_json(json.loads(bytes(data), parse_float=Decimal))


# ── the whole checker on our own report ──────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the checker says about a report as it will stand outside; findings as JSON, the gravest first."""

    findings: tuple[dict[str, Any], ...]
    verdicts: dict[str, int]

    def of_grade(self, grade: str) -> list[dict[str, Any]]:
        """The findings of one grade."""
        return [each for each in self.findings if each["grade"] == grade]


def verdict(organ: Organ, made: Assembled) -> Verdict:
    """Check a report as it will stand outside: it is written as its page, read back, and everything is asked of it.

    Records that could not be placed are doubts too. Refused when what was read back is not what was written.
    """
    answer = json.loads(_checked(made.packed.report, _previous(organ, made.compiled.year)))
    found = [each for each in answer["findings"] if each["fingerprint"]]
    return Verdict((*found, *_left_out(made.compiled)), answer["verdicts"])


@lru_cache(maxsize=64)
def _checked(report: bytes, previous: bytes) -> str:
    """What the checker says of these bytes beside those: the same bytes are asked about once."""
    current = read_back(report_of(report))
    if _values(current["report"]) != _values(json.loads(report)):
        raise Refused("写成的报告读回后与数据不一致，没有送签。请与管理员联系。")
    before = json.loads(previous) if previous else None
    if before is not None and "schema" in before:
        before = read_back(report_of(previous))
    return json.dumps(_asked("check", current=current, previous=before))


def page_of(report: Report) -> bytes:
    """A report as a web page, the one form in which words, headings and merged cells are kept alike."""
    return write(report, "html")


def read_back(report: Report) -> dict[str, Any]:
    """A report written as its page and read again, as the worker takes it."""
    answer = _asked("read", page_of(report), name="年度报告.html")
    if "error" in answer:
        raise Refused("写成的报告不能读回，没有核对。请与管理员联系。")
    told = {**answer["report"], "scope": report.scope}  # which stands in no document
    return {"report": told, "text": answer["text"], "says": answer["says"]}


def _asked(work: str, data: bytes = b"", **head: Any) -> dict[str, Any]:
    try:
        answer, _ = pool().call(work, data, seconds=settings.GONGKAI_READING_SECONDS, **head)
    except WorkerFailed as error:
        raise Refused("核对没有在限定的时间内做完，请稍后重试。") from error
    return answer


def _values(report: dict[str, Any]) -> dict[str, float]:
    return {address: float(cell["value"]) for address, cell in report["cells"].items()}


def _previous(organ: Organ, year: int) -> bytes:
    """Last year's report: the version that was frozen, else what was handed in of it; empty when there is none."""
    before = Frozen.objects.filter(organ=organ, year=year - 1).select_related("draft").order_by("-version").first()
    if before is not None:
        return bytes(before.draft.report)
    submission = newest_of(organ, year - 1)
    report = read_of(submission).report if submission else None
    return written({"report": report.to_json(), "text": report.text, "says": {}}) if report else b""


def _left_out(compiled: Compiled) -> list[dict[str, Any]]:
    return [
        {
            "id": LEFT_OUT,
            "fingerprint": hashlib.sha256(written([LEFT_OUT, each.number, each.why])).hexdigest(),
            "grade": "doubt",
            "kind": "structure",
            "message": f"“{each.number}”没有计入本报告：{each.why}",
            "advice": each.do,
            "cells": [],
            "quote": "",
            "where": "",
            "met": "",
            "expected": "",
            "citation": "",
        }
        for each in compiled.left_out
    ]
