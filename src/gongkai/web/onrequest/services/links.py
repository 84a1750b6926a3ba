"""What a person decided about two applications: repeated, merged into one answer, split, related, or not the same."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from gongkai.web.audit.services import Audit
from gongkai.web.facts import Refused
from gongkai.web.onrequest.models import Application, Link


def link(*, audit: Audit, application: Application, other: Application, kind: str, reason: str = "") -> Link:
    """Write down how two applications belong together. Refused for an application with itself or an unknown kind."""
    if kind not in dict(Link.KINDS):
        raise Refused("请选择两件申请的关系。")
    if application.pk == other.pk:
        raise Refused("不能与本件自身建立关系，请选择另一件申请。")
    if application.county != other.county:
        raise Refused("不能与其他县的申请建立关系。")
    with transaction.atomic():
        row = Link.objects.create(
            county=application.county,
            application=application,
            other=other,
            kind=kind,
            on=timezone.localdate(),
            reason=reason.strip(),
            by=audit.actor,
        )
        audit.record(f"onrequest.link_{kind}", row, {"application": str(application.pk), "other": str(other.pk)})
    return row
