"""A content becomes a report: the tables' stretch is found, tokens become rows, rows become cells, words chapters."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gongkai import __version__
from gongkai.annual.forms import EDITIONS, all_rows, edition_for, form, row_cells
from gongkai.annual.report import (
    Heading,
    Report,
    SectionText,
    Source,
)
from gongkai.readers import disputes
from gongkai.readers.anchors import Segment, segments_of
from gongkai.readers.assemble import Placed, settle, take_apart
from gongkai.readers.chapters import Chapter, headings, opening, spine
from gongkai.readers.content import Content
from gongkai.readers.digits import TooMany
from gongkai.readers.filing import Filing, digit_of
from gongkai.readers.heads import columns_moved, foreign_heads, heads_lost, kinds_unnamed, results_moved
from gongkai.readers.places import Places
from gongkai.readers.rows import RowRead, figures_in
from gongkai.readers.strays import Stray, doubt_shifted, strays_of
from gongkai.readers.table import COLUMNS, TableReader
from gongkai.readers.tokens import Tokens, folded_in_place, tokens_of

READER = f"gongkai {__version__}"

_BLOCK = re.compile(r"第\s*二\s*十\s*条\s*第?\s*[(（]?[一五六八九][)）]?\s*项|信\s*息\s*内\s*容")
_MARK = re.compile(
    r"信\s*息\s*内\s*容(?=[\s|　]*(?:本\s*年|上\s*一|采\s*购|现\s*行|对\s*外))"
    r"|勾\s*稽\s*关\s*系\s*为|本\s*年\s*新\s*收\s*政\s*府\s*信\s*息\s*公\s*开\s*申\s*请\s*数\s*量"
    r"|1\s*[.、．]\s*属\s*于\s*国\s*家\s*秘\s*密"
    # Sentences say these two as well (“行政复议1件，结果维持。”): a head of a table has no sentence around it.
    r"|(?<![,，。;；、:：(（])(?:结\s*果[\s|]*维\s*[持护]|未\s*经\s*复\s*议\s*直\s*接\s*起\s*诉)"
    r"(?!\s*(?:[,，。;；、)）的为]|\d+\s*[件起宗]))"
)
_MARKUP_BEFORE = re.compile(r"\n[ \t#>*]*\Z")
"""What a line of Markdown has before the numeral of its heading; the next chapter begins with the numeral."""
_CAPTION = re.compile(
    r"^表[二三四][ \t\u3000]+(?:主动公开|收到和处理|政府信息公开行政复议)[^\n。]{0,24}情况$\n?", re.MULTILINE
)
"""The caption of a form's table, as our own pages have it: it says what the heading says."""
_HEADS_2021 = re.compile(
    "本年制发件数|本年废止件数|现行有效件数|本年收费金额|本年处理决定数量|申请人无正当理由逾期不补正|逾期未按收费通知"
)
_HEADS_2019 = re.compile(
    "新制作数量|新公开数量|对外公开总数|上一年项目数量|本年增减|采购项目数量|采购总金额|其他对外管理服务事项|政府集中采购|本年新(?!收)"
)


def read_content(content: Content, name: str, sha256: str) -> Report:
    """The report a content holds. Never raises for what the words say; what cannot be placed is unsure."""
    return _Reading(content, Source(name, content.format, sha256)).report()


class _Reading:
    def __init__(self, content: Content, source: Source) -> None:
        self.content, self.source = content, source
        self.folded = folded_in_place(content.text)
        self.places = Places(content)
        self.found = headings(self.folded, content.text)
        self.spine = spine(self.found, any_order=content.format == "xlsx")
        self.opening = opening(self.folded)
        self.filing = Filing(content, self.folded, self.places)

    # -- the stretch ---------------------------------------------------------------------------------

    def _stretch(self) -> tuple[int, int] | None:
        marks = [m.start() for m in _MARK.finditer(self.folded)]
        if not marks:
            return None
        start = marks[0]
        block = [m.start() for m in _BLOCK.finditer(self.folded, max(0, start - 60), start)]
        if block:
            start = block[-1]
        lines = self.folded.rfind("\n", 0, start) + 1
        if start - lines < 60:  # a table row, not a page in one line
            start = lines
        chapter = self.spine.get(2)
        if chapter and chapter.end > start:
            start = chapter.end if chapter.end <= marks[0] else start
        end = len(self.folded)
        after = [c.start for n, c in self.spine.items() if n >= 5 and c.start > marks[-1]]
        return start, min([end, *after])

    def report(self) -> Report:
        stretch = self._stretch()
        edition: str | None = None
        if stretch is not None:
            tokens = tokens_of(self.content, self.folded, *stretch)
            segments = segments_of(tokens.tokens)
            edition = self._edition(segments)
            ends = len(self.folded.rstrip())
            self._table_two(tokens, segments, edition, ends)
            self._table_three(tokens, segments, edition, ends)
            self._table_four(tokens, segments, ends)
            self.filing.heads(segments)
        elif any(n in self.spine for n in (2, 3, 4)) and self.opening.year:
            edition = edition_for(self.opening.year)
        preface, sections = self._words()
        filed = self.filing.cells
        own = form(edition).by_address if edition else {}
        return Report(
            source=self.source,
            edition=edition,
            organ=self.opening.organ,
            year=self.opening.year,
            title=self.opening.title,
            cells={address: filed[address] for address in own if address in filed} | filed,
            blank=tuple(self.filing.blank),
            unsure=tuple(self.filing.unsure),
            notes=tuple(self.filing.notes),
            preface=preface,
            sections=sections,
            labels=tuple(self.filing.labels),
            headings=tuple(
                Heading(
                    c.number if self.spine.get(c.number or 0) is c else None,
                    c.text,
                    self.places.at(c.start, c.end),
                    self.places.where(c.start),
                )
                for c in self.found
            ),
            tables=self.filing.tables,
            text=self.content.text,
            reader=READER,
        )

    def _edition(self, segments: Sequence[Segment]) -> str:
        words = "".join(s.words for s in segments)
        new, old = len(_HEADS_2021.findall(words)), len(_HEADS_2019.findall(words))
        if new != old:
            return "2021" if new > old else "2019"
        year = self.opening.year
        return (edition_for(year) if year else None) or EDITIONS[-1]

    # -- the tables ----------------------------------------------------------------------------------

    def _table_two(self, tokens: Tokens, segments: Sequence[Segment], edition: str, ends: int) -> None:
        columns = {r.key: tuple([c.key for c in block.columns]) for block in form(edition).blocks for r in block.rows}
        order = list(columns)
        rows = TableReader(tokens, segments, 2, lambda k: len(columns.get(k, ())), ends, order).read()
        rows = [r for r in rows if r.label is not None]
        for row in rows:
            self._direct(row, len(columns[row.label.key]) if row.label else 0)
        placed = settle(rows, order, reorder_matters=False)
        columns_moved(segments, placed, form(edition).blocks)
        foreign_heads(segments, placed)
        amount_unit = self._amount_unit(edition)
        for key, p in placed.items():
            self.filing.put(p, row_cells(2, key, columns[key]), unit=amount_unit)
        self.filing.state(2, placed, order)

    def _direct(self, row: RowRead, n: int) -> None:
        """A row with as many zeros as places needs no taking apart: no number begins with 0."""
        if not row.glued:
            return
        figures = figures_in(row.raw)
        digits = "".join(t.text for t in figures)
        if len(figures) == 1 and digits == "0" * n:
            start = figures[0].start
            unit = self.folded[start + n : figures[0].end].strip()
            row.places = [digit_of(figures[0], start + i, d, unit if i == n - 1 else "") for i, d in enumerate(digits)]
            row.why, row.glued = "", False
            row.says = [f"{n}个数字恰为{n}格，每格一位，只有一种读法"]

    def _amount_unit(self, edition: str) -> str | None:
        if edition == "2021":
            return "万元"
        head = re.search(r"采\s*购\s*总\s*金\s*额\s*[/／(（]?\s*(?:单位\s*[:：]\s*)?(亿元|万元|元)", self.folded)
        return head[1] if head else None

    def _table_three(self, tokens: Tokens, segments: Sequence[Segment], edition: str, ends: int) -> None:
        keys = {row.key for row in all_rows()}
        of = form(edition)
        order = [r.key for r in of.rows]
        if "otherwise_closed" not in order:
            order.insert(order.index("otherwise_closed.supplement_not_made"), "otherwise_closed")
        reader = TableReader(tokens, segments, 3, lambda k: 7 if k in keys else 0, ends, order)
        rows = [r for r in reader.read() if r.label is None or r.label.key in order]
        placed = settle(rows, order, reorder_matters=True)
        more = self._one_row_other(placed, edition, reader)
        whole = list(of.row("concluded").sum_of)
        if "otherwise_closed" in placed and edition != "2019":
            whole = [k for k in whole if not k.startswith("otherwise_closed")] + ["otherwise_closed"]
        take_apart(placed, whole)
        doubt_shifted(placed, [*reader.strays, *more], order)
        if self._values_come_first(segments, placed) or self._labels_come_first(placed):
            for p in placed.values():
                p.doubtful, p.why = frozenset(range(7)), "数在标签之前还是之后不能确定"
        heads_lost(segments, placed)
        # Figures that belong to no row can be those of a label that has none: its places are not blank then.
        loose = bool(reader.strays) or self._words_part(segments)
        loose = loose or any(r.label is None or (not r.starved and len(figures_in(r.raw)) > 7) for r in rows)
        columns = tuple([c.key for c in of.columns])
        for key, p in placed.items():
            self.filing.put(p, row_cells(3, key, columns), loose=loose)
        self.filing.state(3, placed, [k for k in order if k != "otherwise_closed" or k in placed])

    def _one_row_other(self, placed: dict[str, Placed], edition: str, reader: TableReader) -> list[Stray]:
        """其他处理 is a group in the 2021 form; only where it carries figures and no sub-row stands, it is a row.

        Else its figures are those of a row without a label, and are returned.
        """
        group = placed.get("otherwise_closed")
        if edition == "2019" or group is None:
            return []
        subs = any(k.startswith("otherwise_closed.") for k in placed)
        places = [p.row.position for p in placed.values() if p is not group]
        above = max((at for at in places if at < group.row.position), default=0)
        below = min((at for at in places if at > group.row.position), default=group.row.position)
        # Rows without a label beside it are parts whose labels were not read.
        subs = subs or any(above < s.position < below for s in reader.strays)
        if subs or group.row.starved or (not group.tokens and not group.row.raw):
            del placed["otherwise_closed"]
            return strays_of(group.row.raw, COLUMNS, reader.tokens.strips, left_over=False)
        return []

    def _values_come_first(self, segments: Sequence[Segment], placed: dict[str, Placed]) -> bool:
        """Seven figures before the first label and none after the last: labels may stand behind their figures."""
        last = placed.get("carried_forward")
        if last is None or figures_in(last.row.raw):
            return False
        first = min((i for i, s in enumerate(segments) if s.label and s.label.table == 3), default=0)
        return first > 0 and len(segments[first - 1].figures) % 7 == 0 and bool(segments[first - 1].figures)

    def _words_part(self, segments: Sequence[Segment]) -> bool:
        """Words stand between a label of table 三 and figures: each figure may have its head before it."""
        parted = [s for s in segments if s.starved and s.label is None and s.figures and not s.of_disputes]
        return any(s.starved[-1][0].table == 3 for s in parted)

    def _labels_come_first(self, placed: dict[str, Placed]) -> bool:
        """The one row with figures stands behind a label that has none: labels may stand in a block above figures."""
        filled = [p for p in placed.values() if figures_in(p.row.raw)]
        bare = [p for p in placed.values() if p.row.starved and not any(t.text or not t.weak for t in p.row.raw)]
        return len(filled) == 1 and any(p.row.position <= filled[0].row.position for p in bare)

    def _table_four(self, tokens: Tokens, segments: Sequence[Segment], ends: int) -> None:
        row = disputes.read(tokens, segments, ends)
        if row is None:
            return
        of = form("2021")
        cells = tuple(c for c in of.cells if c.table == 4)
        p = Placed("disputes", row, tokens=row.places, why=row.why, says=row.says)
        if row.glued:
            found = disputes.taken_apart(row)
            digits = sum(len(t.text) for t in figures_in(row.raw))
            if len(found) == 1 and digits < disputes.WIDTH + 3:
                p.numbers, p.why = found[0], ""
                p.uses = ("T4-SUM",) if digits > disputes.WIDTH else ()
                p.says = ["数字连在一起；合乎各自合计的读法只有这一种" if p.uses else "15个数字恰为15格，每格一位"]
        kinds_unnamed(segments, p)
        results_moved(segments, p)
        self.filing.put(p, cells)
        self.filing.state(4, {"disputes": p}, ["disputes"])

    # -- words ---------------------------------------------------------------------------------------

    def _words(self) -> tuple[SectionText | None, dict[int, SectionText]]:
        text = self.content.text
        ordered = sorted(self.spine.items(), key=lambda item: item[1].start)
        sections: dict[int, SectionText] = {}
        for index, (number, chapter) in enumerate(ordered):
            end = ordered[index + 1][1].start if index + 1 < len(ordered) else len(text)
            sections[number] = self._section(chapter, chapter.end, end)
        first = ordered[0][1].start if ordered else 0
        preface = SectionText(text[:first], self.places.at(0, first)) if first and text[:first].strip() else None
        if not ordered and text.strip():
            preface = SectionText(text, self.places.at(0, len(text)))
        return preface, sections

    def _section(self, chapter: Chapter, start: int, end: int) -> SectionText:
        text = self.content.text
        pieces, at = [], start
        for left, right in sorted(self.filing.spans.values()):
            if left >= end or right <= start:
                continue
            pieces.append(text[at : max(at, left)])
            at = max(at, right)
        pieces.append(_MARKUP_BEFORE.sub("", text[at:end]))
        told = (_CAPTION.sub("", piece).strip("\n") for piece in pieces if piece.strip())
        return SectionText("\n".join(filter(None, told)), self.places.at(start, end), chapter.text)


__all__ = ["READER", "TooMany", "read_content"]
