"""What a worker does for this app: exporting, reading an old site, bringing it in."""

from __future__ import annotations

import uuid
from datetime import date

from django_tasks import task

from gongkai.web.audit.services import Audit
from gongkai.web.cms.models import Migration, Target
from gongkai.web.cms.services import exporting, migrating
from gongkai.web.organs.selectors import organ


@task()
def export_waiting(target: str) -> None:
    """Send a target what waits for it."""
    exporting.export(uuid.UUID(target))


@task()
def export_one(target: str, item: str, why: str) -> None:
    """Send a target one entry once more, because somebody asked for it."""
    exporting.export_again(uuid.UUID(target), iter([uuid.UUID(item)]), why=why, force=True)


@task()
def look_again(target: str, why: str) -> None:
    """Look at everything that stands at a target once more."""
    found = Target.objects.filter(pk=target, ended_at=None).first()
    if found is not None:
        exporting.look_again(found, why)


@task()
def look_through_site(migration: str, actor: str, usual: str) -> None:
    """Look through what was handed in."""
    found = Migration.objects.get(pk=migration)
    audit = Audit(actor=uuid.UUID(actor), county=found.county)
    migrating.look(
        audit=audit, migration=found, usual=organ(found.county, uuid.UUID(usual)) if usual != "none" else None
    )


@task()
def bring_in_site(migration: str, actor: str, mode: str, undated_on: str) -> None:
    """Make drafts of what was looked through."""
    found = Migration.objects.get(pk=migration)
    migrating.bring(
        audit=Audit(actor=uuid.UUID(actor), county=found.county),
        migration=found,
        mode="" if mode == "none" else mode,
        undated_on=None if undated_on == "none" else date.fromisoformat(undated_on),
    )
