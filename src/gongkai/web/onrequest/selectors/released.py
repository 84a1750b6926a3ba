"""The files that go with an answer: of each file that was worked on, the newest form released."""

from __future__ import annotations

from collections.abc import Iterable

from gongkai.web.onrequest.models import Application, Attachment


def newest(rows: Iterable[Attachment]) -> list[Attachment]:
    """Of rows in the order of their making, the last of each source; those of no source all."""
    told = list(rows)
    last = {row.about: row.pk for row in told if row.about}
    return [row for row in told if row.about is None or last[row.about] == row.pk]


def released_files(application: Application) -> list[Attachment]:
    """The files that are released with the answer of this case."""
    rows = Attachment.objects.filter(application=application, role="released", file__isolated=False)
    return newest(rows.select_related("file").order_by("id"))
