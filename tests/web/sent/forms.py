"""The forms that stand on a page, as a browser would send them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urljoin, urlsplit

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from lxml.html import HtmlElement, document_fromstring

USUAL = {
    "date": f"{timezone.localdate():%Y-%m-%d}",
    "datetime-local": f"{timezone.localdate():%Y-%m-%d}T09:00",
    "month": f"{timezone.localdate():%Y-%m}",
    "time": "09:00",
    "number": "1",
    "email": "a@example.cn",
    "url": "https://www.yunling.example/a.html",
    "tel": "13900000000",
    "password": "Yunling-2027",
}
KIND = {"date": "day", "datetime-local": "day", "month": "day", "number": "number", "file": "file"}
OUTSIDE = ("http:", "https:", "mailto:", "tel:", "#", "data:")


@dataclass(frozen=True)
class Field:
    """A field: what it takes, what it holds or offers."""

    name: str
    kind: str
    values: tuple[str, ...]

    def filled(self) -> list[Any]:
        """What a person in no hurry would send."""
        if self.kind == "file":
            return [SimpleUploadedFile("说明.txt", "说明".encode())]
        return list(self.values)


@dataclass(frozen=True)
class Form:
    """A form: where it goes, how, and its fields."""

    url: str
    method: str
    fields: tuple[Field, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """What its fields are called."""
        return tuple(sorted({each.name for each in self.fields}))

    def filled(self) -> dict[str, list[Any]]:
        """The whole form, filled in."""
        told: dict[str, list[Any]] = {}
        for each in self.fields:
            told.setdefault(each.name, []).extend(each.filled())
        return told


def _controls(form: HtmlElement) -> list[HtmlElement]:
    own = list(form.iter("input", "select", "textarea", "button"))
    name = form.get("id")
    beside = form.getroottree().xpath("//*[@form=$name]", name=name) if name else []
    return own + [each for each in beside if each not in own]


def _field(control: HtmlElement) -> Field | None:
    name, tag = control.get("name"), control.tag
    if not name or name == "csrfmiddlewaretoken":
        return None
    if tag == "textarea":
        return Field(name, "text", (control.text or "正文。",))
    if tag == "select":
        options = [
            (each.get("value", each.text or ""), each.get("selected") is not None) for each in control.iter("option")
        ]
        chosen = [value for value, selected in options if selected and value] or [
            value for value, _ in options if value
        ]
        return Field(name, "choice", tuple(chosen[:1]))
    kind = control.get("type", "submit" if tag == "button" else "text")
    if kind in ("checkbox", "radio", "submit", "hidden", "button"):
        return Field(name, "choice", (control.get("value", "on"),))
    if control.get("inputmode") == "numeric":
        kind = "number"
    return Field(name, KIND.get(kind, "text"), (control.get("value") or USUAL.get(kind, "甲"),))


def _once(fields: Iterator[Field | None]) -> tuple[Field, ...]:
    """Each field once; boxes that are ticked together stay together as they are offered, of buttons the first."""
    told: dict[str, Field] = {}
    for each in fields:
        if each is not None and each.name not in told:
            told[each.name] = each
    return tuple(told.values())


def forms_of(page: str, at: str) -> Iterator[Form]:
    """The forms of a page at an address."""
    if "<form" not in page:
        return
    root = document_fromstring(page)
    for form in root.forms:
        fields = _once(_field(each) for each in _controls(form))
        method = (form.get("method") or "get").lower()
        yield Form(urljoin(at, form.get("action") or at), method, fields)
        for button in form.iter("button", "input"):
            if button.get("formaction"):
                yield Form(urljoin(at, button.get("formaction")), (button.get("formmethod") or method).lower(), fields)


def asked_by_links(page: str, at: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The addresses that a page links to with a query, and the names in it."""
    for link in document_fromstring(page).xpath("//@href | //@hx-get | //@hx-post") if "<a " in page else ():
        if "?" in link and not link.startswith(OUTSIDE):
            parts = urlsplit(urljoin(at, link))
            yield parts.path, tuple(sorted({name for name, _ in parse_qsl(parts.query, keep_blank_values=True)}))
