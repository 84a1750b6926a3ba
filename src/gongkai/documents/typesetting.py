"""PDF/A-2b set by typst with the shipped fonts inside: one compiler for reports, letters and sheets.

Words come as data and are never executed. System fonts are off, so that the same words give the same pages on every
machine; a character that no shipped font has is printed as 〓 and told to the person (`glyphs`).
"""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from gongkai.documents.glyphs import MissingGlyphs, drawable, font_folder

if TYPE_CHECKING:
    import typst

_ONE_AT_A_TIME = threading.Lock()
"""The compiler keeps its state between calls; that is what makes the second document quick."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A finished PDF, and what could not be drawn in it (None: everything could)."""

    data: bytes
    missing: MissingGlyphs | None = None


def typeset(template: str, content: Mapping[str, Any]) -> bytes:
    """The PDF of a template of `documents.parts` (`letter.typ`) filled with words and numbers."""
    data = drawable(json.dumps(content, ensure_ascii=False))
    with _ONE_AT_A_TIME:
        made = _compiler().compile(
            _template(template),
            format="pdf",
            pdf_standards="a-2b",
            sys_inputs={"data": data},
            timestamp=datetime.now(UTC).replace(microsecond=0),  # PDF/A must say when it was made
        )
    if not isinstance(made, bytes):  # pragma: no cover - one document is one file
        raise TypeError("排版程序没有给出单个PDF文件")
    return made


@cache
def _compiler() -> typst.Compiler:
    import typst

    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(font_folder())])
    return typst.Compiler(font_paths=fonts)


@cache
def _template(name: str) -> bytes:
    return files("gongkai.documents.parts").joinpath(name).read_bytes()
