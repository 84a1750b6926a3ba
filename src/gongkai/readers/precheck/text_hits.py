"""From the words of a file to hits: the rules run once over all pieces; what is like in one column is told together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from gongkai.readers.precheck import names, personal, wording
from gongkai.readers.precheck.flow import Flow, Piece
from gongkai.readers.precheck.kinds import KINDS
from gongkai.readers.precheck.lists import Lists
from gongkai.readers.precheck.values import Hit, Place, hit
from gongkai.text.personal import find as find_plain

TOGETHER = 3
"""From so many hits of one kind in one column on they are told together."""

ALSO = 30
"""Places named of those told together."""

BEFORE, AFTER = 14, 10
STAR = "＊"
_NOWHERE = Place("file", "")
_HIDDEN_PARTS = frozenset(("hidden", "deleted", "comment", "metadata"))


def text_hits(pieces: Iterable[Piece], lists: Lists) -> list[Hit]:
    """The hits in the words of a file."""
    flow = Flow(pieces)
    clues = personal.clues(flow, lists)
    shown = _Shown(flow, clues)
    met = [
        *((clue.kind, clue.start, clue.end, clue.says, clue.grade, "") for clue in clues),
        *((m.kind, m.start, m.end, m.says, m.grade, m.what_to_do) for m in wording.secrecy(flow)),
        *((m.kind, m.start, m.end, m.says, m.grade, m.what_to_do) for m in wording.listed(flow, lists)),
        *((m.kind, m.start, m.end, m.says, m.grade, m.what_to_do) for m in names.met(flow, lists)),
    ]
    found: list[tuple[Piece, Hit]] = []
    for kind, start, end, says, grade, what in sorted(met, key=lambda each: (each[1], -each[2])):
        piece = flow.pieces[flow.origin(start, end)[0]]
        text = shown.around(start, end)
        weight = grade or KINDS[kind].grade
        if KINDS[kind].group == "personal" and piece.place.part in _HIDDEN_PARTS:
            weight = "warning"
        found.append((piece, hit(kind, piece.place, text, says=says, grade=weight, what_to_do=what)))
    found += _columns(flow.pieces, shown)
    return list(_together(found))


class _Shown:
    """The text of a file with everything personal written over."""

    def __init__(self, flow: Flow, clues: Iterable[personal.Clue]) -> None:
        self._flow = flow
        signs = list(flow.source)
        spans = [(clue.start, clue.end, clue.keep) for clue in clues]
        # What was judged to be no personal data is written over too: a hint shows no more than it must.
        known = bytearray(len(flow.text) + 1)
        for start, end, _ in spans:
            known[start:end] = b"\x01" * (end - start)
        spans += [(p.start, p.end, (3, 0)) for p in find_plain(flow.text) if not any(known[p.start : p.end])]
        for start, end, (first, last) in spans:
            begin, stop = flow.span(start, end)
            keep, tail = min(first, (stop - begin) // 3), min(last, (stop - begin) // 6)
            for place in range(begin + keep, stop - tail):
                if signs[place] not in "\n\u2028":
                    signs[place] = STAR
        self._text = "".join(signs)

    def around(self, start: int, end: int) -> str:
        """The masked words with a little of what stands before and behind in their piece."""
        index, begin, stop = self._flow.origin(start, end)
        own = self._flow.start_of(index)
        length = len(self._flow.pieces[index].text)
        first, last = max(0, begin - BEFORE), min(length, max(stop, begin + 1) + AFTER)
        cut = self._text[own + first : own + last].replace("\u2028", " ").strip()
        return f"{'…' if first else ''}{cut}{'…' if last < length else ''}"

    def whole(self, index: int) -> str:
        """A piece as it may be shown."""
        own = self._flow.start_of(index)
        return self._text[own : own + len(self._flow.pieces[index].text)].replace("\u2028", " ")

    def cell(self, index: int) -> str:
        """The beginning of a piece, the rest written over."""
        text = self.whole(index)
        keep = min(6, len(text) // 2)
        return text[:keep] + STAR * min(len(text) - keep, 12)


def without_personal(texts: Iterable[str]) -> list[str]:
    """Texts with everything that looks personal written over, as hits show them."""
    flow = Flow(Piece(text or " ", _NOWHERE) for text in texts)
    shown = _Shown(flow, personal.clues(flow, Lists()))
    return [shown.whole(index).strip() for index in range(len(flow.pieces))]


def _columns(pieces: list[Piece], shown: _Shown) -> Iterator[tuple[Piece, Hit]]:
    """Columns whose head announces what is sensitive about persons, once each; cells of addresses, each."""
    told = set()
    for index, piece in enumerate(pieces):
        if not piece.head or piece.text.strip() == piece.head.strip():
            continue
        if personal.sensitive_head(piece.head) and (piece.column, piece.head) not in told:
            told.add((piece.column, piece.head))
            says = f"表中有“{piece.head.strip()[:12]}”一栏，是个人的敏感情况。"
            yield piece, hit("person_column", piece.place, piece.head.strip()[:20], says=says)
        elif personal.address_head(piece.head) and len(piece.text.strip()) >= 6:
            yield piece, hit("address", piece.place, shown.cell(index))


def _together(found: list[tuple[Piece, Hit]]) -> Iterator[Hit]:
    """Hits of one kind and grade in one column as one, with how many there are and where the others stand."""
    groups: dict[tuple[str, str, str], list[Hit]] = {}
    order: list[tuple[str, str, str] | Hit] = []
    seen = set()
    for piece, each in found:
        if (each.kind, each.place, each.text) in seen:
            continue
        seen.add((each.kind, each.place, each.text))
        if not piece.column or KINDS[each.kind].group != "personal":
            order.append(each)
            continue
        key = (piece.column, each.kind, each.grade)
        if key not in groups:
            groups[key] = []
            order.append(key)
        groups[key].append(each)
    for entry in order:
        if isinstance(entry, Hit):
            yield entry
            continue
        members = groups[entry]
        if len(members) < TOGETHER:
            yield from members
            continue
        also = tuple(member.place.says for member in members[1 : ALSO + 1])
        yield replace(members[0], says=f"{members[0].says}这一栏共有{len(members)}处。", count=len(members), also=also)
