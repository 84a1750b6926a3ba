"""The county's invented site: what was exported to it, where it stands, and a listing that does not quite agree."""

from __future__ import annotations

import json
from datetime import timedelta

from django.utils import timezone

from gongkai.web.audit.services import Audit
from gongkai.web.cms.selectors.reconcile import listings, reconcile
from gongkai.web.cms.selectors.standing import latest
from gongkai.web.cms.services import exporting, reconciling, targets
from gongkai.web.organs.models import County, Organ
from gongkai.web.proactive.selectors.outgoing import ended_lines
from gongkai.web.proactive.selectors.public import public_among

SITE = "http://www.yunling.example.cn/zwgk"
FOLDER = "云岭县政府网站"
_WITH_ADDRESS, _TAKEN_OFF = 14, 5
"""How many have an address, and which of them somebody took off the site without a word."""


def load_site(county: County, audit: Audit) -> None:
    """Export what is there, write some addresses back, read one listing and make one line of it a task."""
    target = targets.add_target(audit=audit, name=FOLDER, kind="folder", settings={"folder": FOLDER})
    exporting.export(target.pk)
    rows = [row for row in latest(target) if row.act == "put"]
    today = timezone.localdate()
    for number, row in enumerate(rows[:_WITH_ADDRESS]):
        reconciling.note_on_line(
            audit=audit,
            item=row.item,
            address=f"{SITE}/{number + 1:04d}.html",
            on=today - timedelta(days=1),
            target=target,
        )
    there = public_among(county.pk, [row.item for row in rows])
    told = []
    for number, row in enumerate(rows):
        release = there.get(row.item)
        if release is None or number == _TAKEN_OFF:
            continue
        status: object = "timeout" if number == 2 else 200
        title = row.title.replace("关于", "", 1) if number == 4 else row.title
        day = timezone.localdate(release.from_at).isoformat()
        told.append({"url": f"{SITE}/{number + 1:04d}.html", "title": title, "day": day, "status": status,
                     "index_number": row.index_number if number < _WITH_ADDRESS else ""})  # fmt: skip
    gone = next(ended_lines(county.pk), None)
    if gone is not None:
        told.append({"url": f"{SITE}/0900.html", "title": gone.title, "day": gone.from_on.isoformat()})
    told.append({"url": f"{SITE}/0901.html", "title": "关于集中供热收费的温馨提示", "day": today.isoformat()})
    told.append({"url": f"{SITE}/zt/index.html", "title": "专题专栏首页"})
    data = "\n".join(json.dumps(row, ensure_ascii=False) for row in told).encode()
    reconciling.keep_listing(audit=audit, name="网站清单.jsonl", data=data, taken_on=today, whole=True, target=target)
    [(listing, _)] = listings(county.pk, 1)
    reconciling.judge(audit=audit, verdict="no_item", url=f"{SITE}/zt/index.html")
    organ = Organ.objects.filter(county=county.pk, listed=True).first()
    unknown = next((row for row in reconcile(listing).of("without") if row.url.endswith("0901.html")), None)
    if organ is not None and unknown is not None:
        reconciling.judge(
            audit=audit,
            verdict="supplement",
            url=unknown.url,
            organ=organ,
            due_on=(today + timedelta(days=10)).isoformat(),
            reason="没有审查记录",
        )
