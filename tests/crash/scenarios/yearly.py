"""Freezing a yearly report: the version, what it hands on and its audit row, or nothing of it."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.web.audit.models import Entry
from gongkai.web.audit.services import Audit
from gongkai.web.compilation.models import CarriedForward
from gongkai.web.issuing.models import Draft, Frozen
from gongkai.web.issuing.packing import pack, seal_of, unpack
from gongkai.web.issuing.selectors.assembled import assembled
from gongkai.web.issuing.services import freezing, signing
from gongkai.web.organs.models import Organ
from tests.crash.scenarios.scenario import Scenario
from tests.web.issuing.conftest import YEAR, bring

NAME = "云岭县第{}{}所"
NEWEST = 10


def freeze(audit: Audit, number: int, kind: str = "") -> Frozen:
    """A small office of its own has a report signed, and freezes it."""
    name = NAME.format(number, kind)
    organ = Organ.objects.create(county=audit.county, name=name, form="department", word=f"{kind}所{number}")
    bring(audit, organ, f"{kind}所{number}-2025-001 2025-03-01 2025-03-20 N4")
    with transaction.atomic():
        known_at = timezone.now()
        made = assembled(organ, YEAR, known_at)
        draft = Draft.objects.create(
            county=audit.county, organ=organ, year=YEAR, number=1, known_at=known_at, figures=made.packed.figures,
            report=made.packed.report, members=pack(made.packed.members), seal=made.packed.seal, by=audit.actor,
        )  # fmt: skip
    signing.sign(audit=audit, draft=draft, seal=draft.seal)
    return _frozen(audit, draft)


def _act(audit: Audit, number: int) -> Any:
    return str(freeze(audit, number).pk)


def _frozen(audit: Audit, draft: Draft) -> Frozen:
    return freezing.freeze(audit=audit, draft=Draft.objects.get(pk=draft.pk))


def _again(audit: Audit) -> None:
    """Whoever was at it when the process died does it again."""
    for draft in Draft.objects.filter(signature__isnull=False, frozen=None, end=None).order_by("-id")[:2]:
        _frozen(audit, draft)


def _check(_: Audit, receipts: list[Any]) -> list[str]:
    wrong = [f"version {key} was promised and is not there" for key in receipts if not Frozen.objects.filter(pk=key)]
    versions = set(Frozen.objects.values_list("pk", flat=True))
    if versions != set(CarriedForward.objects.values_list("version", flat=True)):
        wrong.append("a version hands nothing on, or what was handed on has no version")
    if versions != set(Entry.objects.filter(act="issuing.freeze").values_list("object_id", flat=True)):
        wrong.append("a version is not in the audit, or the audit tells of one that is not there")
    for row in Frozen.objects.select_related("draft").order_by("-id")[:NEWEST]:
        draft = row.draft
        if seal_of(draft.figures, draft.report, unpack(draft.members)) != draft.seal:
            wrong.append(f"version {row.pk} is not what was signed")
    return wrong


SCENARIOS = [Scenario("issuing", _act, _check, _again)]
