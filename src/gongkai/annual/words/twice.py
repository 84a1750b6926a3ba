"""One quantity said in two places of the words with two numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.annual.findings import Finding
from gongkai.annual.passages import found_in
from gongkai.annual.report import Report
from gongkai.annual.words import registry, scope
from gongkai.annual.words.lists import compatible
from gongkai.annual.words.making import clause_start
from gongkai.annual.words.mentions import REACH, Mention, Page

_YEAR = re.compile(r"20[0-2]\d年?(?:度)?|截[至止](?:到)?.{0,10}?(?:底|末|日)?[，,]?|本年度|今年(?:以来)?|年度")
_QUALIFIERS = re.compile(
    r"全[省市县区镇乡州旗局系街国][统道]?|我[省市县区镇乡局办委街][道]?|本[级机单局办镇乡街区县市][关位道]?|各[级部单地乡科][门位镇室]?|[市县区镇省]级|"
    r"网站|门户|微信|公众号|微博|抖音|平台|专栏|栏目|公报|公开栏|公示栏|新媒体|广播|电视|报刊|短视频|客户端|线上|线下|网上|现场|"
    r"上半年|下半年|季度|去年|上年|历年|累计|新增|首次|每[年月季]|以.{1,12}名义|[市县区]政府办?公?室?|局|委|部门|科室|村|社区"
)
_CHANNELS = re.compile(
    r"网站|门户|微信|公众号|微博|抖音|公报|公开栏|公示栏|新媒体|广播|电视|报刊|客户端|上半年|下半年|季度"
)
_DROPPED = re.compile(
    r"^(?:我[市县区镇乡局办委]|我街道|本[级局办镇乡区县市]|本机关|本单位|共|一共|总共|累计(?=主动|公开|发布)|全年|共计|合计|其中|同时|[一二三四五六七八九十]是|[，、])+|(?:了|共计|合计|共有|共|达到?|总计|为|约|:|：)+$"
)
_TOTAL = re.compile(r"全年|年度|累计|历年|共|总")
_PUBLISHES = r"(?:内|中|上|里)?(?:共|累计|主动|及时|已)*(?:公开|发布|更新|公布|上传|发表)(?:了|各类|政府|政务|相关|有关)*信息(?:共计|共|总计|达|有|量|[:：])*$"
_COLUMN = re.compile(r"(?P<name>[\u4e00-\u9fff“”\"·]{2,16}?)[”\"]?(?P<kind>专栏|栏目|专题|专区|板块|版块)" + _PUBLISHES)
_SAME_COLUMN = re.compile(r"(?:该|此|这一|上述)(?P<kind>专栏|栏目|专题|专区|板块|版块)" + _PUBLISHES)
_SET_UP = re.compile(
    r"(?:设立?|开设|设置|开通|建立|设有|开辟)(?:了|有)?[“\"]?(?P<name>[\u4e00-\u9fff]{2,12}?)[”\"]?(?P<kind>专栏|栏目|专题|专区|板块|版块)"
)
_LEADS = re.compile(r".*(?:网站|门户|平台|网|政府|通过|利用|依托|在|的|“|\")(?=[\u4e00-\u9fff]{2,})")


@dataclass(frozen=True, slots=True)
class _Key:
    noun: str
    qualifiers: frozenset[str]
    unit: str


def _before(page: Page, mention: Mention) -> str:
    """The sentence before and the heading above: 2.微信公众号。全年主动公开政府信息200条."""
    start = page.paragraphs[mention.paragraph].start
    last = page.sentences[max(0, mention.sentence - 1)]
    nearby = page.text[max(start, last.start, mention.start - REACH) : mention.start]
    if mention.paragraph and last.start <= start:
        above = page.paragraphs[mention.paragraph - 1]
        heading = page.text[above.start : above.end]
        nearby = (heading if len(heading) <= 30 and "。" not in heading else "") + nearby
    return nearby


def _key(page: Page, mention: Mention) -> _Key | None:
    noun = _YEAR.sub("", mention.phrase[-80:])
    for _ in range(3):
        noun = _DROPPED.sub("", noun)
    if len(noun) < 6 or not re.search(r"[\u4e00-\u9fff]{4}", noun) or mention.depth:
        return None
    nearby = frozenset(_CHANNELS.findall(_before(page, mention)))
    return _Key(noun, nearby | frozenset(_QUALIFIERS.findall(page.said_before(mention))), mention.unit)


def _plain(mention: Mention, page: Page) -> bool:
    return (
        mention.exact
        and not mention.quantity.percent
        and not mention.delta
        and not mention.plan
        and mention.parent is None
        and not mention.quantity.spelled
        and (_TOTAL.search(page.said_before(mention)[-40:]) is not None)
    )


def same_findings(pages: list[Page], report: Report) -> Iterator[Finding]:
    """The same noun phrase under the same qualifiers with two numbers, anywhere in the words."""
    seen: dict[_Key, tuple[Page, Mention]] = {}
    told: set[_Key] = set()
    for page in pages:
        for mention in page.mentions:
            if not _plain(mention, page):
                continue
            history = "历年" in page.said_before(mention)
            if not history and scope.other_time(page, mention, report):
                continue
            key = _key(page, mention)
            if key is None:
                continue
            before = seen.setdefault(key, (page, mention))
            if before[1] is mention or before[1].value == mention.value or key in told:
                continue
            told.add(key)
            yield _two_values(before[0], before[1], page, mention)


def _two_values(first_page: Page, first: Mention, page: Page, second: Mention) -> Finding:
    _, _, where = page.passage.place(second.phrase_start, second.end)
    return found_in(
        first_page.passage,
        registry.TWICE,
        clause_start(first_page, first),
        first.end,
        f"同一数量前后不一致：此处“{first.phrase}{first.said}”，{where}“{second.phrase}{second.said}”，请核实。",
        met=first.said,
        expected=second.said,
    )


def _column(name: str) -> str:
    return _LEADS.sub("", name).strip('“”"的在')


def column_findings(pages: list[Page], report: Report) -> Iterator[Finding]:
    """The yearly number of one column of a site said twice, also as 该专栏."""
    seen: dict[str, tuple[Page, Mention]] = {}
    for page in pages:
        for mention in page.mentions:
            if (
                not mention.exact
                or mention.quantity.percent
                or mention.delta
                or scope.other_time(page, mention, report)
            ):
                continue
            name = _column_of(page, mention)
            if not name:
                continue
            before = seen.setdefault(name, (page, mention))
            if before[1] is mention or before[1].value == mention.value or not compatible(before[1].unit, mention.unit):
                continue
            if _qualified(*before) != _qualified(page, mention):
                continue
            _, _, where = before[0].passage.place(before[1].phrase_start, before[1].end)
            yield found_in(
                page.passage,
                registry.TWICE,
                clause_start(page, mention),
                mention.end,
                f"“{name}”栏目的公开数量前后不一致：此处为{mention.said}，{where}为{before[1].said}，请核实。",
                met=mention.said,
                expected=before[1].said,
            )


def _qualified(page: Page, mention: Mention) -> bool:
    return bool(re.search(r"上半年|下半年|季度|新增|其中|\d月|首次", page.said_before(mention)))


def _column_of(page: Page, mention: Mention) -> str | None:
    same = _SAME_COLUMN.search(mention.phrase)
    if same:
        found = list(_SET_UP.finditer(page.said_before(mention)))
        return _column(found[-1]["name"]) if found and found[-1]["kind"] == same["kind"] else None
    named = _COLUMN.search(mention.phrase)
    return _column(named["name"]) if named else None
