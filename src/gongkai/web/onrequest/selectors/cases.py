"""One application and its rows by key."""

from __future__ import annotations

import uuid

from gongkai.web.onrequest.models import Application, Attachment, CaseEvent, Letter


def application_of(county: uuid.UUID, key: uuid.UUID) -> Application | None:
    """The county's application with this key."""
    return Application.objects.filter(county=county, pk=key).select_related("organ").first()


def event_of(application: Application, key: uuid.UUID) -> CaseEvent | None:
    """A fact of this application."""
    return CaseEvent.objects.filter(application=application, pk=key).first()


def attachment_of(application: Application, key: uuid.UUID) -> Attachment | None:
    """A file of this application."""
    return Attachment.objects.filter(application=application, pk=key).select_related("file").first()


def letter_of(application: Application, key: uuid.UUID) -> Letter | None:
    """A letter of this application."""
    return Letter.objects.filter(application=application, pk=key).first()


def application_numbered(county: uuid.UUID, number: str) -> Application | None:
    """The county's application with this number."""
    return Application.objects.filter(county=county, number=number).select_related("organ").first()
