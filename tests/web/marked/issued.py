"""An organ's own report on its way: a signed and frozen one with its scan and archive, a later version, an open draft."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from gongkai.annual.report import COUNTY
from gongkai.web.audit.services import Audit
from gongkai.web.files.services import store
from gongkai.web.issuing.models import Archive, Draft, Frozen, Signature
from gongkai.web.issuing.packing import pack
from gongkai.web.issuing.selectors.assembled import assembled
from gongkai.web.organs.models import Organ

ADDRESS = "applications.received.total"


def issued(audit: Audit, organ: Organ, year: int) -> dict[str, Any]:
    """Keys of the drafts, the first version, its archive package, a cell."""
    made = assembled(organ, year)
    scan = store(audit=audit, name="签发单.pdf", data=b"%PDF-1.4 signed\n%%EOF")
    keys: dict[str, Any] = {"issue_address": ADDRESS}
    of = {"county": organ.county, "by": audit.actor}
    for number in (1, 2, 3):
        draft = Draft.objects.create(
            **of, organ=organ, year=year, number=number, known_at=timezone.now(), figures=made.packed.figures,
            report=made.packed.report, members=pack(made.packed.members), seal=made.packed.seal,
        )  # fmt: skip
        keys["issue_draft"] = draft.pk
        if number < 3:
            Signature.objects.create(**of, draft=draft, way="paper", signed_on=timezone.localdate(), scan=scan)
            frozen = Frozen.objects.create(**of, draft=draft, organ=organ, year=year, version=number)
            keys.setdefault("issue_signed", draft.pk)
            keys.setdefault("issue_version", frozen.pk)
    first = Frozen.objects.get(pk=keys["issue_version"])
    package = store(audit=audit, name="归档包.zip", data=b"PK\x05\x06" + bytes(18))
    keys["issue_archive"] = Archive.objects.create(**of, frozen=first, file=package, sha256=package.sha256).pk
    keys["issue_county"] = _of_county(audit, organ, year)
    return keys


def _of_county(audit: Audit, organ: Organ, year: int) -> Any:
    """A frozen report of the county in which one organ is counted."""
    of = {"county": organ.county, "by": audit.actor, "organ": organ, "year": year, "scope": COUNTY}
    packed = assembled(organ, year).packed
    members = pack({ADDRESS: [("organ", str(organ.pk), "", organ.name)]})
    draft = Draft.objects.create(
        **of, number=1, known_at=timezone.now(), figures=packed.figures, report=packed.report, members=members, seal="",
    )  # fmt: skip
    return Frozen.objects.create(**of, draft=draft, version=1).pk
