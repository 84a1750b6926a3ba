"""Making a list of rows into a draft of the catalogue: it is published by the same way, stage by stage, as any entry."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date
from html import escape

from django.db import transaction
from django.utils import timezone

from gongkai.proactive.registers import Register
from gongkai.web.audit.services import Audit
from gongkai.web.facts import Refused
from gongkai.web.organs.models import Organ
from gongkai.web.proactive.selectors.facts import newest_version
from gongkai.web.proactive.services.drafting import Content, draft
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
    telling = Telling(organ.county, of, [line.values for line in lines], (organ.pk,))
    told = [[cell.words for cell in telling.all(line.values, of.public_fields)] for line in lines]
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
        listed = Listed.objects.bulk_create(
            Listed(
                county=organ.county, row_id=line.pk, said=line.version, register=register, organ=organ, item=made.pk,
                version=version.pk, cells=cells, by=audit.actor,
            )
            for line, cells in zip(lines, told, strict=True)
        )  # fmt: skip
        audit.record(
            "registers.draft_list", listed[0], {"register": register, "rows": len(lines), "item": str(made.pk)}
        )
    return made.pk
