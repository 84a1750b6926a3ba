"""The county's report of an earlier year in the demonstration: signed, frozen and published once its organs' were there."""

from __future__ import annotations

from datetime import date

from gongkai.annual.report import COUNTY
from gongkai.web.annual.desk import read_all
from gongkai.web.annual.models import Submission
from gongkai.web.audit.services import Audit
from gongkai.web.demo.earlier import YEARS
from gongkai.web.demo.then import then
from gongkai.web.issuing.selectors.assembled import assembled, verdict
from gongkai.web.issuing.services import freezing, handing, publishing, signing
from gongkai.web.memo import page_memory
from gongkai.web.narrative.services.writing import save
from gongkai.web.organs.models import County, Organ
from gongkai.web.people.models import Person

GOVERNMENT, YEAR = "云岭县人民政府", YEARS[0]
READ, PUBLISHED = date(YEAR + 1, 1, 10), date(YEAR + 1, 3, 21)
"""When the files that were handed in were read; and within the time of article 49, after an organ had corrected its report."""
WORDS = {
    "preface": "本报告所列数据的统计期限自{年度}年1月1日起至{年度}年12月31日止。",
    "1": "（一）主动公开。围绕重大项目、社会救助和惠农补贴公开信息，全县制发行政规范性文件{全县制发行政规范性文件件数}件。\n"
    "（二）依申请公开。全县新收政府信息公开申请{全县新收申请件数}件，上年结转{全县上年结转申请件数}件，"
    "办结{全县办结申请件数}件，结转下年度{全县结转下年度申请件数}件。\n"
    "（三）政府信息管理。各机关发布信息以前逐件审查，废止的文件及时标注。\n"
    "（四）平台建设。县门户网站统一设置政府信息公开专栏，乡镇便民服务大厅设查阅点。\n"
    "（五）监督保障。政府信息公开工作列入年度考核，开展社会评议，没有需要追究责任的情形。",
    "5": "各机关之间进展不平衡，乡镇答复文书说理不够充分。下一步由县政府办公室逐件会商，每半年集中培训一次。",
    "6": "全县没有收取信息处理费。没有其他需要报告的事项。",
}
REASON = "已与该机关核实，情况属实"


def load_county_report(county: County, people: dict[str, Person]) -> None:
    """Write, hand over, sign, freeze and publish it, each as of its day, by who does it at the competent department."""
    government = Organ.objects.get(county=county.pk, name=GOVERNMENT)
    with then(READ):
        read_all()  # of whom only a file is here, is counted by it
    desk, leader = (Audit(people[name].pk, county.pk) for name in ("何静", "孙志远"))
    with then(PUBLISHED):
        for section, words in WORDS.items():
            save(audit=desk, organ=government, year=YEAR, scope=COUNTY, section=section, words=words, base=None)
        with page_memory():
            doubts = verdict(government, assembled(government, YEAR, scope=COUNTY)).of_grade("doubt")
        for each in doubts:
            handing.answer(
                audit=desk, organ=government, year=YEAR, scope=COUNTY, fingerprint=each["fingerprint"],
                finding=each["id"], message=each["message"], reason=REASON,
            )  # fmt: skip
        draft = handing.hand_over(audit=desk, organ=government, year=YEAR, scope=COUNTY)
        signing.sign(audit=leader, draft=draft, seal=draft.seal, opinion="同意")
        frozen = freezing.freeze(audit=desk, draft=type(draft).objects.get(pk=draft.pk))
        issue = publishing.publish(audit=desk, frozen=frozen)
        Submission.objects.filter(pk=issue.publication.submission_id).update(source="demo")
