"""What goes into a package: applications that the other side does not know yet, and what became of those it knows."""

from __future__ import annotations

import io
import json
import uuid
import zipfile
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from gongkai.onrequest.events import Kind
from gongkai.onrequest.letters import letter_type
from gongkai.web.audit.services import Audit
from gongkai.web.exchange.bundle import FOLDER, LINES
from gongkai.web.exchange.models import Item, Peer
from gongkai.web.files import services as files
from gongkai.web.onrequest import personal
from gongkai.web.onrequest.models import Application, Attachment, CaseEvent, CaseRecord, Letter
from gongkai.web.onrequest.recordkinds import told as told_by
from gongkai.web.onrequest.selectors import letterpage
from gongkai.web.onrequest.selectors.facts import applicant_of
from gongkai.web.onrequest.selectors.follow import EVENT_WORDS, SENT, files_for, letters_for, stamped_scan

FACTS, INDEX = "facts.jsonl", "index.json"
ONLINE = ("portal", "api")
MOST_APPLICATIONS = 500
"""So many applications in one package; the rest goes in the next."""

FROM_APPLICANT = (Kind.SUPPLEMENTED.value, Kind.REASONS_GIVEN.value, Kind.WITHDRAWN.value)
FROM_OFFICE = tuple(kind.value for kind in (*EVENT_WORDS, Kind.DECIDED))
"""What the office tells: what an applicant may see, and the decision, by which the answer is understood."""
WORDS = ("supplement_text", "reasons_text", "withdrawal_text", "files_do_not_open")
_WHO = ("name", "identity", "phone", "email", "address", "agent")


@dataclass(slots=True)
class Content:
    """The content while it is gathered: lines, files, and what is then known on both sides."""

    applications: list[dict[str, Any]] = field(default_factory=list)
    index: dict[str, Any] = field(default_factory=dict)
    facts: list[dict[str, Any]] = field(default_factory=list)
    files: list[tuple[str, bytes]] = field(default_factory=list)
    known: list[tuple[str, uuid.UUID]] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        """How much of what."""
        return {"applications": len(self.applications), "facts": len(self.facts), "files": len(self.files)}

    def add_file(self, data: bytes, name: str) -> str:
        """The place of a file in the package."""
        path = f"{FOLDER}{len(self.files) + 1:05d}-{files.plain_name(name)}"
        self.files.append((path, data))
        return path

    def to_bytes(self) -> bytes:
        """The archive."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(LINES, _lines(self.applications))
            archive.writestr(FACTS, _lines(self.facts))
            archive.writestr(INDEX, json.dumps(self.index))
            for path, data in self.files:
                archive.writestr(path, data)
        return out.getvalue()


def _lines(rows: list[dict[str, Any]]) -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def _ours(peer: Peer) -> QuerySet[Application]:
    found = Application.objects.filter(county=peer.county, origin__in=ONLINE).select_related("organ")
    return found if peer.organ_id is None else found.filter(organ=peer.organ_id)


def _known(peer: Peer, kind: str) -> QuerySet[Item, uuid.UUID]:
    return Item.objects.filter(peer=peer, kind=kind).values_list("local", flat=True)


def waiting(peer: Peer) -> int:
    """How many applications and facts the next package would hold."""
    new = _ours(peer).exclude(pk__in=_known(peer, "application")).count() if peer.side == "office" else 0
    letters = 0 if peer.side == "office" else len(_letters(peer))
    return new + _events(peer).count() + letters


def gather(audit: Audit, peer: Peer) -> Content:
    """Everything that the other side does not know yet. That personal data leave is on record with the package."""
    content = Content()
    if peer.side == "office":
        new = _ours(peer).exclude(pk__in=_known(peer, "application")).order_by("id")[:MOST_APPLICATIONS]
        for application in new:
            _application(content, application)
    _facts(content, peer)
    return content


def _application(content: Content, application: Application) -> None:
    who, key = applicant_of(application), str(application.pk)
    received = CaseEvent.objects.filter(application=application, kind=Kind.RECEIVED.value).order_by("id")[0]
    attached = []
    for row in Attachment.objects.filter(application=application, file__isolated=False).select_related("file"):
        path = content.add_file(files.read(row.file_id), row.file.plain_name)
        role = row.role if row.role in ("identity_proof", "application_scan", "supplement") else "attachment"
        attached.append({"name": row.file.plain_name, "role": role, "path": path})
        content.known.append(("file", row.pk))
    told = personal.revealed(who, *_WHO) | {"kind": who.kind, "identity_kind": who.identity_kind}
    content.applications.append(
        {
            "id": key,
            "organ": application.organ.name,
            "received_on": received.on.isoformat(),
            "channel": application.channel,
            "applicant": told,
            "content": personal.reveal(application, "content"),
            "provision": application.provision,
            "manner": application.manner,
            "needs": personal.reveal(application, "needs"),
            "attachments": attached,
        }
    )
    content.index[key] = {"number": application.number, "received": str(received.pk)}
    content.known += [("application", application.pk), ("event", received.pk)]


def _events(peer: Peer) -> QuerySet[CaseEvent]:
    kinds = FROM_APPLICANT if peer.side == "office" else FROM_OFFICE
    shared = CaseEvent.objects.filter(application__in=_known(peer, "application"))
    told = Q(kind__in=kinds) | Q(corrects__in=_known(peer, "event"))
    return shared.filter(told).exclude(pk__in=_known(peer, "event")).order_by("id")


def _facts(content: Content, peer: Peer) -> None:
    """What happened here to what both sides know, in the order of its making."""
    names = dict(Item.objects.filter(peer=peer, kind="application").values_list("local", "key"))
    events = dict(Item.objects.filter(peer=peer, kind="event").values_list("local", "key"))
    for row in _events(peer):
        corrects = events.get(row.corrects_id, row.corrects_id) if row.corrects_id else None
        content.facts.append(
            {
                "type": "event",
                "id": str(row.pk),
                "application": str(names[row.application_id]),
                "kind": row.kind,
                "on": row.on.isoformat(),
                "until": row.until.isoformat() if row.until else None,
                "days": row.days,
                "matter": row.matter,
                "decision": row.decision,
                "corrects": str(corrects) if corrects else None,
                "void": row.void,
            }
        )
        content.known.append(("event", row.pk))
    if peer.side == "office":
        _words(content, peer, names)
    else:
        _released(content, peer, names)


def _fact(content: Content, what: str, row: Any, names: dict[uuid.UUID, uuid.UUID], /, **told: Any) -> None:
    content.facts.append({"type": what, "id": str(row.pk), "application": str(names[row.application_id]), **told})
    content.known.append((what, row.pk))


def _words(content: Content, peer: Peer, names: dict[uuid.UUID, uuid.UUID]) -> None:
    """What applicants wrote and sent after they applied."""
    records = CaseRecord.objects.filter(application__in=list(names), kind__in=WORDS)
    for row in records.exclude(pk__in=_known(peer, "record")).order_by("id"):
        _fact(content, "record", row, names, kind=row.kind, on=row.on.isoformat(), words=told_by(row))
    sent = Attachment.objects.filter(application__in=list(names), file__isolated=False).select_related("file")
    for each in sent.exclude(pk__in=_known(peer, "file")).exclude(pk__in=_known(peer, "letter")).order_by("id"):
        path = content.add_file(files.read(each.file_id), each.file.plain_name)
        _fact(content, "file", each, names, role="supplement", name=each.file.plain_name, path=path)


def _letters(peer: Peer) -> list[Letter]:
    """The letters that were sent to applicants, before the answer or with it, and that the other side does not know."""
    shared = Application.objects.filter(pk__in=_known(peer, "application"), letters__status__in=SENT).distinct()
    known = set(_known(peer, "letter"))
    return [row for application in shared for row in letters_for(application) if row.pk not in known]


def _released(content: Content, peer: Peer, names: dict[uuid.UUID, uuid.UUID]) -> None:
    """The letters that were sent and the files that were released, of what was told of now or before."""
    from gongkai.documents.letters import letter_pdf

    for letter in _letters(peer):
        scan = stamped_scan(letter)
        data = files.read(scan) if scan else letter_pdf(letterpage.printable(letter, timezone.localdate())).data
        name = f"{letter_type(letter.kind).zh}{letter.number}.pdf"
        _fact(content, "letter", letter, names, role="letter", name=name, path=content.add_file(data, name))
    known = set(_known(peer, "file"))
    answered = Application.objects.filter(pk__in=list(names), case__delivered_on__isnull=False)
    for application in answered:
        for row in files_for(application):
            if row.pk not in known:
                path = content.add_file(files.read(row.file_id), row.file.plain_name)
                _fact(content, "file", row, names, role="released", name=row.file.plain_name, path=path)
