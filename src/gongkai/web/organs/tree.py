"""Writing the tree of organs: founded, changed, renamed, merged into a successor, and who answers for whom."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from gongkai.web.audit.services import Audit, salted
from gongkai.web.changes.services import touch
from gongkai.web.facts import Refused
from gongkai.web.organs.models import FORMS, Answering, Organ, OrganVersion
from gongkai.web.organs.names import guessed_kind

LABELS = dict(FORMS)
FROM_THE_FIRST, BEFORE = date(1949, 10, 1), "变更之前"
"""Since when an organ of which nobody said so was what it was before its first change, and what that version says."""
CHANGEABLE = ("name", "form", "parent", "competent", "word", "address", "phone", "hours")
_LIMITS = {"word": (30, "机关代字"), "address": (200, "地址"), "phone": (60, "电话"), "hours": (120, "办公时间")}


def _words(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _checked(values: dict[str, Any]) -> dict[str, Any]:
    """Refused when a name, form or one of the lines for the guide cannot stand."""
    done = dict(values)
    if "name" in done:
        done["name"] = "".join(str(done["name"]).split())
        if not 2 <= len(done["name"]) <= 60:
            raise Refused("请填写机关全称，2至60个字，例如“云岭县教育局”。")
    if "form" in done and done["form"] not in LABELS:
        raise Refused("请选择机关的类别。")
    for key, (most, what) in _LIMITS.items():
        if key in done:
            done[key] = " ".join(str(done[key]).split())
            if len(done[key]) > most:
                raise Refused(f"{what}最多{most}个字。")
    return done


def _check_parent(organ: Organ | None, parent: Organ | None) -> None:
    above = parent
    while above is not None:
        if organ is not None and above.pk == organ.pk:
            raise Refused("上级机关不能是这个机关自己或者它的下级。")
        above = above.parent


def _write_version(audit: Audit, organ: Organ, from_on: date, reason: str) -> OrganVersion:
    return OrganVersion.objects.create(
        county=organ.county,
        organ=organ,
        from_on=from_on,
        reason=reason.strip()[:200],
        by=audit.actor,
        **{key: getattr(organ, key) for key in CHANGEABLE},
    )


def _said(values: dict[str, Any]) -> dict[str, Any]:
    """What of the values stands in the audit: names and words of organs are no personal data, telephones may be."""
    said = {k: str(v.pk) if isinstance(v, Organ) else v for k, v in values.items() if k not in ("phone", "address")}
    return said | {k: salted(values[k]) for k in ("phone", "address") if k in values}


def found_organ(
    *,
    audit: Audit,
    county: uuid.UUID,
    name: str,
    form: str,
    parent: Organ | None = None,
    competent: bool = False,
    from_on: date | None = None,
    listed: bool = True,
    **details: str,
) -> Organ:
    """A new organ of the tree; one of the flat list that has this name takes its place in it. Refused when taken.

    Not `listed`: it is not asked for a yearly report of its own here.
    """
    values = _checked({"name": name, "form": form, "parent": parent, "competent": competent, **details})
    start = from_on or timezone.localdate()
    try:
        with transaction.atomic():
            organ = Organ.objects.filter(county=county, name=values["name"], valid_until__isnull=True).first()
            if organ is not None and OrganVersion.objects.filter(organ=organ).exists():
                raise Refused(f"“{organ.name}”已经在机关设置中。")
            _check_parent(organ, parent)
            if organ is None:
                last = Organ.objects.filter(county=county).order_by("-position").first()
                organ = Organ(
                    county=county,
                    kind=guessed_kind(values["name"]),
                    listed=listed,
                    position=last.position + 1 if last else 1,
                )
            else:
                _write_version(audit, organ, organ.valid_from or FROM_THE_FIRST, BEFORE)
            organ.valid_from = from_on
            for key, value in values.items():
                setattr(organ, key, value)
            organ.save()
            _write_version(audit, organ, start, "")
            audit.record("organs.found_organ", organ, {**_said(values), "from_on": start.isoformat()})
            touch(county=organ.county)
    except IntegrityError:
        raise Refused("本县已有政府信息公开工作主管部门，请先取消原来的指定。") from None
    return organ


def change_organ(*, audit: Audit, organ: Organ, from_on: date | None = None, reason: str = "", **changes: Any) -> Organ:
    """Change what an organ is, from a day on. Refused for an organ that is no more, or a change that cannot stand."""
    unknown = set(changes) - set(CHANGEABLE)
    if unknown:
        raise KeyError(f"organs have no {sorted(unknown)}")
    if organ.valid_until is not None:
        raise Refused(f"“{organ.name}”已经撤销，不能再修改。")
    values = _checked(changes)
    start = from_on or timezone.localdate()
    newest = OrganVersion.objects.filter(organ=organ).order_by("-from_on", "-id").first()
    if newest is not None and start < newest.from_on:
        raise Refused(f"这次变更的日期不能早于上一次变更的日期（{_words(newest.from_on)}）。")
    if start > timezone.localdate():
        raise Refused("变更的日期不能晚于今天，请到变更生效之日再登记。")
    _check_parent(organ, values.get("parent"))
    try:
        with transaction.atomic():
            if newest is None:
                _write_version(audit, organ, organ.valid_from or FROM_THE_FIRST, BEFORE)
            for key, value in values.items():
                setattr(organ, key, value)
            organ.save(update_fields=list(values))
            _write_version(audit, organ, start, reason)
            facts = {**_said(values), "from_on": start.isoformat(), "reason": salted(reason)}
            audit.record("organs.change_organ", organ, facts)
            touch(county=organ.county)
    except IntegrityError:
        organ.refresh_from_db()
        if values.get("competent"):
            raise Refused("本县已有政府信息公开工作主管部门，请先取消原来的指定。") from None
        raise Refused(f"已有名为“{values.get('name', organ.name)}”的机关。") from None
    return organ


def rename(*, audit: Audit, organ: Organ, name: str, from_on: date | None = None, reason: str = "") -> Organ:
    """The same organ under a new name; on days before it keeps the old one."""
    return change_organ(audit=audit, organ=organ, from_on=from_on, reason=reason, name=name)


def merge(*, audit: Audit, organ: Organ, into: Organ | None, on: date | None = None, reason: str = "") -> Organ:
    """An organ ends on a day; its duties go to the successor. Refused when that is itself or ended before."""
    day = on or timezone.localdate()
    if day > timezone.localdate():
        raise Refused("撤并的日期不能晚于今天，请到生效之日再登记。")
    if organ.valid_until is not None:
        raise Refused(f"“{organ.name}”已经撤销。")
    if into is not None and (into.pk == organ.pk or (into.valid_until is not None and into.valid_until <= day)):
        raise Refused("承接职责的机关不能是它自己，也不能是已经撤销的机关。")
    if Organ.objects.filter(parent=organ, valid_until__isnull=True).exists():
        raise Refused(f"“{organ.name}”还有下级机关，请先调整它们的上级。")
    with transaction.atomic():
        organ.valid_until, organ.successor, organ.competent = day, into, False
        organ.save(update_fields=["valid_until", "successor", "competent"])
        facts = {"into": str(into.pk) if into else None, "on": day.isoformat(), "reason": salted(reason)}
        audit.record("organs.merge_organ", organ, facts)
        touch(county=organ.county)
    return organ


def set_answering(
    *,
    audit: Audit,
    organ: Organ,
    in_name_of: Organ | None = None,
    defendant: Organ | None = None,
    reconsideration: str = "",
    court: str = "",
    from_on: date | None = None,
    reason: str = "",
) -> Answering:
    """Say in whose name the organ's replies go out, who is defendant, where reconsideration and court are."""
    for words, what in ((reconsideration, "行政复议机关"), (court, "管辖法院")):
        if len(words) > 120:
            raise Refused(f"{what}最多120个字。")
    with transaction.atomic():
        row = Answering.objects.create(
            county=organ.county,
            organ=organ,
            from_on=from_on or timezone.localdate(),
            in_name_of=in_name_of,
            defendant=defendant,
            reconsideration=reconsideration.strip(),
            court=court.strip(),
            reason=reason.strip()[:200],
            by=audit.actor,
        )
        audit.record(
            "organs.set_answering",
            organ,
            {
                "answering": str(row.pk),
                "in_name_of": str(in_name_of.pk) if in_name_of else None,
                "defendant": str(defendant.pk) if defendant else None,
                "reconsideration": row.reconsideration,
                "court": row.court,
                "from_on": row.from_on.isoformat(),
            },
        )
    return row
