"""Numbers of the words with what is said of them: noun phrase, tail, clause, brackets, quotation marks, order."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import chain, islice

from gongkai.annual.passages import Passage
from gongkai.text.numbers import Quantity, quantities
from gongkai.text.sentences import Span, paragraphs, sentences

REACH = 600
MOST = 2000
"""Numbers taken from one passage: no report holds a tenth of it, and noise must not cost more than time allows."""

_MARK = re.compile(r"[()“”《》]")
_SOFT = "，,；;。：:、()“”《》！？!?\n"
_TAIL = "，,；;。：:、()！？!?\n"
_STRONG = "，,；;。：:()！？!?\n"
_DELTA = re.compile(
    r"(?:同比|环比|较|比|增加|增长|新增加|减少|下降|上升|回落|提高|降低|多出?|少|增幅|降幅|增|减)(?:了|约)?$"
)
_AFTER_DELTA = re.compile(r"^(?:的)?(?:增长|增幅|降幅|增量)")
_PLAN = re.compile(
    r"计划|拟|力争|预计|目标|将(?!.{0,8}纳入)|确保|争取|要求(?!.{0,6}公开)|不少于|不低于|至少|每[年月周季天日]"
)


_UNITLESS = re.compile(
    r"(?:依申请公开|信息公开(?:的)?申请|公开申请)(?:的)?(?:受理|收到|收件|接收|办理|办件|办结|答复|申请)?(?:总)?(?:数量|件数|数|量)(?:为|是|:|：|共)?"
    r"(?P<digits>[1-9]\d{0,6}|0)(?=[，,。；;、)\n]|$)"
)
"""依申请公开受理数为10: applications are counted by 件, said or not."""


@dataclass(slots=True, eq=False)
class Mention:
    """One quantity of the words.

    `label` is the noun before it, up to the nearest mark; `phrase` the clause before it, enumeration commas kept;
    `tail` what follows up to the next mark or number. Positions count in the running text.
    """

    quantity: Quantity
    label: str
    phrase: str
    tail: str
    label_start: int
    phrase_start: int
    depth: int
    sentence: int
    paragraph: int
    index: int = 0
    delta: bool = False
    plan: bool = False
    share: Mention | None = None
    base: Mention | None = None
    """The whole of `share` where the clause names it: 60条，占总数120条的50%."""
    parent: Mention | None = None

    @property
    def value(self) -> int:
        """The number; call it on exact counts only."""
        return int(self.quantity.value)

    @property
    def start(self) -> int:
        """Where the digits begin."""
        return self.quantity.start

    @property
    def end(self) -> int:
        """Where the unit ends."""
        return self.quantity.end

    @property
    def unit(self) -> str:
        """The unit as printed."""
        return self.quantity.unit

    @property
    def exact(self) -> bool:
        """Whether the number is said exactly."""
        return self.quantity.exact

    @property
    def said(self) -> str:
        """The number as a message repeats it."""
        value = self.quantity.value
        return f"{value}{self.unit}"


@dataclass(slots=True)
class Page:
    """A passage taken apart: its mentions in order, sentences and paragraphs as spans."""

    passage: Passage
    mentions: list[Mention] = field(default_factory=list)
    sentences: list[Span] = field(default_factory=list)
    paragraphs: list[Span] = field(default_factory=list)
    depths: list[tuple[int, int]] = field(default_factory=list)
    quoted: list[Span] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The running text."""
        return self.passage.words.text

    def depth_at(self, position: int) -> int:
        """How many brackets are open."""
        at = bisect_right(self.depths, (position, 99)) - 1
        return self.depths[at][1] if at >= 0 else 0

    def said_before(self, mention: Mention) -> str:
        """The sentence up to a number, its last 600 characters where it is longer."""
        return self.text[max(self.sentences[mention.sentence].start, mention.start - REACH) : mention.start]

    def sentence_text(self, mention: Mention) -> str:
        """The sentence a number stands in, 600 characters to either side at most."""
        span = self.sentences[mention.sentence]
        return self.text[max(span.start, mention.start - REACH) : min(span.end, mention.end + REACH)]

    def before_in_paragraph(self, mention: Mention) -> str:
        """The words of the paragraph before a number, the last 1,800 characters where it is longer."""
        return self.text[max(self.paragraphs[mention.paragraph].start, mention.start - 3 * REACH) : mention.start]


def _marks(page: Page) -> None:
    depth, opened = 0, -1
    for match in _MARK.finditer(page.text):
        mark, position = match[0], match.start()
        if mark == "(":
            depth += 1
            page.depths.append((position + 1, depth))
        elif mark == ")":
            depth = max(0, depth - 1)
            page.depths.append((position, depth))
        elif mark in "“《":
            opened = position
        elif opened >= 0:
            # A quotation that never closes is no quotation.
            if position - opened <= 60:
                page.quoted.append(Span(opened, position))
            opened = -1


def _back_to(text: str, start: int, floor: int, marks: str) -> int:
    position = start
    while position > floor and text[position - 1] not in marks:
        position -= 1
    return position


def _before_bracket(text: str, position: int, floor: int) -> int:
    if position > floor and text[position - 1] == ")":
        opened = text.rfind("(", floor, position)
        if opened > floor:
            return opened
    return position


def _mention(page: Page, quantity: Quantity, floor: int, ceiling: int, sentence: int, paragraph: int) -> Mention:
    text = page.text
    # 其他处理(含主动撤回)341件: a bracket without numbers between the noun and its number is passed over.
    noun_end = _before_bracket(text, quantity.start, floor)
    label_start = _back_to(text, noun_end, floor, _SOFT)
    phrase_start = _back_to(text, noun_end, floor, _STRONG)
    stop = quantity.end
    limit = min(ceiling, quantity.end + 24)
    while stop < limit and text[stop] not in _TAIL:
        stop += 1
    phrase, tail = text[phrase_start:noun_end], text[quantity.end : stop]
    return Mention(
        quantity,
        text[label_start:noun_end].strip(),
        phrase.strip(),
        tail,
        label_start,
        phrase_start,
        page.depth_at(quantity.start),
        sentence,
        paragraph,
        delta=bool(_DELTA.search(phrase) or _AFTER_DELTA.match(tail)),
        plan=bool(_PLAN.search(phrase)),
    )


def read(passage: Passage) -> Page:
    """A passage taken apart. Numbers inside quotation marks and titles are names, not quantities, and left out."""
    page = Page(passage)
    _marks(page)
    for span in paragraphs(page.text):
        page.paragraphs.append(span)
        page.sentences.extend(sentences(page.text, span))
    unitless = [Quantity(int(m["digits"]), "件", *m.span("digits")) for m in _UNITLESS.finditer(page.text)]
    found = sorted(chain(islice(quantities(page.text), MOST), unitless[:MOST]), key=lambda q: q.start)
    starts = [s.start for s in page.sentences]
    borders = [p.start for p in page.paragraphs]
    quotes = [q.start for q in page.quoted]
    last_end = 0
    for number, quantity in enumerate(found):
        at = bisect_right(quotes, quantity.start) - 1
        if at >= 0 and page.quoted[at].end > quantity.start:
            continue
        ceiling = found[number + 1].start if number + 1 < len(found) else len(page.text)
        sentence = bisect_right(starts, quantity.start) - 1
        paragraph = bisect_right(borders, quantity.start) - 1
        floor = max(last_end, page.sentences[sentence].start)
        mention = _mention(page, quantity, floor, ceiling, sentence, paragraph)
        mention.index = len(page.mentions)
        page.mentions.append(mention)
        last_end = quantity.end
    return page
