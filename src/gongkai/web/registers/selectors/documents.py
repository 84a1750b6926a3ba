"""Rules and normative documents of an organ: those of the catalogue and those entered here, with their lives."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from gongkai.proactive.stock import Document
from gongkai.proactive.validity import Change, ChangeKind, Life, Standing, runs_out, standing
from gongkai.web.memo import once_a_page
from gongkai.web.organs.selectors import Organs, names_of
from gongkai.web.proactive.selectors.documents import Filed, filed_documents
from gongkai.web.registers.models import Version
from gongkai.web.registers.selectors.known import versions_known

CHANGES, RULES, NORMATIVE = "document_changes", "government_rules", "normative_documents"


@dataclass(frozen=True, slots=True)
class Held:
    """A document: from the catalogue (`item`) or entered here (`row` in its `version`)."""

    register: str
    organ: uuid.UUID
    title: str
    number: str
    made_on: date | None
    public_on: date | None
    life: Life
    item: uuid.UUID | None = None
    row: uuid.UUID | None = None
    version: uuid.UUID | None = None
    decisions: tuple[tuple[date | None, str, str], ...] = ()

    @property
    def key(self) -> str:
        """What finds it again."""
        return f"item:{self.item}" if self.item else f"row:{self.row}"

    @property
    def document(self) -> Document:
        """The document as the core knows it."""
        return Document(self.key, self.made_on, self.life, self.public_on)


def _day(values: dict[str, str], key: str) -> date | None:
    said = values.get(key, "")
    return date.fromisoformat(said) if said else None


def _plain(number: str) -> str:
    table = str.maketrans("［[【（(］]】）)", "〔〔〔〔〔〕〕〕〕〕")
    return "".join(number.split()).translate(table)


def _changes(rows: list[Version], link: str) -> dict[str, tuple[Change, ...]]:
    found: dict[str, tuple[Change, ...]] = {}
    for row in rows:
        said = row.values
        subject, on = said.get(link, ""), _day(said, "on")
        if subject and on and said["change"] in set(ChangeKind):
            change = Change(ChangeKind(said["change"]), on, said.get("basis", ""), _day(said, "until"))
            found[subject] = (*found.get(subject, ()), change)
    return found


@once_a_page
def held(county: uuid.UUID, organs: Organs, register: str, known_at: datetime | None = None) -> list[Held]:
    """The documents of one kind as they were known at a moment (now).

    What stands in the catalogue counts once: an entered row with its index number or its document number gives way.
    """
    changes = versions_known(county, CHANGES, organs, known_at)
    filed = filed_documents(county, organs, known_at) if register == NORMATIVE else []
    found = [_of_catalogue(each, changes) for each in filed]
    items = {str(each.item) for each in filed}
    numbers = {(each.organ, _plain(each.document_number)) for each in filed if each.document_number}
    after = _changes(changes, "document")
    for row in versions_known(county, register, organs, known_at):
        said = row.values
        if said.get("entry") in items or (row.row.organ_id, _plain(said["document_number"])) in numbers:
            continue
        key = str(row.row_id)
        found.append(
            Held(
                register,
                row.row.organ_id,
                said["name"],
                said["document_number"],
                _day(said, "issued_on"),
                _day(said, "public_on"),
                Life(_day(said, "effective_on"), _day(said, "expires_on"), after.get(key, ())),
                row=row.row_id,
                version=row.pk,
                decisions=_decisions(changes, "document", key),
            )
        )
    return found


def _of_catalogue(each: Filed, changes: list[Version]) -> Held:
    return Held(
        NORMATIVE,
        each.organ,
        each.title,
        each.document_number,
        each.made_on,
        each.public_on,
        each.life,
        item=each.item,
        decisions=_decisions(changes, "entry", str(each.item)),
    )


def _decisions(changes: list[Version], link: str, key: str) -> tuple[tuple[date | None, str, str], ...]:
    mine = [row for row in changes if row.values.get(link) == key]
    return tuple((row.on, row.values["change"], row.values.get("batch", "")) for row in mine)


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """A document in the list: how it stands on a day and what the clean-up said last."""

    held: Held
    organ: str
    standing: Standing
    last_on: date | None
    soon: bool
    decision: str


GROUPS = {
    "all": "全部",
    "in_force": "有效",
    "soon": "即将届满",
    "amended": "已修改",
    "to_amend": "拟修改",
    "ended": "失效、废止",
    "unknown": "未标注",
}


def document_lines(found: list[Held], on: date, months: int) -> list[DocumentLine]:
    """Documents as they stand on a day, newest first; `soon` within so many months of their last day."""
    names = names_of({each.organ for each in found})
    until = _months_after(on, months)
    lines = []
    for each in sorted(found, key=lambda h: (h.made_on or date.min, h.title), reverse=True):
        last = runs_out(each.life, on)
        said = [change for day, change, _ in each.decisions if day is None or day <= on]
        lines.append(
            DocumentLine(
                each, names.get(each.organ, ""), standing(each.life, on), last,
                last is not None and on <= last <= until, said[-1] if said else "",
            )
        )  # fmt: skip
    return lines


def in_group(line: DocumentLine, group: str) -> bool:
    """Whether a document belongs under a heading of the list."""
    state = line.standing.validity.value
    return {
        "in_force": line.standing.holds,
        "soon": line.soon,
        "amended": state in ("amended", "partly_lapsed"),
        "to_amend": line.decision == "to_amend" and line.standing.holds,
        "ended": state in ("lapsed", "repealed"),
        "unknown": state == "unknown",
    }.get(group, True)


def _months_after(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise ValueError(day)
