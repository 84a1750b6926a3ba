"""MHTML, which Word writes as 单个文件网页 and which often arrives with the ending .doc: the page within."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from dataclasses import replace
from email.message import Message

from gongkai.readers.content import Content
from gongkai.readers.formats import html, limits


def page_of(data: bytes) -> bytes:
    """The first HTML part as it is written. Raises `Unreadable` where there is none."""
    for part in _parts(data):
        if part.get_content_type() == "text/html":
            page = part.get_payload(decode=True)
            if isinstance(page, bytes) and page:
                return page
    raise limits.damaged()


def pictures_of(data: bytes) -> Iterator[tuple[str, bytes]]:
    """The pictures that were saved with the page: the last word of the address of each, and its bytes."""
    for part in _parts(data):
        if part.get_content_maintype() == "image":
            picture = part.get_payload(decode=True)
            if isinstance(picture, bytes) and picture:
                yield str(part.get("Content-Location", "")).rstrip("/").rpartition("/")[2], picture


def _parts(data: bytes) -> Iterator[Message]:
    if len(data) > limits.MAX_TEXT_BYTES:
        raise limits.too_large()
    yield from email.message_from_bytes(data, policy=email.policy.compat32).walk()


def read(data: bytes) -> Content:
    """Content of the first HTML part."""
    return replace(html.read(page_of(data)), format="mhtml")
