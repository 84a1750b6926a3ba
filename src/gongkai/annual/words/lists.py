"""Wholes and their parts in the words: 其中, 包括, brackets, enumerations with shares.

A list is judged by every reading it allows: which number is its whole, where it ends, which parts nest in others.
Only what no reading makes true is a finding.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from gongkai.annual.words.lexicon import term
from gongkai.annual.words.mentions import Mention, Page
from gongkai.text.numbers import CASE_UNITS, INFORMATION_UNITS

_OPENER = re.compile(
    r"其中|包括|包含|涵盖|涉及|含(?!有)|分别(?:为|是)|(?:具体|主要)(?:为|是|有|包括|涉及)?[:：]?|分为|[:：]"
)
_OPEN_OPENER = re.compile(r"包括|包含|涵盖|含|涉及|主要|如")
_SHARE_GAP = re.compile(
    r"^[，,、(]?(?:约|各)?(?:占(?:比|了)?[^，。；、()]{0,14}|比例(?:约)?(?:为|达)?|占比(?:约)?(?:为|达)?)[:：]?$"
)
_BASE_GAP = re.compile(r"^[，,(]?(?:约)?占(?:了|比)?(?:其中)?[^，,。；;、()]{0,14}$")
_OF_BASE = re.compile(r"^[^，,。；;、()\d]{0,8}?(?:的|的比例为?|的比重为?)?(?P<about>约|近)?$")
_OTHER_BASE = re.compile(r"全[省市县区国州旗]|上年|去年|应(?!急)|考核|权重|分值|绩效|人口|面积|用户|网民|投资")
_LINK = re.compile(
    r"^[^，,、；;。：:()]{0,4}[，,、；;](?:和|及|以及|与|另有|另外?|还有|其余)?(?P<label>[^，,；;。：:]{0,36})$|"
    r"^(?:和|及|以及|与)(?P<label2>[^，,；;。：:]{1,20})$"
)
_ACTION = re.compile(
    r"^(?:[^、]{0,6})?(?P<verb>回应|回复|答复|办理|受理|收到|接到|召开|举办|开展|组织|编制|编发|编印|印发|接待|处理|解决|培训|参加|办结|走访|发放|收集|征集|解答|举行|"
    r"承办|推送|转载|制作|审核|报送|指导|检查|督办|通报|整改|新增|新建|开设|设立|更新|维护|修订|录入|邀请|拍摄|撰写|完成|建成|获得|上传|采纳|反馈|转办|引发|发生)"
)
_NEW_TOTAL = re.compile(r"^(?:全年|累计|总计|合计|共计|共|总共|本年度|今年|同时|此外|[^、]{0,8}(?:共|累计|合计|总计))")
_OTHERS = re.compile(
    r"^(?:及|和)?(?:其[他它](?!处理|结果)|其余|剩余|余下|另有其[他它])|(?:及|和|、)其[他它](?:类|信息|文件|方面|类别|事项|公文)?$"
)
_PLAIN_OTHERS = re.compile(r"(?:其中)?其[他它](?:类|信息|类信息|文件|事项|方面|类别|内容)?$")
_MEDIA = re.compile(
    r"网站|微信|公众号|微博|公告栏|公示栏|公开栏|宣传栏|电视|广播|报刊|报纸|客户端|抖音|新媒体|公报|平台|头条|APP|媒体|渠道|电子屏|显示屏"
)
_PAIRS = tuple(
    re.compile(p)
    for p in (
        r"(?:市|省|县|区)级[^|]*\|[^|]*(?:区|市|县|乡|镇)级",
        r"网[上络][^|]*\|[^|]*(?:书面|线下)",
        r"书面[^|]*\|[^|]*网[上络]",
        r"线上[^|]*\|[^|]*线下",
        r"线下[^|]*\|[^|]*线上",
        r"自然人[^|]*\|[^|]*(?:法人|组织)",
        r"现场[^|]*\|[^|]*电话",
        r"电话[^|]*\|[^|]*现场",
    )
)


@dataclass(slots=True)
class Parts:
    """Parts of a whole. `wholes` are the candidates, nearest first; `ragged` when where it ends is uncertain."""

    wholes: list[Mention]
    items: list[Mention]
    opener: str
    open: bool = False
    ragged: bool = False
    nested: bool = False
    bracket: bool = False
    far: bool = False
    returned: bool = False
    groups: list[int] = field(default_factory=list)

    @property
    def values(self) -> list[int]:
        """The parts' numbers."""
        return [m.value for m in self.items]

    @property
    def total(self) -> int:
        """The sum of the parts."""
        return sum(self.values)

    @property
    def family(self) -> str | None:
        """Outcome, applicant, channel or result, when that is what the parts are."""
        found = [term(m.label) for m in self.items]
        families = {t.family for t in found if t}
        return families.pop() if len(families) == 1 and sum(1 for t in found if t) * 2 > len(found) else None

    @property
    def others(self) -> bool:
        """Whether the list says that nothing is left out."""
        last = self.items[-1].label
        return (
            bool(_OTHERS.search(last)) or any(_PLAIN_OTHERS.match(m.label) for m in self.items) or "分别" in self.opener
        )

    @property
    def media(self) -> bool:
        """Whether the parts are channels of publication, in which one item may stand several times."""
        return any(_MEDIA.search(m.label) for m in self.items)

    @property
    def paired(self) -> bool:
        """Whether the parts are two halves of one thing."""
        if len(self.items) != 2:
            return False
        said = "|".join(m.label for m in self.items)
        return any(p.search(said) for p in _PAIRS)


def attach_shares(page: Page) -> list[Mention]:
    """Give each count the 占…% that follows it; the counts alone are returned, in order."""
    counts: list[Mention] = []
    for mention in page.mentions:
        if not mention.quantity.percent:
            counts.append(mention)
        elif len(counts) > 1 and _names_base(page, counts[-2], counts[-1], mention):
            base = counts.pop()
            counts[-1].share, counts[-1].base = mention, base
        elif counts and counts[-1].share is None:
            gap = page.text[counts[-1].end : mention.start]
            if _SHARE_GAP.match(gap) and not _OTHER_BASE.search(gap):
                counts[-1].share = mention
                if re.search("约|近|超|逾", gap):
                    mention.quantity = replace(mention.quantity, exact=False)
    return counts


def _names_base(page: Page, item: Mention, base: Mention, share: Mention) -> bool:
    """Whether the clause reads 60条，占总数120条的70%, its whole beside the share."""
    if item.index != base.index - 1 or base.index != share.index - 1 or item.share:
        return False
    lead, gap = page.text[item.end : base.start], page.text[base.end : share.start]
    match = _OF_BASE.match(gap)
    if match and match["about"]:
        share.quantity = replace(share.quantity, exact=False)
    return bool(match and _BASE_GAP.match(lead) and compatible(item.unit, base.unit))


def stop_of(mention: Mention) -> int:
    """Where the count with its share ends."""
    return mention.share.end if mention.share else mention.end


def compatible(one: str, other: str) -> bool:
    """条, 件, 篇, 份 count the same things, and so do 件, 份, 起, 宗; 次, 期, 场, 人 only themselves."""
    if one == other:
        return True
    return {one, other} <= INFORMATION_UNITS or {one, other} <= CASE_UNITS


def _outer_text(page: Page, start: int, end: int, depth: int) -> str:
    """The words between two positions, deeper brackets left out."""
    text = page.text[start:end]
    if "(" not in text and ")" not in text:
        return text
    kept, level = [], page.depth_at(start)
    for character in text:
        if character == "(":
            level += 1
        elif character == ")":
            level -= 1
        elif level <= depth:
            kept.append(character)
    return "".join(kept)


def _continues(page: Page, last: Mention, following: Mention, first: Mention) -> bool | None:
    """Whether the next count is the next part: None where the list ends cleanly before it."""
    gap = _outer_text(page, stop_of(last), following.start, last.depth)
    if "。" in gap or "\n" in gap or gap.lstrip(")").startswith("等"):
        return None
    match = _LINK.match(gap)
    if not match or following.delta or not following.exact:
        return False
    label = (match["label"] or match["label2"] or "").strip()
    if not compatible(first.unit, following.unit) or _NEW_TOTAL.match(label) or not label:
        return False
    if _OPENER.search(label):
        return False
    one, other = term(first.label), term(following.label)
    verb, own = _ACTION.match(label), _ACTION.match(_bare(first.label))
    if verb and other is None and not (own and own["verb"] == verb["verb"]):
        return False
    if one and not other:
        return not _OTHER_MATTER.search(label)
    return not (one and other and {one.family, other.family} not in _TOGETHER)


_OTHER_MATTER = re.compile(r"复议|诉讼|投诉|收费|信访件|咨询")
_TOGETHER = ({"outcome"}, {"ground"}, {"outcome", "ground"}, {"applicant"}, {"channel"}, {"result"})


def _bare(label: str) -> str:
    return _OPENER.sub("", label, count=1)


def _opens(page: Page, counts: list[Mention], position: int) -> tuple[str, bool] | None:
    """The opener between a count and the one before it, and whether a bracket makes it."""
    mention = counts[position]
    start = max(page.paragraphs[mention.paragraph].start, stop_of(counts[position - 1]) if position else 0)
    between = page.text[start : mention.start]
    openers = list(_OPENER.finditer(between))
    opener = openers[-1] if openers else None
    if position and mention.depth > counts[position - 1].depth:
        lead = between.partition("(")[0]
        if len(lead) <= 4 and not re.search("[，,；;。]", lead):
            return (opener[0] if opener else "("), True
    if opener is not None and page.depth_at(start + opener.start()) != mention.depth:
        return None
    if opener is None or ("，" in between[opener.end() :] and "。" in between[opener.end() :]):
        return None
    behind = between[opener.end() :].lstrip("，,:：")
    if re.search("[，,；;。：:\n]", behind) or len(behind) > 30:
        return None
    before = between[: opener.start()]
    if opener[0] in "：:" and ("。" in before or not position or len(before) > 20):
        return None
    return opener[0], False


def _wholes(page: Page, counts: list[Mention], position: int, bracket: bool) -> list[Mention]:
    first = counts[position]
    found: list[Mention] = []
    sentence_start = page.sentences[first.sentence].start
    lead = page.text[sentence_start : first.start]
    opened = _OPENER.search(lead)
    reach = first.sentence - (1 if opened and opened.start() <= 3 and first.sentence else 0)
    for mention in reversed(counts[:position]):
        if mention.sentence < reach or mention.paragraph != first.paragraph:
            break
        if mention.depth > first.depth or mention.delta:
            continue
        found.append(mention)
        if bracket or len(found) >= 8:
            break
    return found


def enumerations(page: Page, counts: list[Mention]) -> list[Parts]:
    """Every list of parts that an opener or a bracket begins."""
    lists: list[Parts] = []
    for position, first in enumerate(counts):
        opens = _opens(page, counts, position) if position else None
        if opens is None or first.delta:
            continue
        opener, bracket = opens
        wholes = [w for w in _wholes(page, counts, position, bracket) if compatible(w.unit, first.unit)]
        if not wholes or not first.exact:
            continue
        parts = collect(page, counts, position)
        parts.wholes, parts.opener, parts.bracket = wholes, opener, bracket
        between = page.text[stop_of(counts[position - 1]) : first.start]
        parts.open = parts.open or (bool(_OPEN_OPENER.search(between.rpartition("。")[2])) and "分别" not in opener)
        parts.nested = any(p.items and wholes[0] in p.items and not bracket for p in lists)
        if parts.nested and parts.groups:
            # Inside a part the semicolon ends its own parts.
            parts.items, parts.wholes, parts.nested = parts.items[: parts.groups[0]], wholes[:1], False
            parts.groups = []
        for item in parts.items:
            item.parent = item.parent or wholes[0]
        lists.append(parts)
    return lists


_TRAILING = re.compile(r"^(?:共计|合计|总计|总共|共)$")


def trailing_totals(page: Page, counts: list[Mention], lists: list[Parts]) -> list[Parts]:
    """A 331人次，B 61人次，共计392人次: a whole that follows its parts."""
    taken = {m.index for parts in lists for m in parts.items}
    found = []
    for position, whole in enumerate(counts):
        if position < 2 or not _TRAILING.match(whole.label) or not whole.exact or whole.delta:
            continue
        items: list[Mention] = []
        following = whole
        for mention in reversed(counts[:position]):
            if mention.sentence != whole.sentence or mention.depth != whole.depth or mention.index in taken:
                break
            gap = _outer_text(page, stop_of(mention), following.start, whole.depth)
            if not _LINK.match(gap) or mention.unit != whole.unit or not mention.exact or mention.delta:
                break
            items.insert(0, mention)
            following = mention
        if len(items) >= 2:
            found.append(Parts([whole], items, whole.label, open=whole.label == "共", ragged=True))
    return found


def collect(page: Page, counts: list[Mention], position: int) -> Parts:
    """The run of parts that begins with one count: same depth, links of a few words, one kind of unit."""
    first = counts[position]
    parts = Parts([], [first], "")
    last = first
    for following in counts[position + 1 :]:
        if following.depth > first.depth and following.paragraph == first.paragraph:
            continue
        if following.depth < first.depth or following.paragraph != first.paragraph:
            parts.ragged = following.paragraph == first.paragraph and not _closed_after(page, last)
            break
        going = _continues(page, last, following, first)
        if not going:
            parts.ragged = going is False
            if going is False:
                _return_after_nested(page, counts[position : position + 60], parts, last)
            break
        if re.search("[；;]", page.text[stop_of(last) : following.start]):
            parts.groups.append(len(parts.items))
        parts.items.append(following)
        last = following
    parts.open = bool(re.match(r"[^，,；;。()]{0,2}等(?!级)", page.text[stop_of(last) : stop_of(last) + 5]))
    return parts


def _return_after_nested(page: Page, counts: list[Mention], parts: Parts, last: Mention) -> None:
    """A 60条，其中A1 20条，A2 40条；B 40条: after the parts of A a semicolon leads back to the outer list."""
    following = next((m for m in counts if m.index > last.index and m.depth == last.depth), None)
    if following is None or not _OPENER.match(following.label):
        return
    first = parts.items[0]
    for mention in counts:
        if mention.sentence > last.sentence:
            break
        if mention.start <= following.start or mention.depth != last.depth:
            continue
        lead = page.text[max(stop_of(last), mention.start - 40) : mention.start]
        if re.search(r"[；;][^，,；;。：:]{1,26}$", lead) and compatible(first.unit, mention.unit) and mention.exact:
            parts.items.append(mention)
            parts.returned = True
    parts.ragged = parts.ragged and not parts.returned


def _closed_after(page: Page, last: Mention) -> bool:
    return page.text[stop_of(last) : stop_of(last) + 2].startswith(")")
