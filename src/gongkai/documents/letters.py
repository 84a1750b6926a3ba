"""Any official letter as a Word file and as PDF, in the letter layout of GB/T 9704-2012 (信函格式, 10.1).

The organ's name in red over a double rule, document number at the right, title, addressee, body, remedies, list of
attachments, signature centred over its date, contact in brackets, copies at the foot of the last page. The first page
has a red rule at its foot and no page number; the pages that follow have one between one-stroke dashes. Both writers
walk the same blocks, so that the file that is edited and the file that is stamped say the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from gongkai.documents import ooxml
from gongkai.documents.flow import clean, levelled
from gongkai.documents.glyphs import SUBSTITUTE, MissingGlyphs, missing_glyphs
from gongkai.documents.notice import chinese_date, over_date, signature
from gongkai.documents.typesetting import Printed, typeset
from gongkai.onrequest.letters import Letter as Composed

BLANK_DATE = "    年  月  日"
"""What stands for the date while the letter is not signed."""

_RED = "C00000"
_WIDEST = 470.0
"""Room for the organ's name in one line, in points."""

_HEAD = (
    f'{ooxml.frame(30)}<w:pBdr><w:bottom w:val="thickThinSmallGap" w:sz="24" w:space="10" w:color="C00000"/></w:pBdr>'
    '<w:snapToGrid w:val="0"/><w:spacing w:before="0" w:after="0" w:line="@LINE@" w:lineRule="exact"/><w:jc w:val="center"/>'
)
"""The name stands 30 mm below the edge of the paper, above the type area, and the rule under it is 170 mm long."""

_NUMBER = '<w:snapToGrid w:val="0"/><w:spacing w:before="0" w:after="0" w:line="440" w:lineRule="exact"/><w:jc w:val="right"/>'
"""Close under the rule; where there is no number yet, its line stays."""

_TITLE = '<w:spacing w:before="360" w:after="360" w:line="600" w:lineRule="exact"/>'
_COPIES = '<w:spacing w:before="240" w:after="0" w:line="480" w:lineRule="exact"/><w:ind w:left="280" w:right="280"/>'

Kind = Literal["addressee", "text", "attachment", "contact", "copies"]


@dataclass(frozen=True, slots=True)
class Letter:
    """What a letter says. Words are printed as they are given; nothing is added but the layout.

    `organ_name` heads the letter; `signer` signs it (left empty: the same). `dated_on` is None until it is signed.
    `remedy` follows the body. A `paragraph` that begins 一、 or （一） is set as a head as far as its first full stop.
    """

    organ_name: str
    title: str
    addressee: str
    paragraphs: tuple[str, ...]
    number: str = ""
    remedy: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()
    contact: str = ""
    signer: str = ""
    dated_on: date | None = None
    copies_to: tuple[str, ...] = ()

    def edited(self, text: str) -> Letter:
        """The letter with its body as a person rewrote it: one paragraph a line, empty lines dropped."""
        return replace(self, paragraphs=_lines(text))

    @property
    def text(self) -> str:
        """The body to be edited: one paragraph a line."""
        return "\n".join(line for words in self.paragraphs for line in _lines(words))

    @property
    def signed_by(self) -> str:
        """Whose name stands over the date."""
        return self.signer or self.organ_name

    @property
    def date_shown(self) -> str:
        """The date as it is printed."""
        return chinese_date(self.dated_on) if self.dated_on else BLANK_DATE


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of the letter below its title. The first `lead` characters are a head of `level` 1 or 2."""

    kind: Kind
    text: str
    level: int = 0
    lead: int = 0


def of_composed(
    composed: Composed, organ_name: str, *, attachments: tuple[str, ...] = (), copies_to: tuple[str, ...] = ()
) -> Letter:
    """A letter whose words `onrequest.letters` composed, under the name of its organ."""
    return Letter(
        organ_name=organ_name,
        title=composed.title,
        addressee=composed.addressee,
        paragraphs=composed.paragraphs,
        number=composed.number,
        remedy=composed.remedy,
        attachments=attachments,
        contact=composed.contact,
        signer=composed.signer,
        dated_on=composed.dated_on,
        copies_to=copies_to,
    )


def letter_docx(letter: Letter) -> bytes:
    """The letter as .docx: fonts by name, opened alike by WPS, Word and LibreOffice. The same letter, the same bytes."""
    letter = _checked(letter)
    size = int(2 * _head_size(letter.organ_name))
    head = _HEAD.replace("@LINE@", str(size * 10 + 80))
    before, after = _parted(letter)
    body = [
        ooxml.paragraph(ooxml.run(letter.organ_name, ooxml.TITLE, size, _RED), None, head),
        ooxml.paragraph(ooxml.run(letter.number), None, _NUMBER),
        ooxml.paragraph(ooxml.run(letter.title), "Title", _TITLE),
        *(_paragraph(block, place, before) for place, block in enumerate(before)),
        *signature(letter.signed_by, letter.date_shown),
        *(_paragraph(block, place, after) for place, block in enumerate(after)),
    ]
    return ooxml.package("".join(body), letter.title.replace("\n", ""), letter.organ_name, letter=True)


def letter_pdf(letter: Letter) -> Printed:
    """The letter as PDF/A-2b with its fonts inside, and the characters that no shipped font has.

    Such a character (of a rare name) is printed as 〓 and named by its code at the end; it is for a person to write it
    in by hand or to print the Word file.
    """
    letter = _checked(letter)
    before, after = _parted(letter)
    missing = letter_missing(letter)
    note = f"注：所用字体没有以下编码的字符，以“{SUBSTITUTE}”代替：{missing.codes}。" if missing else ""
    content = {
        "organ": letter.organ_name,
        "organ_size": _head_size(letter.organ_name),
        "number": letter.number,
        "title": letter.title.split("\n"),
        "before": [_data(block) for block in before],
        "signer": letter.signed_by,
        "over": over_date(letter.signed_by, letter.date_shown) / 20,
        "date": letter.date_shown,
        "after": [_data(block) for block in after],
        "note": note,
    }
    return Printed(typeset("letter.typ", content), missing)


def letter_missing(letter: Letter) -> MissingGlyphs | None:
    """The characters of a letter that no shipped font has; None when its PDF will have them all."""
    words = (letter.organ_name, letter.number, letter.title, letter.signed_by)
    return missing_glyphs("".join(words) + "".join(block.text for block in blocks(letter)))


def blocks(letter: Letter) -> Iterator[Block]:
    """The letter below its title in reading order; the signature stands before contact and copies."""
    if letter.addressee:
        yield Block("addressee", f"{letter.addressee.rstrip('：:')}：")
    for words in (*letter.paragraphs, *letter.remedy):
        for line in _lines(words):
            piece = levelled(line)
            yield Block("text", line, piece.level, piece.lead)
    many = len(letter.attachments) > 1
    for place, name in enumerate(letter.attachments, start=1):
        yield Block("attachment", ("附件：" if place == 1 else "　　　") + (f"{place}." if many else "") + name)
    if letter.contact:
        yield Block("contact", f"（{letter.contact.strip('（）')}）")
    if letter.copies_to:
        yield Block("copies", f"抄送：{'，'.join(letter.copies_to)}。")


def _parted(letter: Letter) -> tuple[list[Block], list[Block]]:
    """What stands over the signature and what under it."""
    found = list(blocks(letter))
    return [b for b in found if b.kind not in ("contact", "copies")], [
        b for b in found if b.kind in ("contact", "copies")
    ]


def _checked(letter: Letter) -> Letter:
    """The letter without characters that no document holds. ValueError where it could not be sent."""
    cleaned = Letter(
        organ_name=_line(letter.organ_name),
        title=clean(letter.title).strip(),
        addressee=_line(letter.addressee),
        paragraphs=tuple(clean(p) for p in letter.paragraphs),
        number=_line(letter.number),
        remedy=tuple(clean(p) for p in letter.remedy),
        attachments=tuple(filter(None, map(_line, letter.attachments))),
        contact=_line(letter.contact),
        signer=_line(letter.signer),
        dated_on=letter.dated_on,
        copies_to=tuple(filter(None, map(_line, letter.copies_to))),
    )
    if not cleaned.organ_name or not cleaned.title:
        raise ValueError("请填写发文机关和标题。")
    if not cleaned.text:
        raise ValueError("正文没有内容，不能生成文书。")
    return cleaned


def _line(text: str) -> str:
    return " ".join(clean(text).split())


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _head_size(name: str) -> float:
    """The size of the organ's name in points: as large as fits one line, between 18 and 32."""
    width = sum(0.5 if c.isascii() else 1 for c in name)
    return max(18.0, min(32.0, float(int(2 * _WIDEST / max(width, 1)) / 2)))


def _data(block: Block) -> dict[str, Any]:
    return {
        "kind": block.kind,
        "level": block.level,
        "lead": block.text[: block.lead],
        "rest": block.text[block.lead :],
    }


def _empty() -> str:
    return ooxml.paragraph("")


def _paragraph(block: Block, place: int, among: list[Block]) -> str:
    lead, rest = block.text[: block.lead], block.text[block.lead :]
    match block.kind:
        case "addressee":
            return ooxml.paragraph(ooxml.run(rest))
        case "attachment":
            first = place == 0 or among[place - 1].kind != "attachment"
            # Six characters: two of the indent, three of 附件：, one of the number; a long name hangs under itself.
            hanging = '<w:ind w:left="1600" w:hanging="960"/>'
            return (_empty() if first else "") + ooxml.paragraph(ooxml.run(rest), None, hanging)
        case "contact":
            return ooxml.paragraph(ooxml.run(rest), "BodyText")
        case "copies":
            return ooxml.paragraph(ooxml.run(rest, half_points=28), None, _COPIES)
        case _:
            font = ooxml.FIRST if block.level == 1 else ooxml.SECOND
            runs = (ooxml.run(lead, font) if lead else "") + (ooxml.run(rest) if rest else "")
            # A head alone on its line, and the last words before the signature, hold on to what follows.
            following = among[place + 1 :]
            keep = (lead and not rest) or not following
            return ooxml.paragraph(runs, "BodyText", "<w:keepNext/>" if keep else "")
