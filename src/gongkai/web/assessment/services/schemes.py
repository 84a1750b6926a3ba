"""Schemes of the county: each saved text is the next version, and what was scored by an earlier one keeps it."""

from __future__ import annotations

import hashlib

from django.db import transaction

from gongkai.oversight import Scheme, SchemeFault, read_scheme
from gongkai.web.assessment.models import SchemeVersion
from gongkai.web.audit.services import Audit
from gongkai.web.facts import Refused
from gongkai.web.organs.models import County


class Faulty(Refused):
    """A text that is no scheme; `says` are the sentences, one for each thing that is wrong."""

    def __init__(self, says: tuple[str, ...]) -> None:
        super().__init__("".join(says))
        self.says = says


def read(text: str) -> Scheme:
    """The scheme that a text says. Faulty with the sentences of the reader."""
    try:
        return read_scheme(text)
    except SchemeFault as fault:
        raise Faulty(fault.says) from fault


def save(*, audit: Audit, text: str, seen: int | None = None) -> SchemeVersion:
    """Keep a scheme as the next version of its key. Refused when it says nothing new, or someone saved one meanwhile.

    `seen` is the number of the version that the person changed; 0 or None for a new one.
    """
    scheme = read(text)
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    with transaction.atomic():
        County.objects.select_for_update().get(pk=audit.county)  # of a new key there is no row to wait for
        last = SchemeVersion.objects.filter(county=audit.county, key=scheme.key).order_by("-number").first()
        if last is not None and last.sha256 == sha256:
            raise Refused("与现有的版本完全一样，没有保存。")
        number = last.number if last else 0
        if seen is not None and seen != number:
            raise Refused(
                f"“{scheme.key}”已经有第{number}版，不是您修改的那一版。请核对后再保存；您填写的内容仍保留在页面上。"
            )
        row = SchemeVersion.objects.create(
            county=audit.county,
            key=scheme.key,
            number=number + 1,
            title=scheme.title[:120],
            text=text,
            sha256=sha256,
            ready=not scheme.gaps,
            by=audit.actor,
        )
        audit.record("assessment.save_scheme", row, {"key": row.key, "number": row.number, "sha256": sha256})
    return row
