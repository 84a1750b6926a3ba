"""Steps of a case that several tests take."""

from __future__ import annotations

from django.utils import timezone

from gongkai.web.onrequest.lettertext import Text, current, loaded, told
from gongkai.web.onrequest.models import Letter
from gongkai.web.onrequest.services import delivery, letters, records
from gongkai.web.onrequest.services.attachments import Upload


def granted(audit, application, on=None, scan: Upload | None = None) -> Letter:
    """Answer an application by providing what it asks for, delivered on that day."""
    on = on or timezone.localdate()
    for kind in ("disclosure_review", "provided_list"):
        records.record(audit=audit, application=application, kind=kind, on=on, words="已办")
    letter = letters.draft(audit=audit, application=application, code="G2")
    fields = loaded(current(letter)).fields
    said = {"provided": "立项批复一份", "form": "纸质复印件", "contact": "办公室，87880000"}
    letters.edit(audit=audit, letter=letter, text=Text(fields=fields | told(said)))
    letters.submit(audit=audit, letter=letter)
    letters.review(audit=audit, letter=letter)
    letters.approve(audit=audit, letter=letter, on=on)
    letters.sign(audit=audit, letter=letter, on=on)
    letters.put_seal(audit=audit, letter=letter, on=on, seal="印章", scan=scan)
    sent = delivery.send(audit=audit, letter=letter, manner="in_person", on=on)
    delivery.came_back(audit=audit, delivery=sent, outcome="signed", on=on)
    letter.refresh_from_db()
    return letter
