"""Objects behind the addresses of export, reconciliation and migration."""

from __future__ import annotations

import uuid
from typing import Any

from gongkai.web.audit.services import Audit
from gongkai.web.cms.services import migrating, reconciling, targets
from tests.web.marked.office import TODAY


def site_keys(audit: Audit) -> dict[str, uuid.UUID | Any]:
    """A site, a listing of what stands on it, and an old site that was handed in."""
    site = targets.add_target(audit=audit, name="县政府网站", kind="folder", settings={"folder": "县政府网站"})
    rows = "网址,标题\nhttp://www.yunling.example/1.html,关于节水的通知\n".encode()
    listing = reconciling.keep_listing(audit=audit, name="清单.csv", data=rows, taken_on=TODAY)
    migration = migrating.hand_in(audit=audit, name="目录.csv", data="名称,成文日期\n旧通知,2020-03-02\n".encode())
    return {"site": site.pk, "listing": listing.pk, "migration": migration.pk}
