"""Words that stand in the open: people of the case are written over in them, and what was typed is kept sealed beside.

Reasons and matters are read by whoever may look at a case or a register, printed, exported and carried into letters.
Who handles the case opens what was typed together with the applicant's data, on record.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from gongkai.text.personal import masked
from gongkai.web.audit.services import Audit
from gongkai.web.facts import Fact, new_key
from gongkai.web.onrequest import personal
from gongkai.web.onrequest.models import Applicant, Application, Consultation, Typed

HIDDEN = "＊＊＊"
_COLUMNS = ("name", "agent", "address", "identity", "phone", "email")
_INSTEAD = {"name": "申请人", "agent": "代理人"}


@dataclass(frozen=True, slots=True)
class Cover:
    """What is written over: the words of people, each with what stands in their place."""

    instead: tuple[tuple[str, str], ...] = ()

    def __call__(self, words: str) -> str:
        """`words` without these people, and without whatever else looks like personal data."""
        for said, put in self.instead:
            words = words.replace(said, put)
        return masked(words)


def cover_of(told: Mapping[str, str] | Iterable[tuple[str, str]]) -> Cover:
    """Whatever of an applicant's columns, or of names with what to put, is longer than one sign."""
    pairs = told.items() if isinstance(told, Mapping) else told
    found = {said.strip(): _INSTEAD.get(put, HIDDEN if put in _COLUMNS else put) for put, said in pairs}
    return Cover(tuple(sorted(((said, put) for said, put in found.items() if len(said) > 1), key=lambda e: -len(e[0]))))


def people_of(application: Application) -> list[tuple[str, str]]:
    """Everyone whom the sealed record of a case names: who applied, as told at any time, agents, third parties."""
    found = [
        (column, words)
        for row in Applicant.objects.filter(application=application)
        for column, words in personal.revealed(row, *_COLUMNS).items()
    ]
    for asked in Consultation.objects.filter(application=application, kind="third_party"):
        told = personal.revealed(asked, "party", "contact")
        found += [(asked.matter, told["party"]), ("address", told["contact"])]
    return found


def covering(*applications: Application) -> Cover:
    """The cover for words about these cases."""
    return cover_of([pair for application in applications for pair in people_of(application)])


def fitting(row: type[Fact], column: str, words: str) -> str:
    """The words as long as the column takes them: a name may be shorter than what stands in its place."""
    most: int | None = getattr(row._meta.get_field(column), "max_length", None)
    return words[:most] if most else words


def open_words(row: type[Fact], cover: Cover, **typed: str) -> dict[str, str]:
    """The open columns of a row that is about to be written."""
    return {column: fitting(row, column, cover(words.strip())) for column, words in typed.items()}


def keep_typed(row: Fact, application: Application | None, **typed: str) -> None:
    """Keep sealed what was typed, where the row says less. Inside the transaction that writes the row."""
    for column, words in typed.items():
        if words.strip() != getattr(row, column):
            key = new_key()
            Typed.objects.create(
                id=key,
                county=row.county,
                application=application,
                about=row.pk,
                column=column,
                **personal.keep(Typed, key, words=words.strip()),
            )


@dataclass(frozen=True, slots=True)
class Full:
    """Words as they were typed, with the day."""

    on: date
    words: str


def see_typed(audit: Audit, application: Application) -> list[Full]:
    """What was typed about a case and is covered in the open, oldest first; that it was seen is written before."""
    rows = list(Typed.objects.filter(application=application).order_by("id"))
    if rows:
        audit.record("onrequest.see_personal", application, {"columns": ["typed"], "rows": len(rows)})
    return [Full(timezone.localdate(row.recorded_at), personal.reveal(row, "words")) for row in rows]


def see_typed_about(audit: Audit, row: Fact) -> str:
    """What was typed in one row of a register; that it was seen is written before. Nothing when nothing is covered."""
    typed = Typed.objects.filter(about=row.pk).first()
    return personal.seen(audit, typed, "words")["words"] if typed else ""
