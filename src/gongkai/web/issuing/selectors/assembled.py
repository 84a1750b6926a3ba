"""A report put together from the figures of its scope and the organ's words: what goes to signature and is checked."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.conf import settings

from gongkai.annual.compiling import SOURCES, Compiled
from gongkai.annual.report import OWN, SCOPES, Report, SectionText, Source
from gongkai.documents import write
from gongkai.web.annual.selectors.readings import newest_of, read_of
from gongkai.web.compilation.selectors.working import worked
from gongkai.web.facts import Refused
from gongkai.web.files.bounded import WorkerFailed, pool
from gongkai.web.issuing.models import Frozen
from gongkai.web.issuing.packing import Members, Packed, Stored, written
from gongkai.web.issuing.scopes import Figures, supplier_of
from gongkai.web.memo import in_one_look
from gongkai.web.narrative.selectors.texts import Section, sections
from gongkai.web.organs.models import Organ

TITLE = "{}{}年政府信息公开工作年度报告"


def title_of(name: str, year: int, scope: str) -> str:
    """What a report is called at the desk: where it is not the organ's own, with its scope."""
    return TITLE.format(name, year) + ("" if scope == OWN else f"（{SCOPES[scope]}）")


LEFT_OUT = "C-LEFT-OUT"
GRADES = ("conflict", "doubt", "note")


@dataclass(frozen=True, slots=True)
class Assembled:
    """A report as it would be kept now, with what it was made of."""

    year: int
    scope: str
    figures: Figures
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
def assembled(organ: Organ, year: int, known_at: datetime | None = None, scope: str = OWN) -> Assembled:
    """The report of a year, figures and words as known now or at a moment. KeyError for no form."""
    of = supplier_of(scope).figures(organ, year, known_at)
    words = sections(organ, year, known_at, scope)
    told = public_report(of.report, {key: found.text for key, found in words.items()}, of.opening)
    return Assembled(year, scope, of, words, Packed(written(of.kept), written(told.to_json()), of.members))


def of_own(organ: Organ, year: int, known_at: datetime | None) -> Figures:
    """The figures of an organ's own year, each with the records behind it."""
    of = worked(organ, year, known_at)
    members: Members = {
        address: [(*row, number) for row, number in zip(rows, of.compiled.figures[address].records, strict=True)]
        for address, rows in of.membership().items()
    }
    beside = {address: figure.why or SOURCES[figure.source] for address, figure in of.compiled.figures.items()}
    return Figures(of.compiled.report(), of.compiled.to_json(), members, beside, tuple(_left_out(of.compiled)))


def public_report(base: Report, words: dict[str, str], opening: str = "") -> Report:
    """Figures and words without any record, and without how they were found."""
    title = TITLE.format(base.organ, base.year)
    preface = "\n".join(each for each in (opening, words.get("preface", "")) if each.strip())
    return replace(
        base,
        source=Source(title, "register"),
        title=title,
        cells={address: cell._replace(records=(), proof="read", says=()) for address, cell in base.cells.items()},
        preface=SectionText(preface) if preface else None,
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

    What the figures themselves ask about is there too: records not placed, organs not counted. Refused when what was read back is not what was written.
    """
    answer = json.loads(_checked(made.packed.report, _previous(organ, made.year, made.scope)))
    found = [each for each in answer["findings"] if each["fingerprint"]]
    every = sorted((*found, *made.figures.asked), key=lambda each: GRADES.index(each["grade"]))
    return Verdict(tuple(every), answer["verdicts"])


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


def _previous(organ: Organ, year: int, scope: str) -> bytes:
    """Last year's report of the same scope: the version that was frozen, else what was handed in; empty for none."""
    frozen = Frozen.objects.filter(organ=organ, year=year - 1, scope=scope).select_related("draft")
    stands = frozen.order_by("-version").first()
    if stands is not None:
        return bytes(stands.draft.report)
    submission = newest_of(organ, year - 1, scope)
    report = read_of(submission).report if submission else None
    return written({"report": report.to_json(), "text": report.text, "says": {}}) if report else b""


def finding(identity: str, grade: str, about: list[str], message: str, advice: str = "") -> dict[str, Any]:
    """Something beside what the checker finds. An answer holds as long as it is `about` the same."""
    return {
        "id": identity,
        "fingerprint": hashlib.sha256(written([identity, *about])).hexdigest(),
        "grade": grade,
        "kind": "structure",
        "message": message,
        "advice": advice,
        "cells": [],
        "quote": "",
        "where": "",
        "met": "",
        "expected": "",
        "citation": "",
    }


def _left_out(compiled: Compiled) -> list[dict[str, Any]]:
    return [
        finding(LEFT_OUT, "doubt", [e.number, e.why], f"“{e.number}”没有计入本报告：{e.why}", e.do)
        for e in compiled.left_out
    ]
