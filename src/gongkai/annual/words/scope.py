"""Whose number and of which time: the words of a sentence against the organ and the year of the report."""

from __future__ import annotations

import re

from gongkai.annual.report import Report
from gongkai.annual.words.mentions import Mention, Page

_YEAR = re.compile(r"(?<![\d〔\[])(20[0-2]\d)年?(?!\d)(?=年|以来|度|[-—至~])")
_OTHER_TIME = re.compile(
    r"历年|历史|累计(?=.{0,4}(?:至今|以来))|(?:自|从).{2,24}以来(?!,?本|,?全)|近[两三四五\d]年|[三四五\d]年来|十[三四]五|上半年|下半年|[一二三四1-4](?:-[1-4])?季度|"
    r"去年(?!结转|同期)|上一?年(?:度)?(?!度?(?:的)?(?:未办结)?(?:结转|转入))|往年(?!结转)|同期|\d{1,2}月(?:份)?(?!\d|1日|底|31)(?=以来|共|全|,|，)|任期|试行以来|实施以来"
)
_REGION = re.compile(r"全(?:省|市|州|盟|县|区|旗|镇|乡|街道|域|新区|系统|局)|各级|各部门|各单位|各地|各乡镇|各科室|市县两级|县乡两级|两级|(?:市|县|区)级(?:行政)?(?:机关|部门)")
_OFFICE = re.compile(r"办公(?:室|厅)|政府办|党政办|政务公开办|府办|区办|县办|市办")
_OWN_LEVEL = re.compile(r"本级(?!政府网站)|(?:市|县|区)本级|代表.{0,6}政府|以.{0,6}政府名义|本机关(?!不掌握|未|职责|制作|无|没有|公开|负责|不)")
_PARTS = re.compile(r"局|委员?会|办公室|镇|乡|街道|县|区|部门")
_GOVERNMENT = re.compile(r"(?:人民政府|管委会|管理委员会|(?:省|市|县|区|旗|州|盟))$")
_LOWEST = re.compile(r"(?:镇|乡|街道)(?:人民政府|办事处)?$|街道办事处$")


def other_time(page: Page, mention: Mention, report: Report) -> bool:
    """Whether the number belongs to another year, a part of the year or to several years."""
    span = page.sentences[mention.sentence]
    before = page.text[span.start : mention.start]
    years = [int(y) for y in _YEAR.findall(before)]
    if report.year is not None and years and years[-1] != report.year:
        return True
    if report.year is None and len(set(years)) > 1:
        return True
    clause = page.text[max(span.start, mention.phrase_start - 18) : mention.start]
    return bool(_OTHER_TIME.search(clause))


def differs(page: Page, mention: Mention, report: Report) -> bool:
    """Whether the sentence may count another circle of organs than the table: a region, one office, one level."""
    span = page.sentences[mention.sentence]
    said = page.text[span.start : mention.start]
    organ = report.organ or ""
    office = bool(_OFFICE.search(said))
    if _OWN_LEVEL.search(said):
        return not office or not _OFFICE.search(organ)
    region = _REGION.search(said)
    if not organ:
        return bool(region)
    if region:
        return not (_GOVERNMENT.search(organ) or _LOWEST.search(organ))
    return office and not _OFFICE.search(organ) and not _LOWEST.search(organ)
