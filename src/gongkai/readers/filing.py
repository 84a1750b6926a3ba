"""What a reading has found, filed under the addresses of the form: values, blanks, refusals, notes, altered labels."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from gongkai.annual.forms import FormCell
from gongkai.annual.report import NOWHERE, Cell, LabelSeen, Note, Number, TableState, Unsure
from gongkai.readers.anchors import HEAD_LONGEST, HEAD_SHORTEST, Segment, altered_head, is_subsequence
from gongkai.readers.assemble import Placed
from gongkai.readers.content import Content, Line
from gongkai.readers.figures import Figure, figure_of, unfit
from gongkai.readers.lexicon import compact
from gongkai.readers.places import Places
from gongkai.readers.rows import figures_in
from gongkai.readers.tokens import Token

_new = tuple.__new__


class Filing:
    """Collects the cells of one report as its tables are read."""

    def __init__(self, content: Content, folded: str, places: Places) -> None:
        self.content, self.folded, self.places = content, folded, places
        self.cells: dict[str, Cell] = {}
        self.blank: list[str] = []
        self.unsure: list[Unsure] = []
        self.notes: list[Note] = []
        self.labels: list[LabelSeen] = []
        self.spans: dict[int, tuple[int, int]] = {}
        self.tables: dict[int, TableState] = {2: "missing", 3: "missing", 4: "missing"}

    def put(self, p: Placed, cells: Sequence[FormCell], unit: str | None = None, *, loose: bool = False) -> None:
        label = p.row.label
        addresses = [of.address for of in cells]
        if label is not None and not label.exact and compact(label.official)[1:] != label.text:
            self._altered(p, addresses)
        if p.row.raw:
            self._span(cells[0].table, p.row.position, p.row.raw[-1].end)
        elif label is not None:
            self._span(label.table, p.row.position, p.row.position + 1)
        if p.numbers is not None:
            for column, (address, number) in enumerate(zip(addresses, p.numbers, strict=True)):
                if column in p.doubtful:
                    self._refuse(address, p.row.text, p.why, p.row.raw[0], p.could.get(column, ()))
                else:
                    self._proved(address, number, p)
            return
        if p.tokens is None:
            where = p.row.raw[0] if p.row.raw else None
            if p.row.starved and not p.row.raw and not loose:
                self.blank.extend(addresses)
                return
            for column, address in enumerate(addresses):
                self._refuse(address, p.row.text, p.why or "不能确定", where, p.could.get(column, ()))
            return
        says = tuple(p.says)
        for column, (of, token) in enumerate(zip(cells, p.tokens, strict=True)):
            if token is None:
                continue
            if column in p.doubtful:
                self._refuse(of.address, token.text, p.why, token, p.could.get(column, ()))
            else:
                self._cell(of, token, p, unit, says)

    def _altered(self, p: Placed, addresses: Sequence[str]) -> None:
        """Keep a label that is printed otherwise; one that only broke over lines or lost its number is none."""
        label = p.row.label
        assert label is not None
        official = compact(label.official)
        if official.startswith(label.text) or is_subsequence(official, label.text) or not label.end:
            return
        met = re.sub(r"\s+", "", self.folded[label.start : label.end])
        self.labels.append(
            LabelSeen(
                label.official,
                met,
                self.places.at(label.start, label.end),
                self.places.where(label.start),
                tuple(addresses),
            )
        )

    def heads(self, segments: Sequence[Segment]) -> None:
        """Keep heads of columns that are printed otherwise, an occurrence an entry."""
        for token in (t for s in segments for t in s.run):
            if HEAD_SHORTEST <= len(token.text) <= HEAD_LONGEST:
                official = altered_head(compact(token.text))
                if official:
                    self.labels.append(
                        LabelSeen(
                            official,
                            re.sub(r"\s+", "", token.text),
                            self.places.at(token.start, token.end),
                            self.places.where(token.start),
                        )
                    )

    def _span(self, table: int, start: int, end: int) -> None:
        old = self.spans.get(table, (start, end))
        self.spans[table] = (min(old[0], start), max(old[1], end))

    def _refuse(self, address: str, text: str, why: str, token: Token | None, could_be: Sequence[Number] = ()) -> None:
        at = self.places.at(token.start, token.end) if token else NOWHERE
        where = self.places.where(token.start, token.piece) if token else ""
        self.unsure.append(Unsure(address, text, why, at, where, tuple(map(str, could_be))))

    def _cell(self, of: FormCell, token: Token, p: Placed, unit: str | None, says: tuple[str, ...]) -> None:
        address, kind, figure = of.address, of.column.kind, token.figure
        if token.kind == "blank":
            if token.text in ("?", "？"):
                self._refuse(address, token.text, "格内写的是问号", token)
            else:
                self.blank.append(address)
            return
        if figure is None:
            self._refuse(address, token.text, "不是一个数", token)
            return
        against = _against(figure, kind, soiled=token.soiled) if token.soiled or not figure.text.isdigit() else ""
        if against:
            self._refuse(address, token.text, against, token)
            return
        if p.row.cut and token is [t for t in p.tokens or [] if t][-1] and not self._whole(token, p):
            self._refuse(address, token.text, "文件在这个数之后中断，可能没有写完", token)
            return
        at, where = self.places.spot(token.start, token.end, token.piece)
        printed = (figure.unit or unit) if kind == "amount" else None
        self.cells[address] = _new(Cell, (figure.value, token.text, printed, at, where, "read", (), (), says))
        if figure.note:
            self.notes.append(Note(address, figure.note))

    def _whole(self, token: Token, p: Placed) -> bool:
        """Whether the last figure of a broken-off file is known to be complete."""
        last = self.content.blocks[-1]
        ends = (
            isinstance(last, Line)
            and (last.at.chars or (0, 0))[1] <= token.end
            and token.end > (last.at.chars or (0, 0))[0]
        )
        if not ends or token.text == "0":
            return True
        numbers = [t.figure.value if t and t.figure else None for t in p.tokens or []]
        return len(numbers) > 1 and None not in numbers and sum(n or 0 for n in numbers[:-1]) == numbers[-1]

    def _proved(self, address: str, number: int, p: Placed) -> None:
        first = p.row.raw[0]
        self.cells[address] = Cell(
            value=number,
            text=p.row.text,
            at=self.places.at(first.start, p.row.raw[-1].end),
            where=self.places.where(first.start, first.piece),
            proof="arithmetic" if p.uses else "read",
            uses=p.uses,
            says=tuple(p.says),
        )

    def state(self, table: int, placed: dict[str, Placed], order: Sequence[str]) -> None:
        if not placed:
            return
        if not any(p.row.raw and figures_in(p.row.raw) for p in placed.values()):
            self.tables[table] = "blank"
            return
        present = [k for k in order if k in placed]
        subs = [k for k in order if k.startswith("otherwise_closed")]
        missing = [k for k in order if k not in placed and not (k in subs and any(s in placed for s in subs))]
        if not missing:
            self.tables[table] = "whole"
        elif present and order.index(present[-1]) == len(present) - 1:
            self.tables[table] = "cut"
        else:
            self.tables[table] = "unsure"


def _against(figure: Figure, kind: str, *, soiled: bool) -> str:
    """Why a figure is no value of a cell of this kind, or nothing. Digits alone are one of any kind."""
    if soiled:
        return "格内的数旁还有别的字，不能确定数是多少"
    against = unfit(figure, kind)
    if not against and kind != "amount" and isinstance(figure.value, Decimal):
        against = "本格应为整数"
    if not against and kind != "change" and (figure.value < 0 or figure.signed):
        against = "本格不应有增减或负号"
    return against


def digit_of(token: Token, start: int, digit: str, unit: str = "") -> Token:
    """One digit of a run as a token of its own, with the unit that stands behind the run."""
    end = start + 1
    return Token("figure", digit, start, end, token.strip, token.piece, token.col, 1, figure_of(digit + unit))
