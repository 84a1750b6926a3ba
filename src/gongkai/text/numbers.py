"""Numbers with their units in running Chinese text: 3,511件, 5500余条, 1.2万条, 两起, 37.5%.

Works on normalised text (`normal.Normal`). Dates, document numbers, articles, telephone numbers and ranges are no
quantities and are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

_UNITS = (
    "人次|条次|件次|场次|篇次|个次|家次|户次|万元|亿元|元(?!旦)|件(?!次)|条(?!例|次|款)|"
    "个(?!工作日|自然日|月|百分点|小时|季度|方面|层面|环节|维度|角度|阶段|次|半月)|篇|份(?!额)|"
    "期(?!间|末|初|货|限)|项(?!目)|起(?!草|步|来|至|止|施行|到)|宗|例(?!如)|则|次(?!日|年|月|数)|场(?!所|景|次|地)|"
    "名(?!单|称)|人(?!民|大|员|才|均|社|次|力)|家(?!庭|级|次)|户(?!籍|次)|册|部(?!门|分|署|委|级)|类|批(?!准|复|示)|幅|页|"
    "处(?!理|罚|室|置|长)|张|组(?!织|长)|班|位|块|集(?!中|约|体|团)|支(?!持|部|付)|本(?!级|机关|年|单位|局|办|镇|乡|县|市|区|报|次|院|部)"
)
_QUANTITY = re.compile(
    r"(?<!\d)(?P<digits>\d{1,3}(?:,\d{3}){1,4}(?![\d,])|\d{1,12}(?:\.\d{1,8})?)(?!\d)\s?"
    rf"(?:(?P<percent>%)|(?P<scale>[万亿千](?!元))?(?P<vague>[余多来])?(?P<unit>{_UNITS}))"
)
_SPELLED = re.compile(
    r"(?P<spelled>[零〇一二两三四五六七八九十百千]{1,7})(?P<vague>[余多])?(?P<unit>件|条|起(?!草|步|来|到)|宗|份|篇|例(?!如)|人次)"
)
_BEFORE_SPELLED = "第每同任这那某逐统万几数近本一二三四五六七八九十百千零两〇其之“"
_SCALES = {"千": 1_000, "万": 10_000, "亿": 100_000_000}
_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_ABOUT = re.compile(
    r"(?:约|近|逾|超过?|达到?近|将近|大约|接近|不足|不少于|不低于|不超过|不得低于|至少|最多|多达|以上)\s?$"
)
_AFTER_ABOUT = re.compile(r"\s?(?:以上|以下|左右|上下|以内|之多)")
_RANGE_BEFORE = re.compile(r"\d[万千]?(?:件|条|次|个|篇|份|期|项|%)?\s?[-—~～至到]\s?$")
_NOT_BEFORE = re.compile(r"(?:第|〔|\[|前|每|《|No\.?|[A-Za-z_/.]|\d[ .,:/]|[-—]\d*)$")

INFORMATION_UNITS = frozenset(["件", "条", "篇", "份", "则", "条次", "件次", "篇次"])
CASE_UNITS = frozenset(["件", "份", "起", "宗", "例", "条", "个", "项", "件次"])
MONEY_UNITS = {"元": Decimal(1), "万元": Decimal(10_000), "亿元": Decimal(100_000_000)}


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit at `start:end`. `exact` is False for about, more than, rounded to ten thousands.

    `percent` quantities have unit "%", and `decimals` printed places.
    """

    value: int | Decimal
    unit: str
    start: int
    end: int
    exact: bool = True
    decimals: int = 0
    spelled: bool = False

    @property
    def percent(self) -> bool:
        """Whether this is a share or a rate."""
        return self.unit == "%"


def spelled_number(text: str) -> int | None:
    """二十一 → 21, 两百零三 → 203, 二〇一九 → 2019; None when the characters make no number."""
    if len(text) > 1 and all(c in _DIGITS for c in text):
        return int("".join(str(_DIGITS[c]) for c in text)) if "两" not in text else None
    total, digit = 0, -1
    for character in text:
        if character in _DIGITS:
            if digit > 0:
                return None
            digit = _DIGITS[character]
        else:
            total += (1 if digit < 0 else digit) * {"十": 10, "百": 100, "千": 1000}[character]
            digit = -1
    return total + max(digit, 0)


def _from_digits(match: re.Match[str], text: str) -> Quantity | None:
    start, end = match.start(), match.end()
    before = text[max(0, start - 8) : start]
    digits = match["digits"].replace(",", "")
    # A leading zero is a code, a digit run cut by a line break is no number we know.
    if (_NOT_BEFORE.search(before) and not before.endswith(")-")) or _RANGE_BEFORE.search(before):
        return None
    if len(digits) > 1 and digits[0] == "0" and digits[1] != ".":
        return None
    exact = not (_ABOUT.search(before) or match["vague"] or _AFTER_ABOUT.match(text, end))
    value: int | Decimal = Decimal(digits) if "." in digits else int(digits)
    if match["percent"]:
        return Quantity(value, "%", start, end, exact, len(digits.partition(".")[2]))
    if match["scale"]:
        # 1.2万条 stands for anything that rounds to it.
        value, exact = value * _SCALES[match["scale"]], False
    if isinstance(value, Decimal) and match["unit"] not in MONEY_UNITS:
        exact = False
    return Quantity(value, match["unit"], start, end, exact)


def _from_words(match: re.Match[str], text: str) -> Quantity | None:
    start = match.start()
    value = spelled_number(match["spelled"])
    if value is None or (start and (text[start - 1] in _BEFORE_SPELLED or text[start - 1].isdigit())):
        return None
    return Quantity(value, match["unit"], start, match.end(), not match["vague"], 0, True)


def quantities(text: str) -> Iterator[Quantity]:
    """The quantities of a text in order."""
    found = [q for m in _QUANTITY.finditer(text) if (q := _from_digits(m, text))]
    spelled = [q for m in _SPELLED.finditer(text) if (q := _from_words(m, text))]
    yield from sorted(found + spelled, key=lambda q: q.start) if spelled else found
