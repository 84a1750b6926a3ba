"""Names of other places in a report: what was left from another county's text.

A name is a conflict only where the organ's own place must stand (依托…县政务系统, 由…县人民政府编制). Partners, visits,
training, courts, firms, quoted titles and names that are ordinary words (公安县, 资源县, 城区) are no fault.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.annual.findings import Finding
from gongkai.annual.home import Home, home
from gongkai.annual.passages import Passage, found_in, near, passages, readable
from gongkai.annual.report import Report
from gongkai.annual.rules import Rule
from gongkai.text.places import Division, Mention, full_name, mentions, ordinary_names
from gongkai.text.sentences import sentence_around

PLACE = Rule(
    "S-PLACE",
    "copy_paste",
    "conflict",
    "应当写本地名称的地方写了外地县（市、区）的名称",
    advice="请核对此处地名；如系沿用其他地方的文本，请改为本地名称并复核该段其余内容。",
)
PLACE_CITY = Rule(
    "S-PLACE-CITY",
    "copy_paste",
    "doubt",
    "应当写本地名称的地方写了外地设区的市或者同市其他县（市、区）的名称",
    advice="请核对此处地名；如确与该地有关，可不改。",
)
PLACE_ELSEWHERE = Rule(
    "S-PLACE-ELSEWHERE",
    "copy_paste",
    "doubt",
    "文中出现外省县（市、区）的名称而未说明缘由",
    advice="如确有关联（合作、学习、案例等），可不改；否则请核对是否沿用他处文本。",
)
RULES = (PLACE, PLACE_CITY, PLACE_ELSEWHERE)

# A sentence with one of these speaks of others on purpose.
_ON_PURPOSE = re.compile(
    "学习|考察|交流|调研|借鉴|参观|观摩|取经|前往|赴|对口|帮扶|协作|结对|援助|援建|支援|合作|共建|联合|联盟|"
    "跨省|跨市|跨区域|通办|互认|兄弟|先进|经验|典型|案例|做法|标杆|对标|来自|籍|法院|检察院|仲裁|大学|学院|"
    "学校|公司|集团|银行|医院|等地|毗邻|周边|邻近|接壤|户籍|居民|村民|申请人|原告|当事人|挂职|讲座|授课|"
    "培训班|论坛|研讨|流域|沿线|高速|铁路|大桥|水库|机场|移民|划归|撤销|更名|原名|合并|派驻|驻"
)
_USES = re.compile(r"(?:依托|登录|登陆|访问|通过|利用|使用|借助|运用|关注)[“\"《]?$")
_CHANNEL = re.compile(
    r"^(?:人民)?[\u4e00-\u9fff“”\"、（）()]{0,14}?(?:系统|平台|网站|门户|政务网|服务网|信息网|公众号|客户端|热线|政府公报|专栏|APP)"
)
_ITS_SEAT = re.compile(
    r"^(?:委、|县委|区委|市委|委和|(?:人民)?政府(?:门户)?网站|(?:人民)?政府信息公开(?:指南|目录|专栏|领导小组)|"
    r"政务公开(?:工作)?领导小组)"
)
_BY = re.compile(r"(?:由|请与|与|请向)$")
_MAKES = re.compile(r"^[\u4e00-\u9fff]{0,18}?(?:编制|汇编|联系)")
_ITS_REPORT = re.compile(r"^(?:人民政府)?[\u4e00-\u9fff]{0,12}?20\d\d年度?(?:政府)?信息公开(?:工作)?年度报告")
_INSIDE_A_NAME = re.compile(r"^[级域乡]")
_QUOTED = re.compile(r"《[^》]{0,80}$|“[^”]{0,30}$")


@dataclass(frozen=True, slots=True)
class _Foreign:
    passage: Passage
    mention: Mention
    division: Division
    own_place: bool


def check_places(report: Report) -> list[Finding]:
    """Other places' names: one finding a name, the gravest of its mentions."""
    at_home = home(report)
    if not at_home.known:
        return []
    chosen: dict[str, Finding] = {}
    for foreign in _foreign(report, at_home):
        rule = _rule(foreign, at_home)
        name = foreign.mention.name
        if rule and (name not in chosen or (rule is PLACE and chosen[name].id != PLACE.id)):
            chosen[name] = _finding(foreign, at_home, rule)
    return list(chosen.values())


def _foreign(report: Report, at_home: Home) -> Iterator[_Foreign]:
    for passage in passages(report):
        text = readable(passage.words.text)
        previous: Mention | None = None
        for mention in mentions(text):
            qualified = previous is not None and previous.end == mention.start
            previous = mention
            if mention.name in ordinary_names() or _INSIDE_A_NAME.match(text[mention.end : mention.end + 1]):
                continue
            if any(at_home.owns(division) for division in mention.divisions):
                continue
            start, end = sentence_around(passage.words.text, mention.start, mention.end)
            if _ON_PURPOSE.search(text, start, end) or _QUOTED.search(text[start : mention.start]):
                continue
            before, after = text[start : mention.start], text[mention.end : mention.end + 40]
            own_place = not qualified and _stands_for_own(before, after)
            yield _Foreign(passage, mention, mention.divisions[0], own_place)


def _stands_for_own(before: str, after: str) -> bool:
    return bool(
        (_USES.search(before) and _CHANNEL.match(after))
        or (_BY.search(before) and _MAKES.match(after))
        or _ITS_SEAT.match(after)
        or _ITS_REPORT.match(after)
    )


def _rule(foreign: _Foreign, at_home: Home) -> Rule | None:
    county = foreign.division.level == "county"
    if foreign.own_place:
        if foreign.division.level == "province":
            return None  # a province's own system serves others too
        return PLACE if county and not at_home.neighbours(foreign.division) else PLACE_CITY
    if county and not at_home.same_province(foreign.division) and len(foreign.mention.divisions) == 1:
        before = foreign.passage.words.text[max(0, foreign.mention.start - 1) : foreign.mention.start]
        return None if before in "省市州区县" and before else PLACE_ELSEWHERE
    return None


def _finding(foreign: _Foreign, at_home: Home, rule: Rule) -> Finding:
    own = full_name(at_home.divisions[0])
    other = full_name(foreign.division)
    start, end = near(foreign.passage, foreign.mention.start, foreign.mention.end)
    return found_in(
        foreign.passage,
        rule,
        start,
        end,
        f"此处写的是“{foreign.mention.name}”（{other}），本报告的编制机关在{own}，请核实。",
        met=foreign.mention.name,
        expected=at_home.divisions[0].name,
    )
