"""The main text of a page as plain HTML: headings, paragraphs, lists and tables, without styles, scripts and places."""

from __future__ import annotations

import html
import re
from collections.abc import Container
from dataclasses import dataclass, field

from lxml import etree

_KEPT = {
    **dict.fromkeys(("p", "ul", "ol", "li", "blockquote", "table", "caption", "thead", "tbody", "tfoot", "tr"), ""),
    "td": "",
    "th": "",
    "h1": "h2",
    "h2": "h2",
    "h3": "h3",
    "h4": "h4",
    "h5": "h4",
    "h6": "h4",
}
_INLINE = frozenset(("strong", "b", "em", "i", "u", "s", "sub", "sup"))
_HOLDS = frozenset(("p", "li", "td", "th", "h2", "h3", "h4", "caption"))
"""What words may stand in directly; elsewhere they get a paragraph of their own."""
_THROUGH = frozenset(("a", "span", "font", "label", "small", "big", "ins", "center", "tt", "abbr", "time", "o:p"))
_SPAN = re.compile(r"[1-9]\d{0,2}")
_OUTSIDE = re.compile(r"https?://[^\s\"'<>]{3,1000}", re.IGNORECASE)


@dataclass(slots=True)
class _Writing:
    """What was written so far; `open` are the elements that are to be closed, innermost last."""

    parts: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    open: list[str] = field(default_factory=list)
    own: bool = False
    """Whether the innermost paragraph was opened for words that had none."""

    def text(self, text: str | None) -> None:
        if not text:
            return
        said = " ".join(text.split())
        if not said:
            if self.words and not self.words[-1].endswith((" ", "\n")):
                self.parts.append(" ")
                self.words.append(" ")
            return
        if not any(tag in _HOLDS for tag in self.open):
            self.parts.append("<p>")
            self.open.append("p")
            self.own = True
        said = (" " if text[0].isspace() else "") + said + (" " if text[-1].isspace() else "")
        self.parts.append(html.escape(said, quote=False))
        self.words.append(said)

    def block(self) -> None:
        """A new line begins: a paragraph that was opened for words ends."""
        if self.own:
            while (tag := self.open.pop()) != "p":
                self.parts.append(f"</{tag}>")
            self.parts.append("</p>")
            self.own = False
        self.words.append("\n")

    def start(self, tag: str, attributes: str = "") -> None:
        self.parts.append(f"<{tag}{attributes}>")
        self.open.append(tag)

    def end(self, tag: str) -> None:
        """Close an element, unless it went with the paragraph that a block cut short."""
        if self.open and self.open[-1] == tag:
            self.open.pop()
            self.parts.append(f"</{tag}>")


def _attributes(element: etree._Element) -> str:
    spans = ((name, element.get(name) or "") for name in ("colspan", "rowspan"))
    return "".join(f' {name}="{value}"' for name, value in spans if _SPAN.fullmatch(value) and value != "1")


def written(main: etree._Element, left_out: Container[etree._Element]) -> tuple[str, str]:
    """The HTML and the words of an element without those in `left_out`. The tree is walked, not recursed into."""
    out = _Writing()
    walker = etree.iterwalk(main, events=("start", "end"))
    for event, element in walker:
        if event == "start":
            if element in left_out:
                walker.skip_subtree()
                out.block()
            else:
                _begin(out, "" if element is main else str(element.tag).lower(), element)
                out.text(element.text)
        elif element is not main:
            if element not in left_out:
                _finish(out, str(element.tag).lower())
            out.text(element.tail)
    out.block()
    made = re.sub(r"<p>\s*</p>", "", "".join(out.parts)).strip()
    lines = (" ".join(line.split()) for line in "".join(out.words).splitlines())
    return made, "\n".join(line for line in lines if line)


def _begin(out: _Writing, tag: str, element: etree._Element) -> None:
    if tag == "br":
        out.parts.append("<br>" if any(each in _HOLDS for each in out.open) else "")
        out.words.append("\n")
    elif tag == "a" and _OUTSIDE.fullmatch(href := element.get("href") or "") and out.open:
        out.start("a", f' href="{html.escape(href)}"')
    elif tag in _INLINE and any(each in _HOLDS for each in out.open):
        out.start(tag)
    elif tag in _KEPT:
        out.block()
        out.start(_KEPT[tag] or tag, _attributes(element) if tag in ("td", "th") else "")
    elif tag not in _INLINE and tag not in _THROUGH:
        out.block()


def _finish(out: _Writing, tag: str) -> None:
    if tag in _KEPT:
        out.block()
        out.end(_KEPT[tag] or tag)
    elif tag in _INLINE or tag == "a":
        out.end(tag)
    elif tag not in _THROUGH and tag != "br":
        out.block()
