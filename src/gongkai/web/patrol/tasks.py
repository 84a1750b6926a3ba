"""What a worker does for this app: walking our own pages."""

from __future__ import annotations

import uuid

from django_tasks import task

from gongkai.web.audit.services import Audit
from gongkai.web.facts import Refused
from gongkai.web.organs.selectors import county_with
from gongkai.web.patrol.own import walk_portal
from gongkai.web.patrol.services.intake import bring_in


@task()
def walk_own(county: str, actor: str) -> None:
    """Walk the portal and bring the result in; run again it finds that the same was brought in already."""
    found = county_with(uuid.UUID(county))
    if found is None:
        return
    data = walk_portal(f"{found.name}（本系统）")
    try:
        bring_in(audit=Audit(actor=uuid.UUID(actor), county=found.pk), data=data, own=True)
    except Refused:
        return
