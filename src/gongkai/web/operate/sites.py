"""`gongkai migrate-site`: an old site into drafts, from the command line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from gongkai.readers.errors import Unreadable
from gongkai.readers.sites import open_saved
from gongkai.web.operate.prepare import prepare_store

MOST_PAGES = 100_000
"""The pages that the list of a migration tells of."""


@dataclass(frozen=True, slots=True)
class SiteDone:
    """What was understood of an old site, by state in words, and what was brought in."""

    name: str
    base: int
    states: dict[str, int]
    brought: int
    hints: int
    without_files: int
    said: tuple[str, ...]
    pages: tuple[dict[str, Any], ...]

    def to_json(self) -> dict[str, Any]:
        """The same as data."""
        return {
            "name": self.name,
            "pages": self.base,
            "states": self.states,
            "brought": self.brought,
            "with_personal_hints": self.hints,
            "with_files_missing": self.without_files,
            "remarks": list(self.said),
            "rows": list(self.pages),
        }


def migrate_site(
    path: Path,
    *,
    organ: str = "",
    dry_run: bool = False,
    mode: str = "",
    undated_on: date | None = None,
    report: str = "",
) -> SiteDone:
    """Look through a folder, zip or spreadsheet and make drafts of it. ValueError in a sentence for what cannot be."""
    try:
        site = open_saved(path) if path.is_dir() else None
        data = b"" if site else path.read_bytes()
    except Unreadable as error:
        raise ValueError(f"{error.message}{error.advice or ''}") from error
    prepare_store()
    from gongkai.web.annual.desk import open_desk
    from gongkai.web.audit.services import Audit
    from gongkai.web.cms.report import workbook
    from gongkai.web.cms.services import migrating
    from gongkai.web.facts import Refused
    from gongkai.web.organs.selectors import organ_named
    from gongkai.web.people.selectors import local_operator

    county, person = open_desk(), local_operator()
    usual = organ_named(county.pk, organ) if organ else None
    if person is None or (organ and usual is None):
        raise ValueError(f"没有登记“{organ}”这个机关，请先运行 gongkai organ add {organ} --kind 性质")
    audit = Audit(actor=person.pk, county=county.pk)
    try:
        migration = (
            migrating.begin_folder(audit=audit, folder=path.resolve())
            if site
            else migrating.hand_in(audit=audit, name=path.name, data=data)
        )
        migrating.look(audit=audit, migration=migration, site=site, usual=usual)
        if not dry_run:
            migrating.bring(audit=audit, migration=migration, site=site, undated_on=undated_on, mode=mode)
    except Refused as error:
        raise ValueError(str(error)) from error
    if report:
        Path(report).write_bytes(workbook(migration))
    return _done(migration)


def _done(migration: Any) -> SiteDone:
    from gongkai.web.cms.selectors.migration import STATES, lines, summary

    told = summary(migration)
    pages = tuple(
        {
            "page": line.row.name,
            "state": line.state,
            "title": line.row.title,
            "organ": line.organ,
            "index_number": line.row.understood.get("metadata", {}).get("index_number", ""),
            "day": line.day,
            "files": line.row.files,
            "personal_hints": line.row.hints,
            "remarks": line.said,
        }
        for line in lines(migration, limit=MOST_PAGES)
    )
    states = {STATES[state]: count for state, count in told.states.items()}
    return SiteDone(
        migration.name, told.base, states, told.brought, told.hints, told.without_files, tuple(told.said), pages
    )
