"""Checking the report that counts, and keeping the outcome for lists. The check itself runs in the worker."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.conf import settings
from django.db import transaction

import gongkai
from gongkai.annual.report import Report
from gongkai.web.annual.models import Checking, JudgementOfFinding, Submission
from gongkai.web.annual.selectors.readings import Read, newest_reading, previous_of, read_of
from gongkai.web.files.bounded import WorkerFailed, pool


def followers(submission: Submission) -> list[Submission]:
    """The reports of the same organ for the next year: their check looks at this one."""
    if submission.year is None:
        return []
    found = Submission.objects.filter(county=submission.county, aside=False, year=submission.year + 1)
    if submission.organ_id:
        found = found.filter(organ=submission.organ_id)
    elif submission.name_read:
        found = found.filter(organ=None, name_read=submission.name_read)
    else:
        return []
    return list(found)


def rules_version() -> str:
    """The version of the rules that a check was made by."""
    from gongkai.annual import check

    return str(getattr(check, "RULES_VERSION", gongkai.__version__))


def _key(read: Read, previous: Read | None) -> str:
    parts = [rules_version(), read.stamp, previous.stamp if previous else ""]
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def _payload(read: Read) -> dict[str, Any]:
    report = read.report
    assert report is not None
    return {"report": report.to_json(), "text": report.text, "says": {}}


def checked(submission: Submission) -> Checking | None:
    """The check of a submission, made now when the kept one is of something else. None when there is no reading."""
    reading = newest_reading(submission)
    if reading is None or reading.report is None:
        return None
    read = read_of(submission, reading)
    before = previous_of(submission)
    previous = read_of(before) if before else None
    if previous is not None and previous.report is None:
        previous = None
    key = _key(read, previous)
    kept = Checking.objects.filter(submission=submission).first()
    if kept and kept.key == key:
        return kept
    try:
        answer, _ = pool().call(
            "check",
            seconds=settings.GONGKAI_READING_SECONDS,
            current=_payload(read),
            previous=_payload(previous) if previous else None,
        )
        failed = ""
    except WorkerFailed as error:
        answer, failed = {"findings": [], "relations": [], "verdicts": {}}, error.why
    report = read.report
    assert report is not None
    return _keep(submission, key, answer, failed, report)


def _keep(submission: Submission, key: str, answer: dict[str, Any], failed: str, report: Report) -> Checking:
    findings = json.loads(json.dumps(answer["findings"]))
    with transaction.atomic():
        row, _ = Checking.objects.update_or_create(
            submission=submission,
            defaults={
                "county": submission.county,
                "key": key,
                "findings": findings,
                "relations": answer["relations"],
                "verdicts": answer["verdicts"],
                "failed": failed,
                "unsure": len(report.unsure),
                "found": len(report.cells) + len(report.blank),
                "absent": len(report.absent),
            },
        )
        count_again(submission, row)
    return row


def count_again(submission: Submission, row: Checking | None = None) -> Checking | None:
    """Write the numbers of open findings: what a person dismissed does not count. Inside a transaction."""
    row = row or Checking.objects.filter(submission=submission).first()
    if row is None:
        return None
    newest: dict[str, str] = {}
    for judgement in JudgementOfFinding.objects.filter(submission=submission).order_by("id"):
        newest[judgement.fingerprint] = judgement.verdict
    open_ = [f for f in row.findings if newest.get(f["fingerprint"]) != "dismissed"]
    row.conflicts = sum(f["grade"] == "conflict" for f in open_)
    row.doubts = sum(f["grade"] == "doubt" for f in open_)
    row.notes = sum(f["grade"] == "note" for f in open_)
    row.judged = sum(newest.get(f["fingerprint"]) in ("dismissed", "confirmed") for f in row.findings)
    row.save(update_fields=["conflicts", "doubts", "notes", "judged"])
    return row


def check_again(submission: Submission) -> Checking | None:
    """Check now; quick when nothing changed."""
    return checked(submission)
