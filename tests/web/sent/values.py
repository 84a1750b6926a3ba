"""What is sent wrong: words, numbers, days, keys and files that no form asked for. Each has a name that a failure tells."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from random import Random

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.zips import zipped

LENGTHS = (13, 21, 41, 61, 65, 81, 101, 121, 201, 256, 301, 501, 1001, 2001, 5001, 20_001)
"""One more than the limits that columns usually have."""


@dataclass(frozen=True)
class Wrong:
    """A value and its name; a file is told by its name and bytes, and made anew for each request."""

    name: str
    text: str = ""
    file: tuple[str, bytes] | None = None

    @property
    def value(self) -> str | SimpleUploadedFile:
        """What is put into the form."""
        return self.text if self.file is None else SimpleUploadedFile(*self.file)


TEXTS = {
    "nothing": "",
    "NUL": "甲\x00乙",
    "NUL alone": "\x00",
    "control characters": "甲\x01\x0b\x0c\x1b\x1f\x7f乙\ufffe\uffff",
    "lines": "甲\r\n乙: 丙\r\n\r\n丁",
    "white": " \u3000\t ",
    "markup": "<script>alert(1)</script>{{ 1 }}{% now %}%s%(a)s{0}{a}\\1",
    "formula": "=1+1",
    "beyond the basic plane": "𠮷😀" * 20,
    "turned round": "\u202e\u200b\u2066甲\ufeff",
    "accents": "e" + "\u0301" * 60,
    "brackets": "[" * 30_000,
    "an object": '{"a": [null, {}]}',
    "a list": "[]",
    "null": "null",
    "quotes": "'\"`；，、|~,:;",
    "a path": "../../../../etc/passwd",
    "an address": "http://[::1/甲",
    "a script's address": "javascript:alert(1)",
    "an odd mail address": "甲@" + "a" * 300 + ".cn",
    "a pattern": "(a+)+$[*",
}
NUMBERS = {
    "negative": "-1",
    "zero": "0",
    "32 bits": "2147483648",
    "64 bits": "9223372036854775808",
    "six figures": "999999",
    "many figures": "9" * 5000,
    "thirty figures": "9" * 30,
    "raised figures": "²²²²",
    "a raised figure": "²",
    "other figures": "٣",
    "wide figures": "２０２６",
    "a fraction": "½",
    "a Roman four": "Ⅳ",
    "infinite": "Infinity",
    "not a number": "NaN",
    "huge": "1e400",
    "tiny": "1e-400",
    "underscored": "2_0",
    "signed": "+5",
    "with a point": "1.5",
    "year zero": "0000",
    "the last year": "9999",
}
DAYS = {
    "the first day": "0001-01-01",
    "the last day": "9999-12-31",
    "no such day": "2026-02-30",
    "no such month": "2026-13-01",
    "a day of the week": "2026-W09-1",
    "a day run together": "20260302",
    "a moment": "2026-03-02T25:61",
    "the last moment": "9999-12-31T23:59",
    "a long ago": "1000-06-15",
    "a day with NUL": "2026-03-02\x00",
    "half a day": "2026-03",
}
KEYS = {
    "nobody's key": str(uuid.UUID(int=0)),
    "a key in braces": "{01890000-0000-7000-8000-000000000000}",
    "a key as a name": "urn:uuid:01890000-0000-7000-8000-000000000000",
    "a long key": "x" * 36,
    "a cut key": "01890000-0000-7000-8000-00000000000",
}
FILES = {
    "no bytes": ("空.txt", b""),
    "an empty workbook": ("表.xlsx", b""),
    "half a workbook": ("表.xlsx", b"PK\x03\x04half"),
    "an archive that is no workbook": ("表.xlsx", zipped({"a": b"a"})),
    "an archive that is no letter": ("文.docx", zipped({"a": b"a"})),
    "a broken PDF": ("文.pdf", b"%PDF-1.7\nxref"),
    "a broken picture": ("图.png", b"\x89PNG\r\n\x1a\nhalf"),
    "NUL bytes": ("表.csv", b"\x00,\x00\n\xff\xfe\x00"),
    "one cell": ("表.csv", "甲".encode()),
    "control bytes": ("表.csv", "名称,日期\n甲\x01\x0b乙,9999-12-31\n".encode()),
    "brackets": ("包.json", b"[" * 30_000),
    "a list": ("包.json", b"[]"),
    "odd JSON": ("包.json", b'{"kind": "\\ud800\\u0000", "format": 1e400}'),
    "an old file": ("文.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
    "an odd page": ("页.html", b"<html><table><tr><td>\x00<td colspan=-1 rowspan=99999999>"),
    "a file without an ending": ("文", b"\x7fELF"),
    "a long name": ("长" * 300 + ".txt", b"a"),
    "an odd name": ('a\r\nb";../甲.txt', b"a"),
    "an archive": ("包.zip", zipped({"../甲.txt": b"a", "乙/": b""})),
}
ALL = {
    kind: [Wrong(name, text) for name, text in told.items()]
    for kind, told in (("text", TEXTS), ("number", NUMBERS), ("day", DAYS), ("key", KEYS))
}
ALL["file"] = [Wrong(f"file: {name}", file=file) for name, file in FILES.items()]
EVERY = [each for kind in ALL.values() for each in kind]


def too_long(rng: Random) -> Wrong:
    """A word of one more character than some column takes."""
    length = rng.choice(LENGTHS)
    return Wrong(f"{length} characters", "长" * length)


def wrong_for(kind: str, rng: Random, most: int) -> list[Wrong]:
    """So many wrong values for a field: more of its own kind than of others, and where words go a long one."""
    own = ALL.get(kind, ALL["text"] + ALL["key"])
    told = rng.sample(own, min(len(own), most - most // 3))
    if kind not in ("day", "number", "file"):
        told[-1:] = [too_long(rng)]
    return told + rng.sample(EVERY, most // 3)
