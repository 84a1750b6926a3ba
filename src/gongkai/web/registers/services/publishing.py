"""Making a list of rows into a draft of the catalogue: it is published by the same way, stage by stage, as any entry."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from html import escape

from django.db import transaction
from django.utils import timezone

from gongkai.proactive.registers import Register
from gongkai.web.audit.services import Audit
from gongkai.web.facts import Refused
from gongkai.web.organs.models import Organ
from gongkai.web.proactive.models import Item, Version
from gongkai.web.proactive.selectors.facts import newest_version
from gongkai.web.proactive.services.drafting import Content, content_of, correct, draft, edit
from gongkai.web.proactive.services.facts import locked
from gongkai.web.registers.models import Line, Listed
from gongkai.web.registers.selectors.lists import Telling
from gongkai.web.registers.services.rows import register_named

MOST = 500
ITEMS = {"licences": "licences", "penalties": "penalties"}


def table_of(of: Register, told: Sequence[Sequence[str]]) -> str:
    """The words of rows as a table for the text of an entry; a column with nothing in it is left out."""
    names = [each.zh for each in of.fields if each.public]
    used = [n for n in range(len(names)) if any(row[n] for row in told)]
    heads = "".join(f"<th>{escape(names[n])}</th>" for n in used)
    rows = "".join(
        f"<tr><td>{number}</td>" + "".join(f"<td>{escape(row[n])}</td>" for n in used) + "</tr>"
        for number, row in enumerate(told, start=1)
    )
    return f"<table><thead><tr><th>序号</th>{heads}</tr></thead><tbody>{rows}</tbody></table>"


def draft_list(
    *,
    audit: Audit,
    organ: Organ,
    register: str,
    rows: Sequence[uuid.UUID],
    title: str,
    theme: str,
    public_until: date | None = None,
) -> uuid.UUID:
    """Draft an entry with the rows as a table; the key of the entry. What is shown is what was reviewed, row by row.

    Refused for a register that is never shown, for rows that are voided or another organ's, and for too many.
    """
    of = register_named(register)
    if not of.publishable:
        raise Refused(f"“{of.zh}”不对外公开，不能生成清单。")
    if not rows or len(rows) > MOST:
        raise Refused(f"请选择要公开的行，一次最多{MOST}行。")
    if not title.strip():
        raise Refused("请填写清单的名称。")
    today = timezone.localdate()
    if public_until is not None and public_until <= today:
        raise Refused("公示截止日应当晚于今天。")
    found = {line.pk: line for line in Line.objects.filter(pk__in=rows, organ=organ, register=register, voided=False)}
    if len(found) != len(set(rows)):
        raise Refused("所选的行有变动，请刷新后重新选择。")
    lines = [found[key] for key in dict.fromkeys(rows)]
    told = _told(of, lines)
    item = ITEMS.get(register, "normative_documents")
    content = Content(
        kind="notice" if public_until else "general",
        title=" ".join(title.split())[:200],
        formed_on=today,
        metadata={
            "theme": theme,
            "issuing_organ": organ.name,
            "written_on": today.isoformat(),
            "items": [item],
            "columns": [f"item.{item}"],
        },
        mode="proactive",
        public_until=public_until,
        body=table_of(of, told),
    )
    with transaction.atomic():
        made = draft(audit=audit, organ=organ, content=content, origin="register")
        version = newest_version(made)
        assert version is not None
        _keep(audit, "registers.draft_list", made, version, lines, told)
    return made.pk


def renew_list(*, audit: Audit, item: Item, seen: int | None = None) -> Version:
    """Draft a public list anew from its rows as they say now; it is reviewed and released like any correction.

    What is public stays as it is until then. Refused when nothing changed, when every row was voided, and for a list
    whose text a person changed: that is corrected by hand.
    """
    with transaction.atomic():
        standing = locked(item, seen)
        release = item.releases.order_by("-edition").first() if standing.state == "published" else None
        last = release.version if release else newest_version(item)
        rows = Listed.objects.filter(item=item.pk).order_by("id") if last is not None else Listed.objects.none()
        if last is None or not rows.exists():
            raise Refused("这一条目不是由台账生成的清单。")
        told_before = list(rows.filter(version=last.pk).select_related("row__line__version"))
        if not told_before:
            raise Refused("这份清单的正文由人改动过，不能按台账重做，请在条目中更正。")
        if all(each.said_id == each.row.line.version_id for each in told_before):
            raise Refused("清单与台账一致，不需要重做。")
        lines = [each.row.line for each in told_before if not each.row.line.voided]
        if not lines:
            raise Refused("清单中的行都已经作废，请撤回这一条目。")
        of = register_named(told_before[0].register)
        if release is not None:
            correct(audit=audit, item=item, reason="台账有更正或者作废，清单按台账重做")
        told = _told(of, lines)
        content = replace(content_of(last), body=table_of(of, told))
        version = edit(audit=audit, item=item, content=content)
        _keep(audit, "registers.renew_list", item, version, lines, told)
    return version


def _told(of: Register, lines: Sequence[Line]) -> list[list[str]]:
    """The words of rows as a list outside shows them."""
    telling = Telling(lines[0].county, of, [line.values for line in lines], (lines[0].organ_id,))
    return [[cell.words for cell in telling.all(line.values, of.public_fields)] for line in lines]


def _keep(
    audit: Audit, act: str, item: Item, version: Version, lines: Sequence[Line], told: Sequence[list[str]]
) -> None:
    """Which rows a version of a list tells, in which words."""
    listed = Listed.objects.bulk_create(
        Listed(
            county=item.county, row_id=line.pk, said=line.version, register=line.register, organ_id=line.organ_id,
            item=item.pk, version=version.pk, cells=cells, by=audit.actor,
        )
        for line, cells in zip(lines, told, strict=True)
    )  # fmt: skip
    audit.record(act, listed[0], {"register": lines[0].register, "rows": len(lines), "item": str(item.pk)})
