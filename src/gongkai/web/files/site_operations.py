"""What the worker can do with a page or a listing of a published site. No Django in here."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from gongkai.readers.errors import Unreadable

Answer = tuple[dict[str, Any], bytes]


def sitepage(head: dict[str, Any], data: bytes) -> Answer:
    """A saved page: what it says, and how many places in its text look like personal data; or `{"error"}`."""
    from gongkai.readers.sites import read_page

    try:
        found = read_page(data, head["name"])
    except Unreadable as error:
        return {"error": error.to_json()}, b""
    return {**found.to_json(), "hints": _hints(found.text)}, b""


def _hints(text: str) -> int:
    from gongkai.readers.precheck import Lists, precheck_text
    from gongkai.readers.precheck.kinds import KINDS
    from gongkai.readers.precheck.lists import FOLDER

    lists, _ = Lists.of_folder(Path(os.environ.get("GONGKAI_DATA") or "data").expanduser() / FOLDER)
    try:
        hits = precheck_text(text, lists).hits
    except Unreadable:
        return 0
    return sum(hit.count for hit in hits if KINDS[hit.kind].group == "personal")


def sitelist(head: dict[str, Any], data: bytes) -> Answer:
    """A listing of what stands on line; or `{"error"}`."""
    from gongkai.readers.sites import read_listing

    try:
        return read_listing(data, head["name"], head.get("base", "")).to_json(), b""
    except Unreadable as error:
        return {"error": error.to_json()}, b""


def siterows(head: dict[str, Any], data: bytes) -> Answer:
    """A spreadsheet of metadata as entries, each with its hints; or `{"error"}`."""
    from gongkai.readers.sites import read_entries

    try:
        entries, strange = read_entries(data, head["name"])
    except Unreadable as error:
        return {"error": error.to_json()}, b""
    told = [{**entry.to_json(), "hints": _hints(_words(entry.html))} for entry in entries]
    return {"entries": told, "strange": list(strange)}, b""


def _words(html: str) -> str:
    import re
    from html import unescape

    return unescape(re.sub(r"<[^>]*>", "\n", html))
