"""The city's workbook: taken in, its cells chosen once, a newer file looked through for what moved, and filled in."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction

from gongkai.web.audit.services import Audit, salted
from gongkai.web.collection.models import Template, TemplateVersion
from gongkai.web.facts import Refused
from gongkai.web.files.bounded import WorkerFailed, pool
from gongkai.web.files.models import StoredFile
from gongkai.web.files.services import check_file, plain_name, read, store

MOST_BYTES = 10 * 1024 * 1024
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OVERTAKEN = "您打开以后，别人已经改动了这个模板，请刷新后再办理。"
Places = dict[str, dict[str, Any]]


def worked(op: str, data: bytes, **told: Any) -> tuple[dict[str, Any], bytes]:
    """What the worker makes of a workbook. Refused when it could not be done in time."""
    try:
        return pool().call(op, data, seconds=settings.GONGKAI_READING_SECONDS, **told)
    except WorkerFailed as error:
        raise Refused("这个模板没有处理完。请删去不用的工作表、图片后另存，再重新上传。") from error


def _checked(name: str, data: bytes) -> None:
    if check_file(name=name, data=data, limit=MOST_BYTES) != XLSX:
        raise Refused("模板应当是Excel工作簿（.xlsx）。旧格式（.xls）请另存为.xlsx后再上传。")
    found, _ = worked("template_layout", data)
    if "error" in found:
        raise Refused(found["error"])


def add(*, audit: Audit, name: str, file_name: str, data: bytes) -> Template:
    """Take in a template. Refused when its name is taken or the file cannot be filled in."""
    plain = " ".join(name.split())
    if not 2 <= len(plain) <= 80:
        raise Refused("请填写模板的名称，2至80个字，例如“市政府办年报汇总表”。")
    _checked(file_name, data)
    try:
        with transaction.atomic():
            row = Template.objects.create(county=audit.county, name=plain, by=audit.actor)
            file = store(audit=audit, name=file_name, data=data)
            _write(audit, row, 1, file, plain_name(file_name), {}, {})
            audit.record("collection.add_template", row, {"name": salted(plain), "sha256": file.sha256})
    except IntegrityError:
        raise Refused(f"已有名为“{plain}”的模板。") from None
    return row


def newest(template: Template) -> TemplateVersion:
    """The template as it is now."""
    return TemplateVersion.objects.filter(template=template).select_related("file").order_by("-number")[0]


def _write(
    audit: Audit,
    template: Template,
    number: int,
    file: StoredFile,
    file_name: str,
    places: Mapping[str, Any],
    gone: Mapping[str, Any],
    *,
    ended: bool = False,
) -> TemplateVersion:
    return TemplateVersion.objects.create(
        county=template.county,
        template=template,
        number=number,
        file=file,
        file_name=file_name,
        places=dict(places),
        gone=dict(gone),
        ended=ended,
        by=audit.actor,
    )


def _seen(template: Template, seen: int) -> TemplateVersion:
    """The newest version, under the template's lock. Refused when it is another than the person saw, or ended."""
    Template.objects.select_for_update().get(pk=template.pk)
    last = newest(template)
    if last.number != seen:
        raise Refused(OVERTAKEN)
    if last.ended:
        raise Refused("这个模板已经停用。")
    return last


def place(
    *, audit: Audit, template: Template, seen: int, sheet: str, cell: str, addresses: Sequence[str], columns: int
) -> TemplateVersion:
    """Choose the cells for figures, from one cell on to the right and down. A cell holds one figure, the newest choice."""
    if not addresses:
        raise Refused("请选择这一格填什么。")
    data = read(newest(template).file_id)
    told: dict[str, Any] = {"sheet": sheet, "cell": cell.strip().upper(), "addresses": list(addresses)}
    found, _ = worked("template_choose", data, **told, columns=columns)
    if "error" in found:
        raise Refused(found["error"])
    taken = {(p["sheet"], p["cell"]) for p in found["places"].values()}
    with transaction.atomic():
        last = _seen(template, seen)
        kept = {a: p for a, p in last.places.items() if (p["sheet"], p["cell"]) not in taken}
        gone = {a: each for a, each in last.gone.items() if a not in found["places"]}
        return _next(audit, last, {**kept, **found["places"]}, gone, {"chosen": len(found["places"])})


def clear(*, audit: Audit, template: Template, seen: int, sheet: str, cell: str) -> TemplateVersion:
    """Take back what was chosen for a cell; `cell` empty: for the whole sheet."""
    with transaction.atomic():
        last = _seen(template, seen)
        kept = {a: p for a, p in last.places.items() if p["sheet"] != sheet or (cell and p["cell"] != cell)}
        if len(kept) == len(last.places):
            raise Refused("这里没有指定要填的数。")
        return _next(audit, last, kept, last.gone, {"cleared": len(last.places) - len(kept)})


def _next(
    audit: Audit, last: TemplateVersion, places: Mapping[str, Any], gone: Mapping[str, Any], said: dict[str, Any]
) -> TemplateVersion:
    row = _write(audit, last.template, last.number + 1, last.file, last.file_name, places, gone)
    audit.record("collection.place", row, {"template": str(last.template_id), **said})
    return row


def renew(*, audit: Audit, template: Template, seen: int, file_name: str, data: bytes) -> TemplateVersion:
    """Take in a newer file. What is where it was stays chosen; what moved is set apart until a person says where it is."""
    _checked(file_name, data)
    before = newest(template)
    found, _ = worked("template_moved", data, places=before.places)
    gone = found.get("moved", {})
    with transaction.atomic():
        last = _seen(template, seen)
        file = store(audit=audit, name=file_name, data=data)
        kept = {a: p for a, p in last.places.items() if a not in gone}
        still = {a: each for a, each in last.gone.items() if a not in gone}
        row = _write(audit, template, last.number + 1, file, plain_name(file_name), kept, {**still, **gone})
        said = {"template": str(template.pk), "sha256": file.sha256, "moved": len(gone)}
        audit.record("collection.renew_template", row, said)
    return row


def agree(*, audit: Audit, template: Template, seen: int, addresses: Sequence[str] | None = None) -> TemplateVersion:
    """Take the proposed cells for figures that moved: all that have exactly one, or those named. Refused for none."""
    with transaction.atomic():
        last = _seen(template, seen)
        wanted = last.gone if addresses is None else {a: last.gone[a] for a in addresses if a in last.gone}
        sure = {a: each["proposals"][0] for a, each in wanted.items() if len(each["proposals"]) == 1}
        used = [(p["sheet"], p["cell"]) for p in sure.values()]
        taken = {(p["sheet"], p["cell"]) for p in last.places.values()}
        sure = {
            a: p
            for a, p in sure.items()
            if used.count((p["sheet"], p["cell"])) == 1 and (p["sheet"], p["cell"]) not in taken
        }
        if not sure:
            raise Refused("没有可以直接采用的位置，请逐格指定。")
        gone = {a: each for a, each in last.gone.items() if a not in sure}
        return _next(audit, last, {**last.places, **sure}, gone, {"agreed": len(sure)})


def drop(*, audit: Audit, template: Template, seen: int) -> TemplateVersion:
    """Say that the figures which moved are in the template no more."""
    with transaction.atomic():
        last = _seen(template, seen)
        if not last.gone:
            raise Refused("没有移动的格子。")
        return _next(audit, last, last.places, {}, {"dropped": len(last.gone)})


def end(*, audit: Audit, template: Template, seen: int) -> TemplateVersion:
    """Use a template no more; it stays with its versions."""
    with transaction.atomic():
        last = _seen(template, seen)
        row = _write(audit, template, last.number + 1, last.file, last.file_name, last.places, last.gone, ended=True)
        audit.record("collection.end_template", row, {"template": str(template.pk)})
    return row


def filled(template: Template, values: Mapping[str, Any]) -> bytes:
    """The workbook with the figures in it. Refused while cells that moved wait, or nothing was chosen."""
    last = newest(template)
    if last.gone:
        raise Refused(f"新模板中有{len(last.gone)}格移动了位置，还没有核对，没有生成。请先在模板页逐格核对。")
    if not last.places:
        raise Refused("还没有指定哪一格填什么，请先在模板页指定。")
    found, data = worked(
        "template_fill", read(last.file_id), places=last.places, values={a: values.get(a) for a in last.places}
    )
    if "error" in found:
        raise Refused(found["error"])
    return data


def template_of(county: uuid.UUID, key: uuid.UUID) -> Template | None:
    """One template of the county."""
    return Template.objects.filter(county=county, pk=key).first()


def templates(county: uuid.UUID) -> list[TemplateVersion]:
    """The templates in use, each as it is now."""
    rows = [newest(each) for each in Template.objects.filter(county=county).order_by("name")]
    return [row for row in rows if not row.ended]
