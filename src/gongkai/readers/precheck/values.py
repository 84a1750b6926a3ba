"""What a precheck says: hits with their places, and what was not looked at. Values only; a person decides.

A hit is a hint, never a ban: whole kinds of personal data are published by law for a period.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Literal, cast

from gongkai.readers.precheck.kinds import KINDS, Grade

SCHEMA = "gongkai.precheck/1"

Part = Literal[
    "body", "table", "text_box", "header", "footer", "footnote", "endnote", "comment", "deleted", "hidden", "cell", "sheet",
    "metadata", "picture", "embedded", "annotation", "link", "code", "file",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """Where a hit is: in words that a clerk can follow, and for programs the page, the line and the path.

    `dom` is that of the readers: `p[17]` and `tbl[2]/tr[5]/tc[3]` in a DOCX, `Sheet1!C5` in a workbook.
    """

    part: Part
    says: str
    page: int | None = None
    line: int | None = None
    dom: str | None = None

    def to_json(self) -> dict[str, Any]:
        """The object of the format."""
        return {"part": self.part, "says": self.says, "page": self.page, "line": self.line, "dom": self.dom}

    def within(self, outer: str) -> Place:
        """The same place told from outside: in a file that is embedded in another."""
        return replace(self, part="embedded", says=f"{outer}：{self.says}")


@dataclass(frozen=True, slots=True)
class Hit:
    """One hint. `text` never holds a whole personal value; `count` and `also` tell of its like in the same column."""

    kind: str
    grade: Grade
    place: Place
    text: str
    says: str
    basis: str
    what_to_do: str
    fingerprint: str = ""
    count: int = 1
    also: tuple[str, ...] = ()

    @property
    def kind_says(self) -> str:
        """The kind in Chinese."""
        return KINDS[self.kind].zh

    def to_json(self) -> dict[str, Any]:
        """The object of the format."""
        return {
            "kind": self.kind,
            "kind_says": self.kind_says,
            "grade": self.grade,
            "place": self.place.to_json(),
            "text": self.text,
            "says": self.says,
            "basis": self.basis,
            "what_to_do": self.what_to_do,
            "count": self.count,
            "also": list(self.also),
            "fingerprint": self.fingerprint,
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Hit:
        """The inverse of `to_json`."""
        kept = {name: data[name] for name in cls.__dataclass_fields__ if name in data}
        return cls(**{**kept, "place": Place(**data["place"]), "also": tuple(data.get("also", ()))})


@dataclass(frozen=True, slots=True)
class Precheck:
    """All hits of one file, the gravest first, and in sentences what was not looked at."""

    name: str
    format: str
    sha256: str
    hits: tuple[Hit, ...]
    left_out: tuple[str, ...] = ()

    def count(self, grade: str) -> int:
        """Hits of a grade, a group as one."""
        return sum(hit.grade == grade for hit in self.hits)

    def to_json(self) -> dict[str, Any]:
        """The object of the format."""
        return {
            "schema": SCHEMA,
            "source": {"name": self.name, "format": self.format, "sha256": self.sha256},
            "counts": {grade: self.count(grade) for grade in ("warning", "doubt", "note")},
            "hits": [hit.to_json() for hit in self.hits],
            "left_out": list(self.left_out),
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Precheck:
        """The inverse of `to_json`."""
        source = data["source"]
        hits = tuple(Hit.from_json(hit) for hit in data["hits"])
        return cls(source["name"], source["format"], source["sha256"], hits, tuple(data["left_out"]))


def hit(
    kind: str, place: Place, text: str = "", *, says: str = "", grade: Grade | None = None, what_to_do: str = ""
) -> Hit:
    """A hit of a kind with the words of the kind, where the caller has no better ones."""
    known = KINDS[kind]
    said = says or known.says
    return Hit(kind, grade or known.grade, place, text, said, known.basis, what_to_do or known.what_to_do)


def marked(hits: Iterable[Hit]) -> tuple[Hit, ...]:
    """Hits in order with fingerprints that stay when the file is read again or grows elsewhere.

    A fingerprint is made of what is shown anyway: a hash of the whole value of a phone is the phone to whoever tries
    them all.
    """
    order = cast(dict[str, int], {"warning": 0, "doubt": 1, "note": 2})
    found = sorted(hits, key=lambda each: order[each.grade])
    seen: Counter[tuple[str, ...]] = Counter()
    done = []
    for each in found:
        key = (each.kind, each.place.part, each.text)
        seen[key] += 1
        digest = hashlib.sha256("\x1f".join((*key, str(seen[key]))).encode("utf-8", "replace")).hexdigest()
        done.append(replace(each, fingerprint=digest[:16]))
    return tuple(done)
