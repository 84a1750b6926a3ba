"""The folder of the index: how it is made, read, looked through, and who may write in it.

A text is given as its overlapping runs of two characters with their places: a phrase of them is just the phrase.
"""

from __future__ import annotations

import importlib.util
import json
import shutil
import uuid
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings

from gongkai.web.search.marks import SIGN

if TYPE_CHECKING:
    import tantivy

FORMAT = "1"
"""Counted up when the fields or the runs change: an index of another format is made anew."""
NOTED = "broken"
"""A file that a reader leaves in an index which it could not read."""
_HEAP = 48_000_000
_BLANKS = str.maketrans({" ": "\ue010", "\n": "\ue011"})
_MAGIC, _TAIL = 1337, 8


def installed() -> bool:
    """Whether the library is there."""
    return importlib.util.find_spec("tantivy") is not None


def root() -> Path:
    """Where the indexes lie."""
    return Path(settings.GONGKAI_DATA) / "search-index"


def runs(text: str) -> list[str]:
    """The overlapping runs of two characters of a searchable text, in their order, without anything blank in them."""
    closed = text.translate(_BLANKS)
    return [a + b for a, b in pairwise(closed)]


def whole(title: str) -> str:
    """The word of the index that stands for a whole title."""
    return SIGN + title.translate(_BLANKS)


def document(position: int, body: str, marks: set[str]) -> tantivy.Document:
    """A document as the index takes it."""
    import tantivy

    title = body[: body.index("\n")]
    made = tantivy.Document()
    made.add_integer("position", position)
    made.add_text("body", " ".join(runs(body)))
    made.add_text("title", " ".join([*runs(title), whole(title)]))
    made.add_text("marks", " ".join(marks))
    return made


def make(name: str) -> tantivy.Index:
    """An empty index under a name that was never used."""
    import tantivy

    place = root() / name
    place.mkdir(parents=True, mode=0o700)
    (place / "format").write_text(FORMAT, "ascii")
    fields = tantivy.SchemaBuilder()
    fields.add_integer_field("position", indexed=True, fast=True)
    fields.add_text_field("body", tokenizer_name="whitespace", index_option="position")
    fields.add_text_field("title", tokenizer_name="whitespace", index_option="position")
    fields.add_text_field("marks", tokenizer_name="whitespace", index_option="basic")
    return tantivy.Index(fields.build(), path=str(place))


def opened(name: str) -> tantivy.Index:
    """An index that is there; whoever reads it says when it is read again."""
    import tantivy

    index = tantivy.Index.open(str(root() / name))
    index.config_reader("manual")
    return index


def writer(index: tantivy.Index) -> tantivy.IndexWriter:
    """Its only writer, with little memory: it runs beside the pages."""
    return index.writer(_HEAP, 1)


def stamp(name: str) -> int:
    """The number of the last thing written. ValueError or OSError when the index cannot tell."""
    told: dict[str, Any] = json.loads((root() / name / "meta.json").read_text("utf-8"))
    return int(told["opstamp"])


def usable(name: str) -> bool:
    """Whether a folder holds an index of our format that no reader complained of."""
    place = root() / name
    with suppress(OSError):
        return (place / "format").read_text("ascii") == FORMAT and not (place / NOTED).exists()
    return False


def complain(name: str) -> None:
    """Note that an index cannot be read, for who keeps it."""
    with suppress(OSError):
        (root() / name / NOTED).touch()


def undamaged(name: str) -> bool:
    """Whether every file of an index is what was written: each ends with the checksum of its bytes."""
    try:
        held = json.loads((root() / name / "meta.json").read_text("utf-8"))["segments"]
        known = {uuid.UUID(segment["segment_id"]).hex for segment in held}
        places = [path for path in (root() / name).iterdir() if path.name.partition(".")[0] in known]
        found = {path.name.partition(".")[0] for path in places if path.suffix == ".term"}
        return found == known and all(map(_as_written, places))
    except (OSError, ValueError, KeyError):
        return False


def _as_written(path: Path) -> bool:
    size = path.stat().st_size
    with path.open("rb") as file:
        file.seek(max(0, size - _TAIL))
        tail = file.read(_TAIL)
        length = int.from_bytes(tail[:4], "little")
        if len(tail) < _TAIL or int.from_bytes(tail[4:], "little") != _MAGIC or length + _TAIL > size:
            return False
        file.seek(size - _TAIL - length)
        said = json.loads(file.read(length))["crc"]
        file.seek(0)
        left, crc = size - _TAIL - length, 0
        while left and (some := file.read(min(left, 1 << 20))):
            crc, left = zlib.crc32(some, crc), left - len(some)
    return bool(crc == said and not left)


def set_aside(name: str) -> None:
    """Keep a damaged index beside the others for who wants to look at it; an older one goes."""
    aside = root() / "set-aside"
    shutil.rmtree(aside, ignore_errors=True)
    with suppress(OSError):
        (root() / name).rename(aside)


def clear(kept: str = "") -> None:
    """Remove every index but one, and what was set aside stays."""
    with suppress(OSError):
        for place in root().iterdir():
            if place.is_dir() and place.name not in {kept, "set-aside"}:
                shutil.rmtree(place, ignore_errors=True)


@contextmanager
def alone() -> Iterator[bool]:
    """Whether this process may write: one at a time of those that share the data folder."""
    root().mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        import fcntl
    except ImportError:  # Windows: one office's PC, one process
        yield True
        return
    with (root() / "writer.lock").open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
            return
        yield True
