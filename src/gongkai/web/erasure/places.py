"""Where personal data of a matter stand: the tables with their sealed columns and look-up keys, and the files.

A table that takes sealed columns is entered here, with a migration of its own, or under `ELSEWHERE` with why it is not;
a test holds both lists against the models.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from gongkai.web.facts import Fact
from gongkai.web.interaction import models as talk
from gongkai.web.messages.models import Subscription
from gongkai.web.onrequest import models as cases


@dataclass(frozen=True, slots=True)
class Place:
    """A table: how its rows hang on the matter, which columns are emptied, which keys can be looked up no more."""

    kind: str
    model: type[Fact]
    path: str
    columns: tuple[str, ...]
    keys: tuple[str, ...] = ()
    through: tuple[type[Fact], str] | None = None
    """Where the rows name a row of another table: that table, and how its rows hang on the matter."""

    @property
    def table(self) -> str:
        """The name of the table."""
        return self.model._meta.db_table


@dataclass(frozen=True, slots=True)
class Files:
    """A table whose rows name files of a matter: how they hang on it, and the column that names the file."""

    kind: str
    model: type[Fact]
    path: str
    column: str = "file"


_WHO = ("name", "identity", "phone", "email", "address", "agent")

PLACES: tuple[Place, ...] = (
    Place("letter", talk.Letter, "pk", ("title", "words", "name", "phone", "email", "query_code", "likeness"), ("query_key",)),
    Place("letter", talk.LetterAct, "letter", ("words",)),
    Place("letter", talk.Answer, "letter", ("words",)),
    Place("letter", talk.Rating, "letter", ("words",)),
    Place("opinion", talk.Opinion, "item", ("words", "name", "contact", "likeness")),
    Place("opinion", talk.OpinionCode, "opinion__item", ("query_code",), ("query_key",)),
    Place("application", cases.Application, "pk", ("content", "needs", "query_code", "likeness"), ("query_key",)),
    Place("application", cases.Applicant, "application", _WHO, ("identity_key",)),
    Place("application", cases.CaseRecord, "application", ("words",)),
    Place("application", cases.Typed, "application", ("words",)),
    Place("application", cases.Passing, "application", ("asks",)),
    Place("application", cases.Consultation, "application", ("party", "contact")),
    Place("application", cases.ConsultationStep, "consultation__application", ("words",)),
    Place("application", cases.LetterVersion, "letter__application", ("text",)),
    Place("application", cases.LetterStep, "letter__application", ("opinion",)),
    Place("application", cases.Delivery, "letter__application", ("mail_number",)),
    Place("application", cases.DeliveryStep, "delivery__letter__application", ("words",)),
    Place("application", cases.DisputeStep, "dispute__application", ("words",)),
    Place("application", cases.MailItem, "steps__application", ("mail_number", "sender"), ("mail_key",)),
    Place("application", Subscription, "about", ("address",)),
    Place("complaint", cases.Complaint, "pk", ("complainant", "words")),
    Place("complaint", cases.ComplaintStep, "complaint", ("words",)),
    Place("correction", cases.RecordCorrection, "pk", ("requester", "words")),
    Place("correction", cases.RecordCorrectionStep, "correction", ("words",)),
    Place("hotline", talk.HotlineRow, "source", ("words", "likeness")),
    Place("mail", cases.MailItem, "pk", ("mail_number", "sender"), ("mail_key",)),
    Place("mail", cases.Typed, "about", ("words",), through=(cases.MailStep, "item")),
    Place("dispute", cases.DisputeStep, "dispute", ("words",)),
    Place("dispute", cases.Typed, "about", ("words",)),
)  # fmt: skip

ELSEWHERE: dict[str, str] = {
    "files_stored_file": "the name and the bytes of a file go with its matter, through `files.services.erase_files`",
    "messages_message": "the address goes with its matter, through `messages.services.forget_addresses`",
    "messages_client": "a secret of a gateway, of no person",
    "cms_target": "a secret of a web site, of no person",
    "people_account": "a second factor of somebody who works here: it ends with the account",
    "onrequest_saved_view": "filters that somebody who works here keeps for themselves, and removes",
    "oversight_attendance": "who of the staff was trained: the record of the office's own work, of nobody outside",
    "appraisal_answer": "nobody is named, numbers that look personal are written over before they are kept",
    "audit_entry": "the chain of the audit: people stand in it as salted hashes",
    "proactive_version": "the likeness of a text that is made to be published",
    "issuing_draft": "a report as it is published, and keys of records",
}
"""Tables with bytes that no erasure empties, each with why."""

FILES: tuple[Files, ...] = (
    Files("letter", talk.LetterFile, "letter"),
    Files("opinion", talk.OpinionFile, "opinion__item"),
    Files("application", cases.Attachment, "application"),
    Files("application", cases.LetterStep, "letter__application", "paper"),
    Files("application", cases.SealUse, "letter__application", "scan"),
    Files("application", cases.Delivery, "letter__application", "proof"),
    Files("application", cases.DeliveryStep, "delivery__letter__application", "proof"),
)


def rows_of(place: Place, about: uuid.UUID) -> list[uuid.UUID]:
    """The rows of a table that belong to a matter."""
    if place.through is None:
        rows = place.model._default_manager.filter(**{place.path: about})
    else:
        between, path = place.through
        keys = between._default_manager.filter(**{path: about}).values("pk")
        rows = place.model._default_manager.filter(**{f"{place.path}__in": keys})
    return list(rows.order_by("pk").distinct().values_list("pk", flat=True))


def files_of(kind: str, about: uuid.UUID) -> set[uuid.UUID]:
    """The files of a matter that no other matter names."""
    found: set[uuid.UUID] = set()
    for each in FILES:
        if each.kind == kind:
            rows = each.model._default_manager.filter(**{each.path: about, f"{each.column}__isnull": False})
            found.update(rows.values_list(each.column, flat=True))
    return found - _elsewhere(found, about)


def _elsewhere(files: Iterable[uuid.UUID], about: uuid.UUID) -> set[uuid.UUID]:
    """Those of the files that another matter names too."""
    wanted: list[uuid.UUID] = list(files)
    found: set[uuid.UUID] = set()
    for each in FILES:
        rows = each.model._default_manager.filter(**{f"{each.column}__in": wanted}).exclude(**{each.path: about})
        found.update(rows.values_list(each.column, flat=True))
    return found
