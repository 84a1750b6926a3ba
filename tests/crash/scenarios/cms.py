"""Exporting to a site and bringing in an old one: whoever dies, nothing is there twice and nothing stays behind."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from gongkai.web.audit.services import Audit
from gongkai.web.changes.selectors import behind
from gongkai.web.cms.models import Brought, Exported, MigratedPage, Migration, Target
from gongkai.web.cms.selectors.standing import latest
from gongkai.web.cms.services import exporting, migrating, targets
from gongkai.web.proactive.models import Item
from gongkai.web.proactive.selectors.public import public
from gongkai.web.proactive.services import release
from tests.crash.scenarios import proactive
from tests.crash.scenarios.scenario import Scenario

PAGE = "<html><head><title>旧通知第{n}号</title></head><body><div id='zoom'><p>旧网站第{n}号通知的内容。</p></div></body></html>"

OURS = 3_000_000
"""What this scenario publishes is counted from here: what others publish is not to be withdrawn by it."""


def _target(audit: Audit) -> Target:
    found = Target.objects.filter(county=audit.county, name="网站").first()
    return found or targets.add_target(audit=audit, name="网站", kind="folder", settings={"folder": "网站"})


def _export(audit: Audit, number: int) -> Any:
    """What changed meanwhile goes out; every other time something of our own was withdrawn."""
    target = _target(audit)
    ours = public(audit.county).filter(item__once__startswith=f"crash:{OURS // 1000}")
    if number % 2 and (row := ours.first()):
        release.withdraw(audit=audit, item=row.item, reason="有误")
    else:
        proactive._publish(audit, OURS + 3 * number)
    _free(target)
    exporting.export(target.pk)
    return None


def _free(target: Target) -> None:
    """As if the time was over that a dead exporter held it."""
    Target.objects.filter(pk=target.pk).update(taken_at=None, next_at=None)


def _recover(audit: Audit) -> None:
    release.note_what_time_did(audit=audit)
    target = _target(audit)
    _free(target)
    exporting.export(target.pk)


def _check(audit: Audit, _: list[Any]) -> list[str]:
    target, wrong = _target(audit), []
    if behind(audit.county, target.reader):
        wrong.append("the site is behind")
    root = exporting.folder_of(target)
    standing = {row.item_id for row in public(audit.county)}
    noted = {row.item for row in latest(target) if row.act == "put"}
    pages = list((root / "条目").glob("*/metadata.json")) if (root / "条目").exists() else []
    there = [json.loads(path.read_text("utf-8"))["key"] for path in pages]
    if sorted(there) != sorted(map(str, standing)) or noted != standing:
        wrong.append(f"{len(standing)} public, {len(noted)} noted, {len(there)} in the folder")
    if any(not (path.parent / "index.html").exists() for path in pages):
        wrong.append("a page is half there")
    listed = [each["key"] for each in json.loads((root / "目录.json").read_text("utf-8"))] if there else []
    if sorted(listed) != sorted(there):
        wrong.append("the list tells of other entries than the folder")
    keys = list(Exported.objects.filter(target=target).values_list("key", "item"))
    return [*wrong, *(["something was noted twice"] if len(keys) != len(set(keys)) else [])]


def _folder(number: int) -> Path:
    folder = Path(os.environ["GONGKAI_DATA"]).parent / f"old-site-{number % 4}"
    folder.mkdir(exist_ok=True)
    for n in range(2):
        (folder / f"{n}.html").write_text(PAGE.replace("{n}", f"{number % 4}-{n}"), "utf-8")
    return folder


def _site(audit: Audit, number: int) -> tuple[Migration, Any]:
    from gongkai.readers.sites import open_saved

    folder = _folder(number)
    found = Migration.objects.filter(county=audit.county, name=folder.name).first()
    return found or migrating.begin_folder(audit=audit, folder=folder), open_saved(folder)


def _plain(op: str, name: str, data: bytes) -> dict[str, Any]:
    """Read in this process: a worker of a killed process would be left behind."""
    from gongkai.web.files.site_operations import sitepage

    return {**sitepage({"name": name}, data)[0], "written_on": "2020-03-02"}


def _migrate(audit: Audit, number: int) -> Any:
    from gongkai.web.cms.services import sitepages

    sitepages._asked = _plain
    organ = proactive._organ(audit)
    migration, site = _site(audit, number)
    migrating.look(audit=audit, migration=migration, site=site, usual=organ)
    migrating.bring(audit=audit, migration=migration, site=site)
    return str(migration.pk)


def _check_migration(audit: Audit, receipts: list[Any]) -> list[str]:
    wrong = []
    for key in receipts:
        pages = MigratedPage.objects.filter(migration=key)
        if pages.count() != 2 or Brought.objects.filter(page__in=pages).count() != 2:
            wrong.append(f"migration {key} is not whole")
    brought = list(Brought.objects.values_list("item", flat=True))
    items = set(Item.objects.filter(county=audit.county, origin="import").values_list("pk", flat=True))
    if len(brought) != len(set(brought)) or set(brought) != items:
        wrong.append(f"{len(items)} drafts, {len(brought)} brought in")
    return wrong


SCENARIOS = [
    Scenario("cms.export", _export, _check, _recover),
    Scenario("cms.migrate", _migrate, _check_migration),
]
