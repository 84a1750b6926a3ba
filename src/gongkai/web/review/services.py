"""Setting the stages of an organ, checking a text or file before it is published, deciding on a hint."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction

from gongkai.proactive.stages import Plan, Stage, wrong_with
from gongkai.text.personal import masked
from gongkai.web.audit.services import Audit
from gongkai.web.facts import Refused
from gongkai.web.files.bounded import WorkerFailed, pool
from gongkai.web.files.services import read
from gongkai.web.review.models import CheckRun, HintDecision
from gongkai.web.review.selectors import PLAN, hints
from gongkai.web.rules.models import Setting
from gongkai.web.rules.services import set_value


def set_plan(
    *,
    audit: Audit,
    stages: Collection[Stage],
    county: Collection[Stage] = (),
    valid_from: date,
    organ: uuid.UUID | None = None,
    kind: str = "",
    reason: str = "",
) -> Setting | None:
    """Set the stages of an organ (None: of the county), for one kind of entry or all. Refused without what none may lack."""
    chosen = tuple(stage for stage in Stage if stage in set(stages))
    if wrong := wrong_with(chosen, county):
        raise Refused(wrong)
    key = f"{PLAN}:{kind}" if kind else PLAN
    value = Plan(chosen, frozenset(county)).to_json()
    return set_value(audit=audit, key=key, value=value, valid_from=valid_from, organ=organ, reason=reason)


def clear_plan(*, audit: Audit, kind: str, valid_from: date, organ: uuid.UUID) -> Setting | None:
    """Let an organ's stages for all kinds hold for one kind again."""
    return set_value(audit=audit, key=f"{PLAN}:{kind}", value={}, valid_from=valid_from, organ=organ)


def check_text(*, audit: Audit, subject: uuid.UUID, name: str, text: str) -> CheckRun:
    """Check the words of a version. Reading goes on in the bounded process; nothing is held while it lasts."""
    return _check(audit, subject, f"{name}.txt", text.encode(), None)


def check_file(*, audit: Audit, subject: uuid.UUID, name: str, data: bytes, file: uuid.UUID) -> CheckRun:
    """Check an attachment of a version."""
    return _check(audit, subject, name, data, file)


def made_runs(asked: Iterable[tuple[Audit, uuid.UUID, str, Iterable[Any]]]) -> list[list[CheckRun]]:
    """The checks of the words and files of several versions, not yet saved; all the words in one call.

    The audit of who has each checked, the version by its key, its words, its files.
    """
    waiting = list(asked)
    words = [text for _, _, text, _ in waiting]
    heads = []
    if words:
        try:
            found, _ = pool().call("prechecks", json.dumps(words).encode(), seconds=settings.GONGKAI_READING_SECONDS)
            heads = found["found"]
        except WorkerFailed:
            heads = [None] * len(words)
    done = []
    for (audit, subject, text, files), head in zip(waiting, heads, strict=True):
        runs = [_run(audit, subject, "正文.txt", text.encode(), None, head)]
        for row in files:
            data = read(row.file_id)
            runs.append(_run(audit, subject, row.name, data, row.file_id, _ask(row.name, data, text=False)))
        done.append(runs)
    return done


def _check(audit: Audit, subject: uuid.UUID, name: str, data: bytes, file: uuid.UUID | None) -> CheckRun:
    row = _run(audit, subject, name, data, file, _ask(name, data, text=file is None))
    with transaction.atomic():
        row.save(force_insert=True)
        audit.record("review.check", row, {"subject": str(subject), "hits": len(row.hits), "failed": bool(row.failed)})
    return row


def _ask(name: str, data: bytes, *, text: bool) -> dict[str, Any] | None:
    """The hints of the checker; None when it did not come to an end."""
    if not data.strip():
        return {}
    try:
        found, _ = pool().call("precheck", data, seconds=settings.GONGKAI_READING_SECONDS, name=name, text=text)
    except WorkerFailed:
        return None
    return found


def _run(
    audit: Audit, subject: uuid.UUID, name: str, data: bytes, file: uuid.UUID | None, found: dict[str, Any] | None
) -> CheckRun:
    failed = "" if found is not None else f"“{name}”没有检查完，请人工核对。"
    found = found or {}
    if "error" in found:
        failed = str(found["error"]["message"])[:300]
        found = {}
    return CheckRun(
        county=audit.county,
        subject=subject,
        file=file,
        name=name[:200],
        sha256=hashlib.sha256(data).hexdigest(),
        hits=found.get("hits", []),
        left_out=found.get("left_out", []),
        failed=failed,
    )


def decide_hint(
    *, audit: Audit, subject: uuid.UUID, sha256: str, fingerprint: str, verdict: str, reason: str = ""
) -> HintDecision:
    """Say of one hint that it was looked at and may go out, or that the text is to be changed.

    An empty fingerprint decides about a file that could not be checked at all.
    """
    if verdict not in dict(HintDecision.VERDICTS):
        raise Refused("请选择“核对过，可以公开”或者“须修改”。")
    known = {(hint.sha256, hint.fingerprint) for hint in hints(subject)}
    runs = {run.sha256 for run in CheckRun.objects.filter(subject=subject)}
    if (sha256, fingerprint) not in known and not (fingerprint == "" and sha256 in runs):
        raise Refused("这处提示已经不在最新的检查结果里，请核对。")
    with transaction.atomic():
        row = HintDecision.objects.create(
            county=audit.county,
            subject=subject,
            sha256=sha256,
            fingerprint=fingerprint,
            verdict=verdict,
            reason=masked(reason.strip())[:300],
            by=audit.actor,
        )
        audit.record("review.decide_hint", row, {"subject": str(subject), "verdict": verdict})
    return row
