"""The words of the demonstration: a report of last year that stands, and one of this year on which two people write."""

from __future__ import annotations

from datetime import date

from gongkai.web.audit.services import Audit
from gongkai.web.demo.registers import EDUCATION, LAND, TOWN
from gongkai.web.narrative.models import Text
from gongkai.web.narrative.services.settings import set_length
from gongkai.web.narrative.services.writing import save
from gongkai.web.organs.models import County, Organ
from gongkai.web.people.models import Person

_PREFACE = (
    "本报告根据《中华人民共和国政府信息公开条例》和政府信息公开工作年度报告格式编制，"
    "所列数据的统计期限自{年度}年1月1日起至{年度}年12月31日止。"
)
_OPEN = (
    "（一）主动公开。{年度}年，主动公开政府信息{主动公开信息条数}条，发布政策解读{政策解读条数}条。"
    "招生片区划分在公布前到五个乡镇听取家长意见，公布后由片区学校逐户送达告知单。"
)
_APPLIED = (
    "（二）依申请公开。新收政府信息公开申请{新收申请件数}件，上年结转{上年结转申请件数}件，"
    "办结{办结申请件数}件，结转下年度{结转下年度申请件数}件。"
)
_REST = (
    "（三）政府信息管理。对信息发布实行三级审查，完成公开审查{公开审查条数}条。",
    "（四）平台建设。县门户网站设教育专栏，由办公室每周检查一次链接和更新。",
    "（五）监督保障。把公开工作列入学校督导内容，组织各校信息员参加年报填报培训。",
)
_PROBLEMS = (
    "一是部分学校招生信息更新偏晚，家长来电询问较多；二是解读以文字为主，形式单一。\n"
    "下一步，在招生季前一个月完成各校信息核对，制作图解和短视频。"
)
_FEES = "发出信息处理费收费通知{收费通知件数}件，应收{应收信息处理费金额}元，实收{实收信息处理费金额}元。"
_TOWN = (
    "（一）主动公开。主动公开政府信息{主动公开信息条数}条，惠农补贴名单在各村公告栏张贴七日。",
    "（二）依申请公开。新收政府信息公开申请{新收申请件数}件，全年收到申请2件。",
    "（四）平台建设。县门户网站设教育专栏，由办公室每周检查一次链接和更新。",
    "（五）监督保障。把公开工作列入学校督导内容，组织各校信息员参加年报填报培训。",
)


def load_narrative(county: County, audit: Audit, today: date) -> None:
    """Write the words of some offices. Only into an empty house."""
    organs = {organ.name: organ for organ in Organ.objects.filter(county=county.pk)}
    people = dict(Person.objects.filter(county=county.pk, demonstration=True).values_list("name", "pk"))
    if not {EDUCATION, LAND, TOWN} <= organs.keys() or not {"王芳", "陈海", "黄莉"} <= people.keys():
        return
    clerk, head, town = (Audit(actor=people[name], county=county.pk) for name in ("王芳", "陈海", "黄莉"))
    set_length(audit=audit, section="1", characters=1000, valid_from=date(today.year, 1, 1), reason="演示")
    education, last = organs[EDUCATION], today.year - 1

    def keep(by: Audit, organ: Organ, year: int, section: str, words: str, base: Text | None = None) -> Text:
        under = base.pk if base else None
        return save(audit=by, organ=organ, year=year, section=section, words=words, base=under)

    whole = "\n".join((_OPEN, _APPLIED, *_REST))
    for section, words in (("preface", _PREFACE), ("1", whole), ("5", _PROBLEMS), ("6", _FEES)):
        keep(clerk, education, last, section, words)
    keep(clerk, education, today.year, "preface", _PREFACE)
    begun = keep(clerk, education, today.year, "1", "\n".join((_OPEN, _APPLIED, _REST[0])))
    keep(clerk, education, today.year, "1", "\n".join((_OPEN, _APPLIED, *_REST)), begun)
    changed = _APPLIED + "全年收到申请3件，均在期限内答复。"
    keep(head, education, today.year, "1", "\n".join((_OPEN, changed, _REST[0])), begun)
    keep(town, organs[TOWN], today.year, "1", "\n".join(_TOWN))
