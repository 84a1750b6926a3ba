"""The county's reports of the years that are over in the demonstration, and what led to them.

The organs hand in what they did not compile here; four of one year contradict themselves and come again, corrected, when
the county's office has reminded them. Then its report is signed, frozen and published within the time of article 49.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils import timezone

from gongkai.annual.report import COUNTY
from gongkai.web.annual.desk import read_all
from gongkai.web.annual.models import Submission
from gongkai.web.annual.services.intake import Incoming, hand_in
from gongkai.web.audit.services import Audit
from gongkai.web.collection.services.choosing import choose
from gongkai.web.demo.earlier import MERGED, PAST, SETTLED, YEARS
from gongkai.web.demo.january import DESK, remind, set_days, state_public
from gongkai.web.demo.make import file_of
from gongkai.web.demo.reports import CORRECTIONS, SAMPLES, Sample
from gongkai.web.demo.then import then
from gongkai.web.issuing.selectors.assembled import assembled, verdict
from gongkai.web.issuing.services import freezing, handing, publishing, signing
from gongkai.web.memo import page_memory
from gongkai.web.narrative.services.writing import save
from gongkai.web.organs.models import County, Organ
from gongkai.web.people.models import Person

GOVERNMENT = "云岭县人民政府"
PUBLISHED = {2024: date(2025, 3, 21), 2025: date(2026, 3, 20)}
"""The days of the county's reports; that of the first year after an organ had corrected its own."""
PREFACE = "本报告所列数据的统计期限自{年度}年1月1日起至{年度}年12月31日止。"
COUNTED = (
    "（二）依申请公开。全县新收政府信息公开申请{全县新收申请件数}件，上年结转{全县上年结转申请件数}件，"
    "办结{全县办结申请件数}件，结转下年度{全县结转下年度申请件数}件。\n"
)
WORDS = {
    2024: {
        "preface": PREFACE,
        "1": "（一）主动公开。围绕重大项目、社会救助和惠农补贴公开信息，全县制发行政规范性文件{全县制发行政规范性文件件数}件。\n"
        f"{COUNTED}"
        "（三）政府信息管理。各机关发布信息以前逐件审查，废止的文件及时标注。\n"
        "（四）平台建设。县门户网站统一设置政府信息公开专栏，乡镇便民服务大厅设查阅点。\n"
        "（五）监督保障。政府信息公开工作列入年度考核，开展社会评议，没有需要追究责任的情形。",
        "5": "各机关之间进展不平衡，乡镇答复文书说理不够充分。下一步由县政府办公室逐件会商，每半年集中培训一次。",
        "6": "全县没有收取信息处理费。没有其他需要报告的事项。",
    },
    2025: {
        "preface": PREFACE,
        "1": "（一）主动公开。全县制发行政规范性文件{全县制发行政规范性文件件数}件，制发前一律公开征求意见；"
        "老旧小区改造和农村供水两项工程按月公布进度和资金使用情况，群众来信询问的在十日内回访。\n"
        f"{COUNTED}"
        "（三）政府信息管理。县政府办公室集中清理历年文件，逐件核对文号、日期和有效性，清理结果随目录公布。\n"
        "（四）平台建设。门户网站检索可以按文号查找，移动端重新排版；县档案馆、图书馆和政务服务中心三处查阅点配备自助打印。\n"
        "（五）监督保障。考核结果提交县政府常务会议通报，邀请村民代表参加社会评议；"
        "年报核对中发现四个机关的数据前后不一致，均已更正并重新公布；全年没有需要追究责任的情形。",
        "5": "存在的问题：一是年报填报基础不牢，少数机关的台账与报告对不上；二是政策解读以文字为主。\n"
        "改进措施：上年提出的逐件会商和集中培训已经落实；下一年度各机关的台账都在系统中登记，年报由登记生成，解读增加图解和问答。",
        "6": "全县各机关均未收取信息处理费，也没有需要另行说明的事项。",
    },
}
REASON = "已与该机关核实，情况属实"
BY_FILE = "该机关当年的台账不在本系统，以交来并公布的报告为准"


def load_county_reports(county: County, audit: Audit, people: dict[str, Person]) -> None:
    """What was handed in of each year that is over, and the county's report of it. Only into an empty house."""
    desk, leader = (Audit(people[name].pk, county.pk) for name in (DESK, "孙志远"))
    for year in YEARS:
        if year == YEARS[-1]:
            set_days(county, desk)
            remind(county, desk, year, date(year + 1, 1, 16))
        with then(date(year + 1, 1, 20)):
            _hand_in(audit, f"{year}年度报告", (s for s in SAMPLES if s.year == year))
        state_public(county, desk, year, date(year + 1, 2, 10))
        again = [s for s in CORRECTIONS if s.year == year]
        if again:
            remind(county, desk, year, date(year + 1, 2, 11))
            with then(date(year + 1, 2, 26)):
                _hand_in(audit, f"{year}年度报告更正", again)
        with then(PUBLISHED[year]):
            _issue(county, desk, leader, year)


def _hand_in(audit: Audit, label: str, samples: Iterable[Sample]) -> None:
    given = (Incoming(sample.name, file_of(sample)) for sample in samples)
    hand_in(audit=audit, files=given, label=label, source="demo")
    read_all()


def _issue(county: County, desk: Audit, leader: Audit, year: int) -> None:
    """Write, hand over, sign, freeze and publish it, by who does it at the competent department."""
    government = Organ.objects.get(county=county.pk, name=GOVERNMENT)
    for name in sorted({name for name, of in PAST if of == year} - {*SETTLED, MERGED}):
        organ = Organ.objects.get(county=county.pk, name=name)
        choose(audit=desk, organ=organ, year=year, way="file", reason=BY_FILE)
    for section, words in WORDS[year].items():
        save(audit=desk, organ=government, year=year, scope=COUNTY, section=section, words=words, base=None)
    with page_memory():
        doubts = verdict(government, assembled(government, year, timezone.now(), COUNTY)).of_grade("doubt")
    for each in doubts:
        handing.answer(
            audit=desk, organ=government, year=year, scope=COUNTY, fingerprint=each["fingerprint"],
            finding=each["id"], message=each["message"], reason=REASON,
        )  # fmt: skip
    draft = handing.hand_over(audit=desk, organ=government, year=year, scope=COUNTY)
    signing.sign(audit=leader, draft=draft, seal=draft.seal, opinion="同意")
    frozen = freezing.freeze(audit=desk, draft=type(draft).objects.get(pk=draft.pk))
    issue = publishing.publish(audit=desk, frozen=frozen)
    Submission.objects.filter(pk=issue.publication.submission_id).update(source="demo")
