"""Publishing and archiving a frozen report: page, data, every file and our note of it stand outside together, or none."""

from __future__ import annotations

import json
from typing import Any
from unittest import mock

from gongkai.web.annual.models import BatchItem, Job, Publication, PublicationFile
from gongkai.web.annual.selectors.published import published
from gongkai.web.annual.services import publishing as outside
from gongkai.web.annual.services import reading
from gongkai.web.annual.services.reading import put_back_cut_off
from gongkai.web.audit.models import Entry
from gongkai.web.audit.services import Audit
from gongkai.web.files import operations
from gongkai.web.files.disk import digest
from gongkai.web.files.services import read
from gongkai.web.issuing.models import Archive, Frozen, Issue
from gongkai.web.issuing.selectors.versions import archives_of, public_of
from gongkai.web.issuing.services.publishing import archive, publish
from tests.crash.scenarios.scenario import Scenario
from tests.crash.scenarios.yearly import freeze

NEWEST = 4
TYPESET = {"pdf": b"%PDF-1.4 report\n%%EOF", "ofd": b"PK\x05\x06" + bytes(18)}
"""How a page is set is no matter here: what is told of is whether its file is there."""


class Inside:
    """The worker's operations without a worker: a fork that is killed would leave its process behind."""

    def call(self, op: str, data: bytes = b"", *, seconds: float = 0, **head: Any) -> Any:
        del seconds
        return ({}, TYPESET[head["format"]]) if op == "write" else operations.ALL[op](head, data)


def _issue(audit: Audit, frozen: Frozen) -> list[str]:
    """Whatever of it is not done yet."""
    with mock.patch.object(outside, "pool", Inside), mock.patch.object(reading, "pool", Inside):
        row = public_of(frozen) or publish(audit=audit, frozen=frozen).publication
        kept = archives_of(frozen)[:1] or [archive(audit=audit, frozen=frozen)]
    return [str(row.pk), str(kept[0].pk)]


def _act(audit: Audit, number: int) -> Any:
    return _issue(audit, freeze(audit, number, "公布"))


def _again(audit: Audit) -> None:
    """The server starts anew, and whoever was at it does it again."""
    put_back_cut_off()
    for row in Frozen.objects.filter(organ__name__contains="公布").select_related("organ", "draft").order_by("-id")[:2]:
        _issue(audit, row)


def _check(audit: Audit, receipts: list[Any]) -> list[str]:
    wrong = []
    for publication, kept in receipts:
        if not Publication.objects.filter(pk=publication, end=None):
            wrong.append(f"publication {publication} was promised and is not outside")
        if not Archive.objects.filter(pk=kept):
            wrong.append(f"archive {kept} was promised and is not there")
    rows = {row.pk: row for row in Publication.objects.all()}
    if sorted(rows) != sorted(Issue.objects.values_list("publication", flat=True)):
        wrong.append("something is outside that no version knows of, or a version was published twice")
    for act, count in (
        ("annual.publish", len(rows)),
        ("issuing.publish", len(rows)),
        ("issuing.archive", Archive.objects.count()),
    ):
        if Entry.objects.filter(act=act).count() != count:
            wrong.append(f"the audit tells of {act} otherwise than it was")
    if {each.key for each in published(audit.county)} != set(rows):
        wrong.append("the list of published reports is not what was published")
    if Job.objects.filter(submission__in=[row.submission_id for row in rows.values()]).exclude(state="done").exists():
        wrong.append("a report is outside that was not read on the desk")
    if BatchItem.objects.filter(outcome="refused").exists():
        wrong.append("a report that was handed in was refused")
    return wrong + [says for row in sorted(rows.values(), key=lambda row: row.pk)[-NEWEST:] for says in _whole(row)]


def _whole(row: Publication) -> list[str]:
    wrong = []
    files = dict(PublicationFile.objects.filter(publication=row).values_list("format", "file"))
    if sorted(files) != sorted(outside.TAKEN):
        wrong.append(f"{row.organ} is outside without some of its files")
    if any(not read(key) for key in files.values()):
        wrong.append(f"{row.organ}: a file is empty")
    frozen = Issue.objects.get(publication=row).frozen
    said = json.loads(bytes(frozen.draft.report))
    if {a: c["value"] for a, c in row.report["cells"].items()} != {a: c["value"] for a, c in said["cells"].items()}:
        wrong.append(f"{row.organ}: what is outside is not what was frozen")
    wrong += [
        f"{row.organ}: the archive is not what was written"
        for kept in Archive.objects.filter(frozen=frozen)
        if digest(read(kept.file_id)) != kept.sha256
    ]
    return wrong


SCENARIOS = [Scenario("issued", _act, _check, _again)]
