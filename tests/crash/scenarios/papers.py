"""The package of a closed case, the file that is released: there with the fact that says so, or neither."""

from __future__ import annotations

import io
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.onrequest.procedure import Act
from gongkai.web.audit.services import Audit
from gongkai.web.files import services as files
from gongkai.web.onrequest.models import Application, Attachment, Case, CaseEvent, CaseRecord
from gongkai.web.onrequest.selectors.archive import verified
from gongkai.web.onrequest.selectors.redaction import Spot, drawn
from gongkai.web.onrequest.services import archive, redaction
from gongkai.web.onrequest.services.acts import perform
from gongkai.web.onrequest.services.attachments import Upload, attach
from tests.crash.scenarios.onrequest import _registered
from tests.crash.scenarios.scenario import Scenario

NEWEST = 20
ARCHIVE, REDACTION = "archive", "redaction"


def _attached(audit: Audit, application: Application, file: Upload) -> Attachment:
    with transaction.atomic():
        return attach(audit=audit, application=application, file=file)


def _close(audit: Audit, number: int) -> Any:
    application = _registered(audit, number, ARCHIVE).application
    _attached(audit, application, Upload("材料.txt", f"材料{number}".encode(), "attachment"))
    perform(audit=audit, application=application, act=Act.WITHDRAW, on=timezone.localdate())
    return _archived(audit, application)


def _archived(audit: Audit, application: Application) -> Any:
    row = archive.close(audit=audit, application=application, on=timezone.localdate(), retention="10年")
    return [str(application.pk), str(row.pk)]


def _close_again(audit: Audit) -> None:
    """Whoever was at it when the process died does it again: what was begun does not stand in the way."""
    left = Application.objects.filter(once__startswith=ARCHIVE, case__state="withdrawn").order_by("-id")
    for application in left[:2]:
        _archived(audit, application)


def _check_closed(audit: Audit, receipts: list[Any]) -> list[str]:
    wrong = [
        f"the package of case {application} was promised and is not there"
        for application, key in receipts
        if not Attachment.objects.filter(pk=key, application=application, role="archive").exists()
    ]
    for application in Application.objects.filter(once__startswith=ARCHIVE).order_by("-id")[:NEWEST]:
        packages = list(Attachment.objects.filter(application=application, role="archive"))
        told = (
            len(packages),
            CaseEvent.objects.filter(application=application, kind="closed").count(),
            Case.objects.filter(application=application, state="closed").count(),
        )
        if told not in ((0, 0, 0), (1, 1, 1)):
            wrong.append(f"case {application.number} is closed by half: {told}")
        for row in packages[-1:]:
            verdict = verified(application, row.pk)
            if verdict is None or not verdict.holds:
                wrong.append(f"the package of {application.number} does not hold")
    return wrong


def _picture() -> bytes:
    from PIL import Image

    out = io.BytesIO()
    Image.new("L", (120, 80), 255).save(out, "PNG")
    return out.getvalue()


def _release(audit: Audit, number: int) -> Any:
    application = _registered(audit, number, REDACTION).application
    source = _attached(audit, application, Upload("批复.png", _picture(), "source"))
    spot = Spot(1, 2.0, 2.0, 5.0, 5.0, "个人隐私")
    redaction.keep(audit=audit, source=source, spots=[spot], seen="")
    row = redaction.release(audit=audit, source=source, seen=drawn(source).seen)
    return [str(source.pk), str(row.pk)]


def _check_released(audit: Audit, receipts: list[Any]) -> list[str]:
    wrong = [
        f"the file made of {source} was promised and is not there"
        for source, key in receipts
        if not Attachment.objects.filter(pk=key, about=source, role="released").exists()
    ]
    for application in Application.objects.filter(once__startswith=REDACTION).order_by("-id")[:NEWEST]:
        made = list(Attachment.objects.filter(application=application, role="released"))
        listed = CaseRecord.objects.filter(application=application, kind="severance").count()
        if (len(made), listed) not in ((0, 0), (1, 1)):
            wrong.append(f"of case {application.number} {len(made)} files were released and {listed} lists written")
        wrong += [f"{row.pk} is no whole file" for row in made if not files.read(row.file_id).startswith(b"%PDF")]
    return wrong


SCENARIOS = [
    Scenario("archive.close", _close, _check_closed, _close_again),
    Scenario("redaction.release", _release, _check_released),
]
