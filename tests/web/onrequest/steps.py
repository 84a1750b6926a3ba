"""Steps of a case and of its letters that several tests take."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone

from gongkai.web.audit.services import Audit
from gongkai.web.onrequest.lettertext import Text, current, loaded, told
from gongkai.web.onrequest.models import Application, Letter
from gongkai.web.onrequest.services import delivery, letters, records
from gongkai.web.onrequest.services.attachments import Upload


def on_file(audit: Audit, application: Application, on: date | None = None, words: str = "已办") -> None:
    """Put on file what providing information needs."""
    for kind in ("disclosure_review", "provided_list"):
        records.record(audit=audit, application=application, kind=kind, on=on or timezone.localdate(), words=words)


def told_in(audit: Audit, letter: Letter, **fields: str) -> Letter:
    """Fill in these fields of a letter, beside what it says already."""
    letters.edit(audit=audit, letter=letter, text=Text(fields=loaded(current(letter)).fields | told(fields)))
    return letter


def granting(audit: Audit, application: Application, on: date | None = None, words: str = "已办") -> Letter:
    """The draft of an answer that provides what is asked for, with all that it needs on file."""
    on_file(audit, application, on, words)
    letter = letters.draft(audit=audit, application=application, code="G2")
    return told_in(audit, letter, provided="立项批复一份", form="纸质复印件", contact="办公室，87880000")


def approved(audit: Audit, letter: Letter, on: date | None = None, opinion: str = "") -> Letter:
    """A draft through its review, before the signature."""
    letters.submit(audit=audit, letter=letter, opinion=opinion)
    letters.review(audit=audit, letter=letter)
    letters.approve(audit=audit, letter=letter, on=on or timezone.localdate())
    return letter


def signed(audit: Audit, letter: Letter, on: date | None = None, opinion: str = "", **how: Any) -> Letter:
    """A draft through all its stages up to the signature; `how` it was signed."""
    approved(audit, letter, on, opinion)
    letters.sign(audit=audit, letter=letter, on=on or timezone.localdate(), **how)
    return letter


def granted(audit: Audit, application: Application, on: date | None = None, scan: Upload | None = None) -> Letter:
    """Answer an application by providing what it asks for, delivered on that day."""
    on = on or timezone.localdate()
    letter = signed(audit, granting(audit, application, on), on)
    letters.put_seal(audit=audit, letter=letter, on=on, seal="印章", scan=scan)
    sent = delivery.send(audit=audit, letter=letter, manner="in_person", on=on)
    delivery.came_back(audit=audit, delivery=sent, outcome="signed", on=on)
    letter.refresh_from_db()
    return letter
