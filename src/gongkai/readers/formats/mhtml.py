"""MHTML, which Word writes as 单个文件网页 and which often arrives with the ending .doc: the page within."""

from __future__ import annotations

import email
import email.policy
from dataclasses import replace

from gongkai.readers.content import Content
from gongkai.readers.formats import html, limits


def page_of(data: bytes) -> bytes:
    """The first HTML part as it is written. Raises `Unreadable` where there is none."""
    if len(data) > limits.MAX_TEXT_BYTES:
        raise limits.too_large()
    message = email.message_from_bytes(data, policy=email.policy.compat32)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            page = part.get_payload(decode=True)
            if isinstance(page, bytes) and page:
                return page
    raise limits.damaged()


def read(data: bytes) -> Content:
    """Content of the first HTML part."""
    return replace(html.read(page_of(data)), format="mhtml")
