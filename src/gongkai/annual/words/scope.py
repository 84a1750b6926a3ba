"""Whose number and of which time: the words of a sentence against the organ and the year of the report."""

from __future__ import annotations

import re

from gongkai.annual.report import Report
from gongkai.annual.words.mentions import REACH, Mention, Page

_YEAR = re.compile(
    r"(?<![\d〔\[])(?<!结转)(?<!结转[至到入])(?<!转入)(20[0-2]\d)(?!年(?:度)?(?:的)?(?:未办结)?(?:结转|转入))(?=年|[-—至~]\d)"
)
_CARRIED_YEAR = re.compile(r"(?:结转|转入)(?:至|到|入)?(20\d\d)年|(20\d\d)年(?:度)?(?:的)?(?:未办结)?(?:结转|转入)")
_OTHER_TIME = re.compile(
    r"历年|历史|累计(?=.{0,4}(?:至今|以来))|"
    r"(?:自|从).{2,24}以来(?!,?本|,?全)|近[两三四五\d]年|[三四五\d]年来|十[三四]五|上半年|下半年|[一二三四1-4](?:-[1-4])?季度|"
    r"去年(?!结转|同期)|上一?年(?:度)?(?!度?(?:的)?(?:未办结)?(?:结转|转入))|往年(?!结转)|同期|\d{1,2}月(?:份)?(?!\d|1日|底|31)(?=以来|共|全|,|，)|任期|试行以来|实施以来"
)
_REGION = re.compile(
    r"全(?:省|市|州|盟|县|区|旗|镇|乡|街道|域|新区|系统|局)|各级|各部门|各单位|各地|各乡镇|各科室|"
    r"市县两级|县乡两级|两级|(?:市|县|区)级(?:行政)?(?:机关|部门)"
)
_OFFICE = re.compile(r"[我本]办(?!理|结|公|法|事)|办公(?:室|厅)|政府办|党政办|政务公开办|府办|区办|县办|市办")
_OWN_LEVEL = re.compile(
    r"本级(?!政府网站)|(?:市|县|区)本级|代表.{0,6}政府|以.{0,6}政府名义|本机关(?!不掌握|未|职责|制作|无|没有|公开|负责|不)"
)
_PARTS = re.compile(r"局|委员?会|办公室|镇|乡|街道|县|区|部门")
_GOVERNMENT = re.compile(r"(?:人民政府|管委会|管理委员会|(?:省|市|县|区|旗|州|盟))$")
_SOME = re.compile(
    r"(?<![各全])(?:乡镇|镇街|街镇|镇(?:乡|和)?街道|[市县区旗州]直(?:属)?(?:部门|单位|机关)?|基层|下级)"
    r"[^，,；;。]{0,6}(?:收到|受理|接收|办理|答复|办结|新收)"
)
"""Some organs of a region, not all of it: 乡镇收到……, 县直部门收到……."""
_ABOVE = re.compile(r"全(?:省|市|州|盟|县|区|旗)")
_LOWEST = re.compile(r"(?:镇|乡|街道)(?:人民政府|办事处)?$|街道办事处$")


def other_time(page: Page, mention: Mention, report: Report) -> bool:
    """Whether the number belongs to another year, a part of the year or to several years."""
    span = page.sentences[mention.sentence]
    before = page.said_before(mention)
    years = [int(y) for y in _YEAR.findall(before)]
    if report.year is not None and years and years[-1] != report.year:
        return True
    if report.year is None and len(set(years)) > 1:
        return True
    # The clause itself, and the words that open the sentence when they are but a time: 上半年，……
    lead = re.match(r"[^，,；;。：:]{0,14}(?=[，,])", page.text[span.start : min(mention.start, span.start + 20)])
    said = (lead[0] if lead else "") + "，" + mention.phrase[-REACH:]
    return bool(_OTHER_TIME.search(said)) or _other_carry(said, mention, report)


def _other_carry(said: str, mention: Mention, report: Report) -> bool:
    """结转 with a year named: from the year before, or to the year after, and from or to no other."""
    match = _CARRIED_YEAR.search(said + mention.tail)
    if match is None or report.year is None:
        return False
    onward, back = match.groups()
    return int(onward or back) != report.year + (1 if onward else -1)


def differs(page: Page, mention: Mention, report: Report) -> bool:
    """Whether the sentence may count another circle of organs than the table: a region, one office, one level."""
    said = page.said_before(mention)
    organ = report.organ or ""
    office = bool(_OFFICE.search(said))
    if _OWN_LEVEL.search(said):
        return not office or not _OFFICE.search(organ)
    if _SOME.search(mention.phrase):
        return True
    region = _REGION.search(said)
    if region and report.scope == "own_body":
        return True  # it is known that the tables are the organ's alone
    if not organ:
        return bool(region)
    if region and _LOWEST.search(organ) and _ABOVE.search(said):
        return True  # a town's own table never counts its county
    if region:
        return not (_GOVERNMENT.search(organ) or _LOWEST.search(organ))
    return office and not _OFFICE.search(organ) and not _LOWEST.search(organ)
