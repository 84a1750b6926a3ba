"""Personal data in running text, weighed by what stands around it: a label, the head of a column, an office's own line.

The patterns go further than those that mask logs (`gongkai.text.personal`): numbers spread by blanks, addresses, plates.
A number that only looks personal (an order, a document, a project) is told by its label, its check digit, its place of
issue; what stays in doubt is said to be in doubt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from gongkai.readers.precheck.flow import Flow
from gongkai.readers.precheck.kinds import Grade
from gongkai.readers.precheck.lists import Lists
from gongkai.text.normal import fold
from gongkai.text.personal import identity_fits, luhn
from gongkai.text.places import by_code

_EDGE, _END = r"(?<![0-9A-Za-z.])", r"(?![0-9A-Za-z]|\.\d)"
_S = r"[ \u2028\t-]?"
_IDENTITY = re.compile(
    rf"{_EDGE}[1-9]\d{{5}}{_S}(?:18|19|20)\d\d{_S}(?:0[1-9]|1[0-2]){_S}[0-3]\d{_S}\d{{3}}[0-9Xx]{_END}"
)
_OLD_IDENTITY = re.compile(rf"{_EDGE}[1-9]\d{{7}}(?:0[1-9]|1[0-2])[0-3]\d{{4}}{_END}")
_MOBILE = re.compile(rf"{_EDGE}(?:\+?(?:00)?86[- ]?)?1[3-9]\d(?:[- ]?\d{{4}}){{2}}{_END}")
_TELEPHONE = re.compile(r"(?<![0-9A-Za-z-])\(?0[1-9]\d{1,2}[)-]?[- ]?[2-8]\d{6,7}(?![0-9A-Za-z])")
_CARD = re.compile(rf"{_EDGE}(?:\d{{4}}[ -]){{3,4}}\d{{1,7}}{_END}|{_EDGE}[3-9]\d{{14,18}}{_END}")
_EMAIL = re.compile(
    r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9_][A-Za-z0-9._%+-]{0,63}@(?:[A-Za-z0-9-]{1,63}\.){1,6}[A-Za-z]{2,18}"
)
_PASSPORT = re.compile(
    r"(?:护照|通行证|军官证|士兵证|居留证)(?:号码?|编号)?[:： ]{0,3}([A-Z]{1,2}\d{6,9}|[^\s\d，。]{0,3}字?第?\d{6,8}号?)"
)
_DISABLED = re.compile(
    r"(?:残疾证|医保|社保|社会保障|低保证|士兵证|学籍|准考证)(?:卡|证)?(?:号码?|编号)[:： ]{0,3}([0-9A-Za-z]{8,20})"
)
_PLATE = re.compile(
    r"(?<![一-鿿])?[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][·. ]?(?=[A-Z]{0,2}[0-9])[A-HJ-NP-Z0-9]{5,6}(?![0-9A-Za-z])"
)
_BORN = re.compile(
    r"(?:出生(?:日期|年月日?|于)?|生日|生于)[:： ]{0,3}((?:19|20)\d\d(?:年|[-./])\d{1,2}(?:月|[-./])\d{1,2}日?)"
)
_LIVES = re.compile(
    r"(?:家庭住址|家庭地址|户籍地址?|户籍所在地|现住址?|居住地址?|经常居住地|常住地址|身份证(?:住址|地址)|住址|住所地?|住)"
    r"[:：为于在是 ]{0,3}((?=[^，。；,;\n\u2028]{2,36}?(?:号|室|组|栋|幢|单元|弄|村|小区|庄|屯|社区))[^，。；,;\n\u2028）)]{5,40})"
)
_DOOR = re.compile(
    r"[一-鿿]{2,12}(?:村|社区|小区|花园|家园|新村|公寓|街|路|巷)[一-鿿0-9]{0,10}?"
    r"(?:\d{1,4}号?(?:楼|栋|幢|座)[一-鿿]{0,2}?(?:\d{1,2}单元)?\d{2,4}(?:室|户|号)?|\d{1,3}组\d{1,4}号|\d{1,2}单元\d{2,4}(?:室|户|号)?)"
)

_IS_IDENTITY = re.compile(r"身份证|公民身份|身份号码|证件号|身份信息|证号")
_IS_CARD = re.compile(r"银行卡|卡号|储蓄卡|信用卡|社保卡|一卡通|惠农卡|存折|个人账[号户]")
_IS_ACCOUNT = re.compile(r"[账帐][号户]|开户")
_IS_MOBILE = re.compile(r"手机|电话|联系方式|联系人|微信|联系")
_IS_ORDER = re.compile(
    r"(?:订单|单号|编号|流水|文号|代码|编码|条码|案号|合同|发票|运单|快递|批次|批号|项目号|许可证|信用代码|组织机构|索引号|标书|ISBN|ISSN|"
    r"备案号|登记号|受理号|业务号|序列号|资产号|凭证|档号|统计|图号|宗地|不动产|电表|户号|表号|机身|车架|发动机|条形|版权|专利|文件号|收据|票据)[^0-9\n]{0,8}$",
    re.IGNORECASE,
)
_OFFICE = re.compile(
    r"咨询|办公|值班|热线|监督|举报|投诉|受理|传真|服务电话|联系电话|电话[:： ]|窗口|大厅|机关|单位|邮编|地址[:： ]|联系人|联系科室|经办|承办|"
    r"科室|股室|政府|委员会|办公室|[局处科股所站委][:： ]|中心|公安|12345|接听|报名|报送|查询|技术支持|公务"
)
_OFFICE_LABEL = re.compile(
    r"(?:咨询|办公|值班|监督|举报|投诉|服务|受理|报名|查询)(?:电话|热线|邮箱)|热线|传真|邮编|邮政编码|电子邮箱|电子信箱"
)
_PRIVATE = re.compile(
    r"家庭|住宅|宅电|本人|当事人|申请人|户主|家属|监护人|被处罚人|受助|救助对象|学生|家长|患者|考生|姓名|村民|居民|享受|领取人|持卡人|户名"
)
_COMPANY = re.compile(
    r"公司|企业|法定代表人|信用代码|经营者|合作社|厂|事务所|注册|营业|单位名称|机构|中心|学校|医院|政府|委员会"
)
_PRIVATE_MAIL = re.compile(
    r"@(?:[a-z0-9.-]+\.)?(?:qq|163|126|yeah|sina|sohu|139|189|wo|21cn|foxmail|gmail|outlook|hotmail|live|msn|aliyun|icloud|yahoo|tom)\.",
    re.IGNORECASE,
)
_SENSITIVE_HEAD = re.compile(
    r"健康状况|病情|病种|疾病|诊断|残疾(?:类别|类型|等级|情况)|致贫原因|犯罪|前科|宗教信仰|精神状况|婚姻状况|婚育|怀孕|艾滋|信访诉求|家庭收入|存款|开户行|政治面貌|血型|指纹|照片"
)
_ADDRESS_HEAD = re.compile(r"家庭住址|家庭地址|^住址|户籍地?|户口所在地|现住址|居住地")
_PROVINCES = frozenset(
    [
        "11",
        "12",
        "13",
        "14",
        "15",
        "21",
        "22",
        "23",
        "31",
        "32",
        "33",
        "34",
        "35",
        "36",
        "37",
        "41",
        "42",
        "43",
        "44",
        "45",
        "46",
        "50",
        "51",
        "52",
        "53",
        "54",
        "61",
        "62",
        "63",
        "64",
        "65",
        "71",
        "81",
        "82",
        "83",
    ]
)


@dataclass(frozen=True, slots=True)
class Clue:
    """A stretch `start:end` of the flow text that looks personal; `shown` characters are left when it is masked."""

    kind: str
    start: int
    end: int
    grade: Grade
    says: str = ""
    keep: tuple[int, int] = (3, 2)


def clues(flow: Flow, lists: Lists) -> list[Clue]:
    """Everything that looks personal, in order, none within another."""
    own = {_bare(fold(contact)) for contact in lists.contacts}
    taken: list[Clue] = []
    used = bytearray(len(flow.text) + 1)
    for find in (_mails, _identities, _mobiles, _cards, _telephones, _numbers, _plates, _births, _homes):
        for clue in find(flow):
            if any(used[clue.start : clue.end]) or _bare(flow.text[clue.start : clue.end]) in own:
                continue
            used[clue.start : clue.end] = b"\x01" * (clue.end - clue.start)
            taken.append(clue)
    taken += [clue for clue in _broken(flow) if not any(used[clue.start : clue.end])]
    return sorted(taken, key=lambda clue: clue.start)


def sensitive_head(head: str) -> bool:
    """Whether the head of a column announces what is sensitive about persons."""
    return _SENSITIVE_HEAD.search(head) is not None


def address_head(head: str) -> bool:
    """Whether the head of a column announces where persons live."""
    return _ADDRESS_HEAD.search(head) is not None


def _bare(text: str) -> str:
    return re.sub(r"[\s()+-]", "", text).lower()


@dataclass(frozen=True, slots=True)
class _Around:
    """What stands before and around a stretch: its line, a short line before it, the head of its column."""

    before: str
    above: str
    line: str
    head: str

    def labelled(self, pattern: re.Pattern[str]) -> bool:
        """Whether a label stands right before the stretch or over it."""
        return pattern.search(self.head) is not None or pattern.search(self.before[-24:]) is not None

    @property
    def order(self) -> bool:
        """Whether it is labelled as a number of a thing."""
        return _IS_ORDER.search(self.before[-28:]) is not None or _IS_ORDER.search(self.head) is not None

    @property
    def office(self) -> bool:
        """Whether it reads like the line of an office and not of a person."""
        if _OFFICE_LABEL.search(self.above[-30:]):
            return True
        return _OFFICE.search(self.line) is not None and not self.private

    @property
    def private(self) -> bool:
        """Whether it speaks of a private person: says so, or stands beside the number of an identity card."""
        if _PRIVATE.search(self.line) is not None or _PRIVATE.search(self.head) is not None:
            return True
        return any(identity_fits(_digits(found.group())) for found in _IDENTITY.finditer(self.line))


def _around(flow: Flow, start: int, end: int) -> _Around:
    first, last = flow.line(start)
    index = flow.origin(start, end)[0]
    piece, previous = flow.pieces[index], flow.pieces[max(0, index - 1)]
    near = flow.text[max(first, start - 100) : min(last, end + 60)]
    before = above = flow.text[max(first, start - 60) : start]
    # A label ends the line above; a cell of a table is none, nor is what stands in another part of the file.
    goes_on = not (piece.column or previous.column) and piece.place.part == previous.place.part
    if first > 1 and start - first < 40 and goes_on:
        begin, stop = flow.line(first - 2)
        ended = flow.text[stop - 1] in "。！？；"
        if stop - begin <= 30 or (piece.wraps and not ended):
            above = flow.text[max(begin, stop - 60) : stop] + before
            near = flow.text[max(begin, stop - 60) : stop] + near
    return _Around(before, above, near, piece.head)


def _digits(text: str) -> str:
    return re.sub(r"[^0-9Xx]", "", text)


def _born(number: str, length: int) -> bool:
    """Whether the date within an identity number is a day that was."""
    said = number[6:14] if length == 18 else "19" + number[6:12]
    try:
        day = date(int(said[:4]), int(said[4:6]), int(said[6:8]))
    except ValueError:
        return False
    return 1880 <= day.year <= 2035


def _identities(flow: Flow) -> Iterator[Clue]:
    for found in _IDENTITY.finditer(flow.text):
        number = _digits(found.group())
        around = _around(flow, *found.span())
        labelled = around.labelled(_IS_IDENTITY)
        if identity_fits(number) and number[:2] in _PROVINCES and _born(number, 18):
            grade: Grade = "doubt" if around.order and not labelled else "warning"
            yield Clue("identity", *found.span(), grade)
        elif labelled and not around.order:
            wrong = "地区代码或者出生日期不对" if identity_fits(number) else "校验位不符"
            yield Clue("identity", *found.span(), "doubt", f"像是公民身份号码，但{wrong}，可能有一位写错了。")
    for found in _OLD_IDENTITY.finditer(flow.text):
        number, around = found.group(), _around(flow, *found.span())
        if _born(number, 15) and (around.labelled(_IS_IDENTITY) or (by_code(number[:6]) and not around.order)):
            yield Clue("identity", *found.span(), "doubt", "像是十五位的旧身份证号。")


def _mobiles(flow: Flow) -> Iterator[Clue]:
    for found in _MOBILE.finditer(flow.text):
        around = _around(flow, *found.span())
        if around.order and not around.labelled(_IS_MOBILE):
            continue
        if around.office:
            says = "是手机号码，看上下文像是工作联系方式。"
            yield Clue("phone", *found.span(), "note", says)
        else:
            yield Clue("phone", *found.span(), "warning" if around.private else "doubt")


def _telephones(flow: Flow) -> Iterator[Clue]:
    for found in _TELEPHONE.finditer(flow.text):
        around = _around(flow, *found.span())
        if around.private:
            yield Clue("telephone", *found.span(), "doubt", "像是个人的固定电话。", (4, 1))
        elif not around.office and not around.order:
            yield Clue("telephone", *found.span(), "note", "", (4, 1))


def _cards(flow: Flow) -> Iterator[Clue]:
    for found in _CARD.finditer(flow.text):
        number, around = _digits(found.group()), _around(flow, *found.span())
        if not 15 <= len(number) <= 19 or "X" in number.upper():
            continue
        card, account = around.labelled(_IS_CARD), around.labelled(_IS_ACCOUNT)
        if luhn(number) and number[0] in "3456" and not (around.order and not card):
            likely: Grade = "warning" if card or (account and around.private) else "doubt"
            office = account and not card and around.office
            if not (number[:2] == "62" or card or account):
                likely = "note"
            yield Clue("bank_card", *found.span(), "note" if office else likely)
        elif card:
            yield Clue("bank_card", *found.span(), "doubt", "标作银行卡号，但校验位不符，可能有一位写错了。")


def _mails(flow: Flow) -> Iterator[Clue]:
    for found in _EMAIL.finditer(flow.text):
        address = found.group().lower()
        if address.endswith("gov.cn"):
            continue
        around = _around(flow, *found.span())
        private = _PRIVATE_MAIL.search(address) is not None
        if private:
            yield Clue("email", *found.span(), "note" if around.office else "doubt", "", (2, 0))
        elif not around.office:
            yield Clue("email", *found.span(), "note", "", (2, 0))


def _numbers(flow: Flow) -> Iterator[Clue]:
    for pattern, says in ((_PASSPORT, "像是个人的证件号。"), (_DISABLED, "像是个人的证、卡号码。")):
        for found in pattern.finditer(flow.text):
            yield Clue("person_number", *found.span(1), "doubt", says)


def _plates(flow: Flow) -> Iterator[Clue]:
    for found in _PLATE.finditer(flow.text):
        yield Clue("person_number", *found.span(), "note", "像是车牌号。", (2, 1))


def _births(flow: Flow) -> Iterator[Clue]:
    for found in _BORN.finditer(flow.text):
        yield Clue("birth_date", *found.span(1), "note", "", (4, 0))


def _homes(flow: Flow) -> Iterator[Clue]:
    for found in _LIVES.finditer(flow.text):
        around = _around(flow, *found.span(1))
        company = _COMPANY.search(around.line) is not None
        if not company or around.private:
            yield Clue("address", *found.span(1), "doubt", "", (6, 0))
    for found in _DOOR.finditer(flow.text):
        around = _around(flow, *found.span())
        if around.private or not (around.office or _COMPANY.search(around.line)):
            yield Clue("address", *found.span(), "doubt", "", (6, 0))


def _broken(flow: Flow) -> Iterator[Clue]:
    """Numbers that a line end parts; only what proves itself by a check digit or a label."""
    for joined, places, cut in flow.broken():
        for kind, pattern in (("identity", _IDENTITY), ("phone", _MOBILE), ("bank_card", _CARD)):
            for found in pattern.finditer(joined):
                start, end = found.span()
                if not start < cut < end:
                    continue
                number, before = _digits(found.group()), joined[max(0, start - 16) : start]
                holds = {
                    "identity": identity_fits(number) and number[:2] in _PROVINCES,
                    "phone": _IS_MOBILE.search(before) is not None,
                    "bank_card": luhn(number) and _IS_CARD.search(before) is not None,
                }[kind]
                if holds:
                    yield Clue(kind, places[start], places[end - 1] + 1, "warning" if kind == "identity" else "doubt")
