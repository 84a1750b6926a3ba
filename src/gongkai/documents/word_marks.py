"""Marks set into somebody else's Word file: where a comment begins and ends, and figures in yellow.

Runs are split at the first and last character of a stretch, so that exactly those words are marked; nothing of the
text or its looks changes.
"""

from __future__ import annotations

from copy import deepcopy

from lxml import etree

from gongkai.documents.places import Body, Element, Piece, Stretch

_AFTER_HIGHLIGHT = frozenset(
    (
        "u",
        "effect",
        "bdr",
        "shd",
        "fitText",
        "vertAlign",
        "rtl",
        "cs",
        "em",
        "lang",
        "eastAsianLayout",
        "specVanish",
        "oMath",
        "rPrChange",
    )
)


def mark_comment(body: Body, stretch: Stretch, number: int) -> None:
    """Set the range marks and the reference of a comment around a stretch."""
    space = body.space
    one = stretch.first is stretch.last
    first = _runs_between(body, stretch.first, stretch.start, stretch.end if one else len(body.text(stretch.first)))
    last = _runs_between(body, stretch.last, stretch.start if one else 0, stretch.end)
    begin = _made(space, "commentRangeStart", number)
    finish = _made(space, "commentRangeEnd", number)
    reference = etree.Element(space + "r")
    reference.append(_made(space, "commentReference", number))
    if not first or not last:
        _mark_empty(body, stretch, begin, finish, reference)
        return
    first[0].addprevious(begin)
    last[-1].addnext(finish)
    finish.addnext(reference)


def _mark_empty(body: Body, stretch: Stretch, begin: Element, finish: Element, reference: Element) -> None:
    """A paragraph without words: the marks stand one after another behind its properties."""
    properties = stretch.first.find(body.space + "pPr")
    for mark in (reference, finish, begin):
        if properties is not None:
            properties.addnext(mark)
        else:
            stretch.first.insert(0, mark)


def highlight(body: Body, paragraph: Element, start: int, end: int) -> None:
    """Mark the characters from `start` to `end` of a paragraph in yellow."""
    for run in _runs_between(body, paragraph, start, end):
        _set_highlight(run, body.space)


def _runs_between(body: Body, paragraph: Element, start: int, end: int) -> list[Element]:
    """The runs of a stretch of a paragraph, split so that they hold nothing else where they can be."""
    _split(body, paragraph, end)
    _split(body, paragraph, start)
    inside = [p.run for p in body.pieces(paragraph) if p.start < end and p.start + len(p.text) > start]
    return list(dict.fromkeys(inside))


def _split(body: Body, paragraph: Element, at: int) -> None:
    """Divide the run that holds character `at`, so that a run begins there."""
    piece = next((p for p in body.pieces(paragraph) if p.start <= at < p.start + len(p.text)), None)
    if piece is None or piece.whole:
        return
    if at == piece.start and not _content_before(piece, body.space):
        return
    run, node, cut = piece.run, piece.node, at - piece.start
    new = etree.Element(run.tag)
    new.attrib.update(run.attrib)
    properties = run.find(body.space + "rPr")
    if properties is not None:
        new.append(deepcopy(properties))
    following = list(node.itersiblings())
    if cut:
        tail = etree.SubElement(new, node.tag)
        tail.text = piece.text[cut:]
        node.text = piece.text[:cut]
        for half in (node, tail):
            half.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    else:
        new.append(node)
    for element in following:
        new.append(element)
    run.addnext(new)


def _content_before(piece: Piece, space: str) -> bool:
    """Whether anything but properties stands before the text element in its run."""
    return any(element.tag != space + "rPr" for element in piece.node.itersiblings(preceding=True))


def _set_highlight(run: Element, space: str) -> None:
    properties = run.find(space + "rPr")
    if properties is None:
        properties = etree.Element(space + "rPr")
        run.insert(0, properties)
    for old in properties.findall(space + "highlight"):
        properties.remove(old)
    mark = etree.Element(space + "highlight")
    mark.set(space + "val", "yellow")
    for place, element in enumerate(properties):
        if etree.QName(element).localname in _AFTER_HIGHLIGHT:
            properties.insert(place, mark)
            return
    properties.append(mark)


def _made(space: str, name: str, number: int) -> Element:
    element = etree.Element(space + name)
    element.set(space + "id", str(number))
    return element
