"""The boxes drawn on a file that is to be released, and what was released of it."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from typing import NamedTuple

from gongkai.onrequest.decisions import grounds
from gongkai.web.onrequest.models import Application, Attachment, CaseRecord
from gongkai.web.onrequest.recordkinds import told
from gongkai.web.onrequest.selectors.released import newest

BOXES = "redaction_boxes"
DRAWABLE = ("application/pdf", "image/png", "image/jpeg")
POINTS = 72 / 25.4
"""Points in a millimetre."""


class Spot(NamedTuple):
    """A box on a page (from 1) in millimetres from the top left corner, and why what is under it is kept back."""

    page: int
    x: float
    y: float
    w: float
    h: float
    reason: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """The boxes as last kept; `seen` names the record that holds them, so that of two people one is told."""

    spots: tuple[Spot, ...]
    seen: str


def drawn(source: Attachment) -> Drawn:
    """The boxes on a file."""
    rows = CaseRecord.objects.filter(application=source.application_id, kind=BOXES).order_by("-id")
    for row in rows:
        said = told(row)
        if said.get("_source") == str(source.pk):
            return Drawn(tuple(Spot(*spot) for spot in json.loads(said["_boxes"])), str(row.pk))
    return Drawn((), "")


def source_of(application: Application, key: uuid.UUID) -> Attachment | None:
    """A file of this case that is to be released."""
    rows = Attachment.objects.filter(application=application, pk=key, role="source")
    return rows.select_related("file", "application").first()


def shown_of(application: Application, key: uuid.UUID) -> Attachment | None:
    """A file of this case whose pages may be looked at: to be released, or released."""
    rows = Attachment.objects.filter(application=application, pk=key, role__in=("source", "released"))
    return rows.select_related("file").first()


def is_drawable(row: Attachment) -> bool:
    """Whether boxes can be drawn on it as it is; anything else is turned into pages first."""
    return row.file.media_type in DRAWABLE


def converted(source: Attachment) -> Attachment | None:
    """The pages into which an office file was turned."""
    return Attachment.objects.filter(about=source.pk, role="source").order_by("-id").first()


@dataclass(frozen=True, slots=True)
class Made:
    """A file that was released."""

    key: uuid.UUID
    name: str
    size: int
    current: bool


def made_of(source: Attachment) -> list[Made]:
    """What was released of a file, newest first; only the newest goes out."""
    rows = list(Attachment.objects.filter(about=source.pk, role="released").select_related("file").order_by("id"))
    going = {row.pk for row in newest(rows)}
    return [Made(row.pk, row.file.plain_name, row.file.size, row.pk in going) for row in reversed(rows)]


def reasons() -> list[str]:
    """Reasons to choose from: the grounds of the Regulations."""
    return [ground.zh for ground in grounds().values()]
