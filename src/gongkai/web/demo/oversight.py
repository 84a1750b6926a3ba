"""A year of supervision: work points split to organs, two inspections and one that goes on, a training, two notices."""

from __future__ import annotations

import io
from datetime import date, timedelta

from django.utils import timezone

from gongkai.web.audit.services import Audit
from gongkai.web.organs.models import County, Organ
from gongkai.web.oversight.models import Checklist, Duty, Inspection
from gongkai.web.oversight.selectors.settings import reply_due
from gongkai.web.oversight.services import accountability, duties, inspections, notices, trainings
from gongkai.web.oversight.services.duties import Found
from gongkai.web.oversight.services.evidence import Sent
from gongkai.web.oversight.services.notices import About
from gongkai.web.oversight.wording import Subject
from gongkai.web.patrol.models import Task
from gongkai.web.people.models import Person
from gongkai.web.rules.selectors import calendar_of

OFFICE, EDUCATION, LAND, TOWN = (
    "云岭县人民政府办公室", "云岭县教育局", "云岭县自然资源局", "云岭县石桥镇人民政府",
)  # fmt: skip
_POINTS = (
    ("规范公开指南和目录", "各单位公开指南的机构、地址、电话、受理渠道与实际一致，目录按月更新。", (EDUCATION, LAND, TOWN),
     "核对并更新公开指南", "逐项核对指南内容，更新后在门户发布。", -150, -95),
    ("提高依申请公开答复质量", "答复书要素齐全，救济途径准确，期限内送达。", (EDUCATION, LAND),
     "自查上半年的答复书", "逐件对照答复书要素自查，形成自查情况。", -120, -12),
    ("做好政策解读", "重要政策文件与解读材料同步起草、同步审批、同步发布。", (EDUCATION, TOWN),
     "补齐政策解读", "对今年制发的规范性文件逐件核对，缺少解读的补齐。", -60, 25),
)  # fmt: skip
_LIST = """# 平台和栏目
公开指南的地址、电话与实际一致 | 现场拨打电话、对照门牌
法定主动公开栏目没有空白、没有长期不更新 | 逐个打开栏目
# 依申请公开
受理点有人受理，有申请表可以取用 | 到现场看，请工作人员演示登记
收到的信件当天登记 | 抽查收发登记簿最近10件
# 保密和个人信息
公开前有保密审查记录 | 抽查最近发布的5条
"""
_QUESTIONS = """行政机关收到政府信息公开申请，不能当场答复的，应当在多少个工作日内答复？
10个工作日
*20个工作日
30个工作日

下列哪些是申请公开政府信息时应当写明的？
*申请人的姓名或者名称、身份证明、联系方式
*申请公开的政府信息的名称、文号或者便于查询的其他特征性描述
申请的用途
"""


def load_oversight(county: County, audit: Audit) -> None:
    """Load the year. Only into an empty house."""
    organs = {o.name: o for o in Organ.objects.filter(county=county.pk)}
    people = {p.name: p for p in Person.objects.filter(county=county.pk)}
    if not {OFFICE, EDUCATION, LAND, TOWN} <= set(organs) or not {"何静", "王芳", "黄莉"} <= set(people):
        return
    desk, clerk, town = (Audit(people[name].pk, county.pk) for name in ("何静", "王芳", "黄莉"))
    today = timezone.localdate()
    _tasks(desk, clerk, organs, today)
    _inspections(desk, clerk, town, organs, today)
    _training(desk, clerk, organs, today)
    _notices(desk, clerk, organs, today)
    accountability.enter(
        audit=desk,
        organ=organs[TOWN],
        entry=accountability.Entry(
            "ordered",
            today - timedelta(days=40),
            "云岭县人民政府",
            "公开指南的受理地址变更后没有更新。",
            f"云政办函〔{today.year}〕31号",
        ),
    )


def _tasks(desk: Audit, clerk: Audit, organs: dict[str, Organ], today: date) -> None:
    for title, words, names, task, measure, begun, due in _POINTS:
        source = f"{today.year}年政务公开工作要点"
        point = duties.keep_point(audit=desk, year=today.year, title=title, words=words, source=source)
        made = duties.split(
            audit=desk, point=point, organs=[organs[name].pk for name in names], title=task, measure=measure,
            due_on=today + timedelta(days=due), begun_on=today + timedelta(days=begun),
        )  # fmt: skip
        mine = next(each for each in made if each.organ_id == organs[EDUCATION].pk)
        if begun == -150:
            duties.act_on(audit=clerk, duty=mine, act="answer", words="已核对，更新了受理电话。")
            duties.act_on(audit=desk, duty=mine, act="close", words="已在门户核对，电话可以拨通。")
        elif begun == -60:
            duties.act_on(audit=clerk, duty=mine, act="report", words="已补齐2件，还有1件正在起草。")


def _inspections(desk: Audit, clerk: Audit, town: Audit, organs: dict[str, Organ], today: date) -> None:
    checklist = inspections.keep_checklist(audit=desk, name="政务公开现场检查清单", text=_LIST)
    done = _visit(desk, checklist, organs[EDUCATION], today - timedelta(days=16))
    inspections.judge(
        audit=desk, inspection=done, line="3", verdict="problem", words="窗口没有摆放申请表，工作人员称已用完。",
        files=[Sent("窗口.jpg", photo("受理窗口"), stripped=True)],
    )  # fmt: skip
    inspections.judge(
        audit=desk, inspection=done, line="4", verdict="problem", words="抽查的10件中有2封信件次日才登记。"
    )
    given = inspections.end(audit=desk, inspection=done, due_on=today + timedelta(days=4), words="总体较好。")
    duties.act_on(
        audit=clerk, duty=given[0], act="answer", words="已补放申请表50份，指定专人每日查看。",
        files=[Sent("整改后.jpg", photo("申请表已补放"), stripped=True)],
    )  # fmt: skip
    past = _visit(desk, checklist, organs[TOWN], today - timedelta(days=30))
    inspections.judge(audit=desk, inspection=past, line="1", verdict="problem", words="指南上的地址是搬迁前的。")
    [address] = inspections.end(audit=desk, inspection=past, due_on=today + timedelta(days=1))
    proof = [Sent("新地址.jpg", photo("石桥路18号"), stripped=True)]
    duties.act_on(audit=town, duty=address, act="answer", words="已更新公开指南中的地址。", files=proof)
    duties.act_on(audit=desk, duty=address, act="close", words="已在门户核对，地址与门牌一致。")
    [going] = inspections.begin(
        audit=desk,
        checklist=checklist,
        organs=[organs[LAND].pk],
        title="第四季度现场检查",
        on=today,
        place="政务服务大厅",
    )
    inspections.judge(audit=desk, inspection=going, line="1", verdict="good")
    if task := Task.objects.filter(county=desk.county, kind="stale_column").first():
        found = Found(
            organs[TOWN].pk, "栏目“工作动态”长期没有更新", "更新栏目，以后每两周至少更新一次。", "", "patrol", task.pk
        )
        due = today - timedelta(days=2)
        duties.find(audit=desk, problems=[found], due_on=due, begun_on=today - timedelta(days=11))


def _visit(desk: Audit, checklist: Checklist, organ: Organ, on: date) -> Inspection:
    """A visit at which all was found well so far."""
    [made] = inspections.begin(audit=desk, checklist=checklist, organs=[organ.pk], title="第四季度现场检查", on=on)
    for line in checklist.lines:
        inspections.judge(audit=desk, inspection=made, line=line[0], verdict="good")
    return made


def _training(desk: Audit, clerk: Audit, organs: dict[str, Organ], today: date) -> None:
    held = trainings.keep_training(
        audit=desk, host=organs[OFFICE], title="政府信息公开业务培训", on=today - timedelta(days=25), place="县政府三楼会议室",
        topics="《政府信息公开条例》、答复书的写法、年度报告的填报。", for_all=True,
    )  # fmt: skip
    for name, who in ((EDUCATION, "赵宁、钱川、孙悦"), (LAND, "李柏、周禾"), (TOWN, "吴桐")):
        trainings.attended(audit=desk, training=held, organ=organs[name].pk, names=who)
    trainings.sign(audit=clerk, training=held, organ=organs[EDUCATION])
    trainings.keep_paper(audit=desk, training=held, text=_QUESTIONS)
    trainings.sit(audit=clerk, training=held, version=1, answers={0: [1], 1: [0, 1]}, organ=organs[EDUCATION])


def _notices(desk: Audit, clerk: Audit, organs: dict[str, Organ], today: date) -> None:
    open_ones = Duty.objects.filter(county=desk.county, state__in=("open", "answered"))
    rows = open_ones.filter(kind="problem", organ=organs[EDUCATION])
    about = [About("duty", row.pk, Subject(row.title, row.measure, row.due_on)) for row in rows]
    calendar, reply_by = calendar_of(desk.county), reply_due(desk.county, today)
    sent = notices.draft(audit=desk, kind="rectify", organs=[organs[EDUCATION].pk], about=about, reply_by=reply_by)
    number = f"云政办函〔{today.year}〕42号"
    notices.send(audit=desk, notice=sent, version=1, number=number, on=today - timedelta(days=1), confirmed=True)
    notices.receive(audit=clerk, notice=sent, organ=organs[EDUCATION].pk)
    late = open_ones.filter(kind="task", organ=organs[LAND], due_on__lt=today)
    about = [
        About("duty", row.pk, Subject(row.title, row.measure, row.due_on, calendar.workdays_between(row.due_on, today)))
        for row in late
    ]
    notices.draft(audit=desk, kind="urge", organs=[organs[LAND].pk], about=about, reply_by=reply_by)


def photo(words: str) -> bytes:
    """A picture as a phone might take it: a plain scene, different for different words."""
    from PIL import Image, ImageDraw

    tone = sum(map(ord, words)) % 80
    image = Image.new("RGB", (640, 480), (196 + tone // 2, 205, 214))
    draw = ImageDraw.Draw(image)
    draw.rectangle((60, 250, 580, 440), fill=(126, 96 + tone, 72))
    draw.rectangle((90 + tone, 180, 250 + tone, 260), fill=(245, 245, 240))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=80)
    return out.getvalue()
