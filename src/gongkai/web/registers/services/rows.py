"""Entering, correcting and voiding a row: each is a further version, and what stood before stays as it was known."""

from __future__ import annotations

import hashlib
import re
import uuid
from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from gongkai.proactive.register_checks import Fault, cleaned, faults
from gongkai.proactive.registers import FILES, Register, alike, counting_day, heading, natural_key, registers
from gongkai.proactive.validity import ChangeKind
from gongkai.web.audit.services import Audit
from gongkai.web.facts import Refused
from gongkai.web.files.services import store
from gongkai.web.organs.models import Organ
from gongkai.web.proactive.selectors.documents import entries_named, entry_numbered, item_of
from gongkai.web.proactive.services.drafting import NewFile
from gongkai.web.proactive.services.relations import change_validity, void_validity
from gongkai.web.registers.models import Line, Row, RowFile, Version

REASON = 300
_KEY = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_STANDS_FOR_A_FILE = "00000000-0000-0000-0000-000000000000"
Files = Mapping[str, NewFile]


class Faulty(Refused):
    """A row cannot be kept as given: `faults` say field by field why."""

    def __init__(self, found: tuple[Fault, ...]) -> None:
        super().__init__(" ".join(fault.says for fault in found))
        self.faults = found


def register_named(key: str) -> Register:
    """The register with this key. Refused for any other."""
    found = registers().get(key)
    if found is None:
        raise Refused("没有这种台账。")
    return found


def digest(words: str) -> str:
    """A fixed-length stand-in for words of any length; empty for none."""
    return hashlib.sha256(words.encode()).hexdigest() if words else ""


def checked(organ: Organ, of: Register, given: Mapping[str, str], files: Files | None = None) -> dict[str, str]:
    """The values of a row, cleaned, with what they link to looked up. Faulty where one cannot stand."""
    said = cleaned(of, {**given, **dict.fromkeys(files or {}, _STANDS_FOR_A_FILE)})
    wrong = []
    for each in of.fields:
        if each.kind not in ("entry", "row") or not said.get(each.key):
            continue
        try:
            said[each.key] = (
                _entry(organ, said[each.key]) if each.kind == "entry" else _row(organ, each.of, said[each.key])
            )
        except Refused as error:
            wrong.append(Fault(each.key, f"“{each.zh}”{error}"))
            del said[each.key]
    linked = {fault.key for fault in wrong}
    wrong += [fault for fault in faults(of, said) if fault.key not in linked]
    if wrong:
        raise Faulty(tuple(wrong))
    return said


def _entry(organ: Organ, said: str) -> str:
    """The key of an entry given by key or index number: the organ's own, or one that is public."""
    keyed = _KEY.fullmatch(said)
    named = entries_named(organ.county, [uuid.UUID(said)]).get(uuid.UUID(said)) if keyed else None
    found = named if keyed else entry_numbered(organ.county, said)
    if found is None or (found.organ != organ.pk and not found.public):
        raise Refused(
            f"：目录中没有索引号为“{said}”的条目，请核对。" if not _KEY.fullmatch(said) else "：请重新填写索引号。"
        )
    return str(found.item)


def _row(organ: Organ, of: tuple[str, ...], said: str) -> str:
    found = (
        Line.objects.filter(pk=uuid.UUID(said), organ=organ, register__in=of).first() if _KEY.fullmatch(said) else None
    )
    if found is None:
        raise Refused("：请从列出的各项中选择。")
    if found.voided:
        raise Refused("：所选的一项已经作废，请重新选择。")
    return str(found.pk)


def enter(
    *,
    audit: Audit,
    organ: Organ,
    register: str,
    values: Mapping[str, str],
    files: Files | None = None,
    once: str = "",
    origin: str = "desk",
) -> Row:
    """Enter a row. What was entered before under the same `once` is given back."""
    of = register_named(register)
    if organ.county != audit.county:
        raise Refused("没有这个机关。")
    once = once or f"{origin}:{uuid.uuid4()}"
    said = checked(organ, of, values, files)
    with transaction.atomic():
        found = Row.objects.filter(county=audit.county, once=once).first()
        if found:
            return found
        row = Row.objects.create(
            county=audit.county, organ=organ, register=register, origin=origin, once=once, by=audit.actor
        )
        _write(audit, row, of, "enter", said, files)
        audit.record("registers.enter", row, {"register": register, "organ": str(organ.pk), "origin": origin})
    return row


def correct(
    *,
    audit: Audit,
    row: Row,
    values: Mapping[str, str],
    reason: str,
    files: Files | None = None,
    seen: int | None = None,
) -> Version:
    """Correct a row: a further version with its reason. A file stays unless another takes its place."""
    of = register_named(row.register)
    if not reason.strip():
        raise Refused("请写明为什么更正。")
    with transaction.atomic():
        last = _locked(row, seen)
        if last.act == "void":
            raise Refused("这一行已经作废，不能再更正；需要的请重新登记。")
        kept = {each.key: last.values[each.key] for each in of.fields if each.kind in FILES and each.key in last.values}
        said = checked(row.organ, of, {**kept, **values}, files)
        if said == last.values:
            raise Refused("没有改动任何一项。")
        if last.beside:
            void_validity(audit=audit, key=last.beside)
        version = _write(audit, row, of, "correct", said, files, number=last.number + 1, reason=reason)
        audit.record("registers.correct", row, {"register": row.register, "version": version.number})
    return version


def void(*, audit: Audit, row: Row, reason: str, seen: int | None = None) -> Version:
    """Say that a row does not count (any more): it stays with its reason."""
    of = register_named(row.register)
    if not reason.strip():
        raise Refused("请写明为什么作废。")
    with transaction.atomic():
        last = _locked(row, seen)
        if last.act == "void":
            raise Refused("这一行已经作废。")
        if last.beside:
            void_validity(audit=audit, key=last.beside)
        version = _write(audit, row, of, "void", dict(last.values), None, number=last.number + 1, reason=reason)
        audit.record("registers.void", row, {"register": row.register, "version": version.number})
    return version


def _locked(row: Row, seen: int | None) -> Version:
    """The newest version of a row, under its lock. Refused when someone else wrote since it was looked at."""
    line = Line.objects.select_for_update().get(pk=row.pk)
    if seen is not None and seen != line.revision:
        raise Refused("您打开以后，别人已经改动了这一行，请刷新后核对再办理。")
    return Version.objects.filter(row=row).order_by("-number")[0]


def _write(
    audit: Audit,
    row: Row,
    of: Register,
    act: str,
    said: dict[str, str],
    files: Files | None,
    *,
    number: int = 1,
    reason: str = "",
) -> Version:
    for key, file in (files or {}).items():
        said[key] = str(_kept(audit, row, of, key, file))
    version = Version.objects.create(
        county=row.county,
        row=row,
        number=number,
        act=act,
        values=said,
        on=counting_day(of, said),
        reason=" ".join(reason.split())[:REASON],
        recorded_at=timezone.now(),
        beside=_beside(audit, row, said) if act != "void" else None,
        by=audit.actor,
    )
    try:
        with transaction.atomic():
            renew(row, version)
    except IntegrityError as error:
        names = "、".join(of.field(key).zh for key in of.natural)
        raise Refused(f"这一件已经登记过（{names}相同），请在原来的一行上更正。") from error
    return version


def _kept(audit: Audit, row: Row, of: Register, key: str, file: NewFile) -> uuid.UUID:
    field = of.field(key)
    if field.kind not in FILES:
        raise Refused(f"“{field.zh}”不能上传文件。")
    if field.kind == "photo" and not file.media_type.startswith("image/"):
        raise Refused(f"“{field.zh}”请上传照片（JPG或者PNG）。")
    stored = store(audit=audit, name=file.name, data=file.data)
    RowFile.objects.create(
        county=row.county, row=row, field=key, file=stored, name=file.name, media_type=file.media_type, by=audit.actor
    )
    return stored.pk


def _beside(audit: Audit, row: Row, said: dict[str, str]) -> uuid.UUID | None:
    """The change of validity of an entry of the catalogue, noted there too so that every page of it tells."""
    if row.register != "document_changes" or not said.get("entry") or said["change"] not in set(ChangeKind):
        return None
    item = item_of(row.county, uuid.UUID(said["entry"]))
    if item is None or item.organ_id != row.organ_id:
        raise Refused("只能登记本机关文件的有效性变动。")
    day, until = counting_day(register_named(row.register), said), said.get("until")
    assert day is not None
    change = change_validity(
        audit=audit,
        item=item,
        kind=ChangeKind(said["change"]),
        on=day,
        basis=said["basis"],
        until=type(day).fromisoformat(until) if until else None,
    )
    return change.pk


def line_values(row: Row, version: Version) -> dict[str, Any]:
    """The columns of the cache as they follow from the newest version."""
    of = register_named(row.register)
    said = version.values
    return {
        "county": row.county,
        "organ_id": row.organ_id,
        "register": row.register,
        "version": version,
        "values": said,
        "title": heading(of, said),
        "on": version.on,
        "voided": version.act == "void",
        "parent": uuid.UUID(said[of.parent]) if of.parent and said.get(of.parent) else None,
        "natural": digest(natural_key(of, said)),
        "alike": digest(alike(of, said)),
        "revision": version.number,
        "changed_at": version.recorded_at,
    }


def renew(row: Row, version: Version | None = None) -> Line:
    """Make the cache of one row anew from its versions."""
    newest = version or Version.objects.filter(row=row).order_by("-number")[0]
    line, _ = Line.objects.update_or_create(row=row, defaults=line_values(row, newest))
    return line


def renew_all(county: uuid.UUID) -> int:
    """Make every cache of a county anew; how many."""
    rows = Row.objects.filter(county=county).order_by("id")
    with transaction.atomic():
        Line.objects.filter(county=county).delete()
        return len([renew(row) for row in rows.iterator()])
