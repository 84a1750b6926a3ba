"""The work of reading: claimed, done in the worker, written with its placement; failures are facts too."""

from __future__ import annotations

import json
import time
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

import gongkai
from gongkai.annual.report import Report
from gongkai.web.annual.models import Job, Reading, Submission
from gongkai.web.annual.services.checking import check_again, followers
from gongkai.web.annual.services.placing import place_as_read
from gongkai.web.audit.services import Audit
from gongkai.web.files.bounded import WorkerFailed, pool
from gongkai.web.files.selectors import bytes_of

ATTEMPTS = 2
LEASE = timedelta(seconds=120)
"""Work that was begun this long ago and not ended was cut off by a stop; it may be claimed again."""

_FAILURES = {
    "time": ("took_too_long", "读取超过{seconds}秒仍未结束，已停止。", "请另存为DOCX或者TXT后再交入，也可以粘贴全文。"),
    "memory": ("too_much_memory", "读取这个文件需要的内存过大，已停止。", "请去掉大图片后另存，再重新交入。"),
    "died": (
        "reader_stopped",
        "读取这个文件时程序中断，没有读出内容。",
        "请另存为DOCX或者PDF后再交入，也可以粘贴全文。",
    ),
    "missing": ("file_missing", "数据目录中找不到这个文件的原件。", "请重新交入一次，系统会补存原件。"),
}
_OTHERWISE = (
    "not_understood",
    "这个文件的内容无法识别，没有读出数据。",
    "请确认它是年度报告，另存为DOCX或者PDF后再交入。",
)


def put_back_cut_off() -> int:
    """At the start of the only server: work that a stop cut off waits again. Returns how much."""
    return Job.objects.filter(state="reading").update(state="waiting")


def claim() -> Job | None:
    """The oldest waiting work, now ours; None when there is none."""
    if not Job.objects.filter(state__in=("waiting", "reading")).exists():
        return None  # An idle desk takes no write lock.
    late = timezone.now() - LEASE
    with transaction.atomic():
        Job.objects.filter(state="reading", started_at__lt=late, attempts__lt=ATTEMPTS).update(state="waiting")
        Job.objects.filter(state="reading", started_at__lt=late).update(state="failed", ended_at=timezone.now())
        job = Job.objects.filter(state="waiting").order_by("id").first()
        if job is None:
            return None
        taken = Job.objects.filter(pk=job.pk, state="waiting").update(
            state="reading", started_at=timezone.now(), attempts=job.attempts + 1
        )
        return Job.objects.select_related("submission__file").get(pk=job.pk) if taken else None


def do(job: Job) -> Reading:
    """Read the submission of a claimed job, place it and check it."""
    submission = job.submission
    begun = time.monotonic()
    answer = _read(submission)
    milliseconds = int((time.monotonic() - begun) * 1000)
    audit = Audit(actor=submission.batch.by, county=submission.county)
    error = answer.get("error") or {}
    with transaction.atomic():
        reading = Reading.objects.create(
            county=submission.county,
            submission=submission,
            reader=(answer.get("report") or {}).get("reader") or gongkai.__version__,
            report=_storable_json(answer.get("report")),
            text=_storable(answer.get("text", "")),
            says=answer.get("says", {}),
            pages=answer.get("pages", []),
            error_code=error.get("code", "")[:60],
            error_message=error.get("message", "")[:400],
            error_advice=error.get("advice", "")[:400],
            milliseconds=milliseconds,
        )
        report = Report.from_json(reading.report) if reading.report else None
        place_as_read(audit=audit, submission=submission, report=report)
        audit.record(
            "annual.read",
            submission,
            {"reading": str(reading.pk), "reader": reading.reader, "error": reading.error_code},
        )
        Job.objects.filter(pk=job.pk).update(state="failed" if error else "done", ended_at=timezone.now())
    for each in (submission, *followers(submission)):
        check_again(each)
    return reading


def _storable(text: str) -> str:
    """PostgreSQL keeps no NUL; a space keeps every place where it was."""
    return text.replace("\x00", " ")


def _storable_json(data: Any) -> Any:
    """The same for every string of a JSON object."""
    return json.loads(json.dumps(data).replace("\\u0000", " "))


def _read(submission: Submission) -> dict[str, Any]:
    seconds = settings.GONGKAI_READING_SECONDS
    try:
        answer, _ = pool().call("read", bytes_of(submission.file), seconds=seconds, name=submission.name)
        return answer
    except WorkerFailed as error:
        code, message, advice = _FAILURES.get(error.why, _OTHERWISE)
    except FileNotFoundError:
        code, message, advice = _FAILURES["missing"]
    return {"error": {"code": code, "message": message.format(seconds=seconds), "advice": advice}}


def read_again(*, audit: Audit, submission: Submission) -> None:
    """Put the reading back to work, as after a new version of the readers."""
    with transaction.atomic():
        Job.objects.filter(submission=submission).update(state="waiting", attempts=0)
        audit.record("annual.read_again", submission, {})
