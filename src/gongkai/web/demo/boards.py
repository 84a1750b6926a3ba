"""The boards of the demonstration: how to reach each organ, guides that went through every stage, rules, yearly reports."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from gongkai.web.annual.models import Submission
from gongkai.web.annual.services.publishing import publish
from gongkai.web.audit.services import Audit
from gongkai.web.demo.offices import OFFICES
from gongkai.web.demo.people import OFFICE
from gongkai.web.demo.publishing import Staff, staff_of
from gongkai.web.demo.reports import COUNTY
from gongkai.web.facts import Refused
from gongkai.web.guide import services as guides
from gongkai.web.jobs.services import enqueue
from gongkai.web.organs.models import County, Organ
from gongkai.web.organs.selectors import home_county
from gongkai.web.organs.tree import change_organ
from gongkai.web.people.selectors import local_operator
from gongkai.web.proactive.models import Item
from gongkai.web.proactive.selectors.entries import entry, topic_names
from gongkai.web.proactive.selectors.facts import progress
from gongkai.web.proactive.selectors.public import turned
from gongkai.web.proactive.services import drafting, release, review
from gongkai.web.proactive.services.drafting import Content

GUIDES = (OFFICE, "云岭县教育局", "云岭县水务局", "云岭县民政局")
MOVED = "云岭县水务局"
"""Its telephone changed after its guide went out: the desk shows that the guide is stale."""
RULES = (
    ("云岭县政府信息公开申请办理规程", "规定申请的登记、分办、答复和归档，明确各环节的责任人员和工作日数。"),
    ("云岭县政府信息公开保密审查办法", "规定先审查、后公开，一事一审，谁公开谁负责。"),
    ("云岭县政府信息主动公开目录动态管理办法", "规定目录的编制、更新、停用和公示。"),
)
_STREETS = ("迎宾路", "河滨路", "建设街", "文昌巷", "人民路")
FIRST_LOOK, LAST_LOOK = timedelta(seconds=45), 8


def load_boards(county: County, audit: Audit) -> None:
    """What stands on the boards beside the entries: contacts, guides, rules; the yearly reports follow by themselves."""
    organs = {organ.name: organ for organ in Organ.objects.filter(county=county.pk, valid_until__isnull=True)}
    for number, office in enumerate(OFFICES):
        organ = organs.get(office.name)
        if organ is not None and not organ.phone:
            change_organ(
                audit=audit,
                organ=organ,
                address=f"云岭县{_STREETS[number % 5]}{number + 3}号",
                phone=f"0000-62{number:02d}118",
                hours="工作日8:30—12:00，14:30—18:00",
            )
    wanted = [organs[name] for name in GUIDES if name in organs]
    staff = staff_of(audit, wanted)
    for organ in wanted:
        _guide(organ, staff[organ.name])
    if MOVED in organs:
        change_organ(audit=audit, organ=organs[MOVED], phone="0000-6200119", reason="更换总机")
    if OFFICE in staff:
        for title, words in RULES:
            _rule(organs[OFFICE], staff[OFFICE], title, words)
    for key in topic_names(county.pk):
        newest = turned(county.pk, (("topic", key), ("kind", "policy")), limit=1)
        if newest:
            guides.lead_topic(audit=audit, topic=key, item=entry(county.pk, newest[0].item_id))
    enqueue(reports, 1, key="demo.reports", run_after=timezone.now() + FIRST_LOOK)


def _guide(organ: Organ, staff: Staff) -> None:
    values = {
        "classification": "政府信息按机构职能、规划计划、政策文件、财政信息、重大建设项目、公共服务、应急管理等分类。",
        "arrangement": "每条信息编有索引号，列明名称、内容概述、生成日期、发布机构和有效性，按公开之日的先后排列。",
        "access": "主动公开的信息在本网站查阅，也可以到县档案馆、县图书馆和政务服务大厅的政府信息查阅点查阅。\n"
        "没有主动公开的信息可以依法申请公开。",
        "work_body": f"{organ.name}办公室" if organ.name != OFFICE else "云岭县人民政府办公室政务公开股",
        "address": organ.address,
        "hours": organ.hours,
        "phone": organ.phone,
        "fax": "无",
        "internet": "本网站“申请公开”",
    }
    ways = {
        "counter": "政务服务大厅一楼政府信息公开窗口",
        "post": "信封上注明“政府信息公开申请”",
        "online": "本网站“申请公开”",
    }
    guides.keep_guide(audit=staff.clerk, organ=organ, values=values, channels=ways)
    _through(guides.bring_in(audit=staff.clerk, organ=organ), staff)


def _rule(organ: Organ, staff: Staff, title: str, words: str) -> None:
    today = timezone.localdate()
    content = Content(
        kind="general",
        title=title,
        formed_on=today,
        metadata={
            "theme": "02/政务公开",
            "issuing_organ": organ.name,
            "written_on": today.isoformat(),
            "items": ["normative_documents"],
            "columns": ["system"],
        },
        mode="proactive",
        body=f"<p>{words}</p>",
    )
    _through(drafting.draft(audit=staff.clerk, organ=organ, content=content, once=f"demo:{title}"), staff)


def _through(item: Item, staff: Staff) -> None:
    review.submit(audit=staff.clerk, item=item)
    while (then := progress(item)).next_stage and then.plan:
        review.pass_stage(audit=staff.of(then.next_stage, then.plan), item=item, opinion="内容准确，同意公开")
    release.release(audit=staff.clerk, item=item)


@task()
def reports(look: int) -> None:
    """Publish the yearly reports of the demonstration that are read and hold; look again while others are being read."""
    county, operator = home_county(), local_operator()
    if county is None or operator is None or county.name != COUNTY:
        return
    audit = Audit(actor=operator.pk, county=county.pk)
    never = Submission.objects.filter(county=county.pk, source="demo", aside=False, publications=None)
    found = never.select_related("organ", "job")
    for submission in found:
        if submission.job.state == "done":
            try:
                publish(audit=audit, submission=submission)
            except Refused:
                continue  # it has conflicts, which is what the demonstration shows at the desk
    if look < LAST_LOOK and any(submission.job.state in ("waiting", "reading") for submission in found):
        enqueue(reports, look + 1, key="demo.reports", run_after=timezone.now() + FIRST_LOOK)
