"""`gongkai import-ledger`: an office's existing ledger into its cases, from the command line."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from gongkai.readers.errors import Unreadable
from gongkai.readers.ledger import Ledger, read_ledger
from gongkai.web.operate.prepare import prepare_store


@dataclass(frozen=True, slots=True)
class LedgerDone:
    """What an import did or, as a trial, would do. `due` holds (number, day, working days left) of what is still open."""

    organ: str
    read: int
    doubts: tuple[str, ...]
    doubtful: int
    taken: int
    known: int
    kindless: int
    due: tuple[tuple[str, str, int], ...]
    remarks: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The same as data."""
        return {
            "organ": self.organ,
            "read": self.read,
            "doubtful": self.doubtful,
            "doubts": list(self.doubts),
            "taken": self.taken,
            "known": self.known,
            "without_kind": self.kindless,
            "remarks": list(self.remarks),
            "due": [{"number": n, "due_on": day, "workdays_left": left} for n, day, left in self.due],
        }


def import_ledger(path: Path, *, organ: str, dry_run: bool, kind: str = "", year: int | None = None) -> LedgerDone:
    """Read a ledger and bring its certain rows in. ValueError in a sentence for an unknown organ or unreadable file."""
    try:
        data = path.read_bytes()
        from django.utils import timezone

        prepare_store()
        found = read_ledger(data, path.name, year=year, today=timezone.localdate())
    except Unreadable as error:
        raise ValueError(f"{error.message}{error.advice or ''}") from error
    return _brought(found, hashlib.sha256(data).hexdigest(), organ, kind, dry_run=dry_run)


def _brought(found: Ledger, sha256: str, organ: str, kind: str, *, dry_run: bool) -> LedgerDone:
    from django.utils import timezone

    from gongkai.readers.ledger.compiling import without_delivery
    from gongkai.web.annual.desk import open_desk
    from gongkai.web.audit.services import Audit
    from gongkai.web.facts import Refused
    from gongkai.web.onrequest.selectors.duelist import due_lines
    from gongkai.web.onrequest.services.ledger import already_in, bring_in
    from gongkai.web.organs.selectors import organ_named
    from gongkai.web.people.selectors import local_operator

    county, person = open_desk(), local_operator()
    row = organ_named(county.pk, organ)
    if row is None or person is None:
        raise ValueError(f"没有登记“{organ}”这个机关，请先运行 gongkai organ add {organ} --kind 性质")
    read, remarks = without_delivery(found.rows, (column.meaning for column in found.columns))
    lines = due_lines(county.pk, read, timezone.localdate())
    due = tuple(
        (line.row.number, f"{line.due_on}", line.left) for line in lines if line.due_on and line.left is not None
    )
    doubts = tuple(doubt.message for doubt in found.doubts)
    kindless = 0 if kind else sum(1 for line in read if not line.applicant_kind)
    rows = [line for line in read if line.applicant_kind or kind]
    known = already_in(row, rows) if dry_run else 0
    trial = LedgerDone(
        organ=row.name,
        read=len(found.rows),
        doubts=doubts,
        doubtful=found.doubtful,
        taken=len(rows) - known,
        known=known,
        kindless=kindless,
        due=due,
        remarks=(*found.remarks, *remarks),
    )
    if dry_run:
        return trial
    try:
        done = bring_in(
            audit=Audit(actor=person.pk, county=county.pk),
            organ=row,
            rows=read,
            sha256=sha256,
            left_out=found.doubtful,
            kind=kind,
        )
    except Refused as error:
        raise ValueError(str(error)) from error
    return replace(trial, taken=done.taken, known=done.known, kindless=done.kindless)
