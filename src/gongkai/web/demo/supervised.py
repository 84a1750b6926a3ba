"""The supervision of the two earlier years: work points, a round of inspections, a training and a circular. All invented."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from django.db import transaction

from gongkai.web.audit.services import Audit
from gongkai.web.demo.earlier import YEARS
from gongkai.web.demo.oversight import EDUCATION, LAND, OFFICE, TOWN, photo
from gongkai.web.demo.then import then
from gongkai.web.organs.models import County, Organ
from gongkai.web.oversight.models import Duty
from gongkai.web.oversight.services import duties, inspections, notices, trainings
from gongkai.web.oversight.services.evidence import Sent
from gongkai.web.oversight.services.notices import About
from gongkai.web.oversight.wording import Subject
from gongkai.web.people.models import Person

DEVELOPMENT, POLICE, CIVIL, FIELDS = (
    "云岭县发展和改革局", "云岭县公安局", "云岭县民政局", "云岭县青禾乡人民政府",
)  # fmt: skip
_POINTS: dict[int, tuple[tuple[str, str, tuple[str, ...], str], ...]] = {
    2024: (
        ("编制公开事项标准目录", "按新的三定方案修订公开事项标准目录。", (EDUCATION, LAND, CIVIL), "修订本单位标准目录并公布"),
        ("清理规范性文件", "对现行文件逐件提出继续有效、修改或者废止的意见。", (DEVELOPMENT, POLICE, LAND), "完成文件清理并公布结果"),
    ),
    2025: (
        ("整治栏目更新不及时", "法定主动公开栏目没有空白、没有长期不更新。", (EDUCATION, TOWN, FIELDS), "逐栏核对并补齐更新"),
        ("提高解读质量", "涉及群众利益的文件，解读与文件同步公布。", (DEVELOPMENT, CIVIL, LAND), "补齐解读材料"),
    ),
}  # fmt: skip
_LIST = """# 公开指南和目录
指南中的受理地址、电话与实际一致 | 拨打电话核对
目录按月更新 | 核对最近三个月
# 依申请公开
登记簿与系统一致 | 抽查5件
答复书写明救济途径 | 抽查5件
"""
_MET: dict[int, tuple[tuple[str, str, str], ...]] = {
    2024: ((TOWN, "2", "目录自三月起没有更新。"), (LAND, "4", "抽查的5件中有1件没有写明起诉期限。")),
    2025: ((FIELDS, "1", "指南上的电话无人接听。"), (CIVIL, "3", "有1件信函申请没有登记。")),
}
_ATTENDED = {EDUCATION: "赵宁、钱川", LAND: "李柏、周禾", TOWN: "吴桐", CIVIL: "郑晴、何舟", POLICE: "冯越"}


@transaction.atomic
def load_supervised(county: County, audit: Audit) -> None:
    """Load both years, each act on its day. Only into an empty house."""
    organs = {organ.name: organ for organ in Organ.objects.filter(county=county.pk)}
    desk = Person.objects.filter(county=county.pk, name="何静").first()
    if desk is None or not {OFFICE, *_ATTENDED, DEVELOPMENT, FIELDS} <= organs.keys():
        return
    by = Audit(desk.pk, county.pk)
    for year in YEARS:
        tasks = _tasks(audit, by, organs, year)
        _trained(by, organs, year)
        _inspected(audit, by, organs, year)
        _confirmed(audit, by, tasks, year)


def _tasks(audit: Audit, desk: Audit, organs: Mapping[str, Organ], year: int) -> list[Duty]:
    made: list[Duty] = []
    with then(date(year, 3, 20)):
        for title, words, names, task in _POINTS[year]:
            point = duties.keep_point(
                audit=desk, year=year, title=title, words=words, source=f"{year}年政务公开工作要点"
            )
            made += duties.split(
                audit=desk, point=point, organs=[organs[name].pk for name in names], title=task,
                measure="列出清单，逐项办结后报告完成情况。", due_on=date(year, 9, 30),
            )  # fmt: skip
    return made


def _confirmed(audit: Audit, desk: Audit, tasks: list[Duty], year: int) -> None:
    """All but one in time; who was late is named in the circular of the autumn."""
    for n, duty in enumerate(tasks):
        late = n == len(tasks) - 1
        answered = date(year, 10, 16) if late else date(year, 9, 9 + 3 * n)
        with then(answered):
            duties.act_on(audit=audit, duty=duty, act="answer", words="已逐项办结，清单已报县政府办公室。")
        with then(answered + timedelta(days=4)):
            duties.act_on(audit=desk, duty=duty, act="close", words="已核对，予以确认。")
        if not late:
            continue
        with then(date(year, 10, 24)):
            subject = Subject(f"{duty.title}（逾期完成）", duty.measure, duty.due_on)
            sent = notices.draft(
                audit=desk, kind="circular", organs=[duty.organ_id], about=[About("duty", duty.pk, subject)], reply_by=None
            )  # fmt: skip
            number = f"云政办函〔{year}〕{38 + n}号"
            notices.send(audit=desk, notice=sent, version=1, number=number, on=date(year, 10, 24), confirmed=True)


def _trained(desk: Audit, organs: Mapping[str, Organ], year: int) -> None:
    on = date(year, 5, 17)
    with then(on):
        held = trainings.keep_training(
            audit=desk, host=organs[OFFICE], title=f"{year}年政府信息公开业务培训", on=on, place="县政府三楼会议室",
            topics="答复书的写法、公开审查、年度报告的填报。", for_all=True,
        )  # fmt: skip
        for name, who in _ATTENDED.items():
            trainings.attended(audit=desk, training=held, organ=organs[name].pk, names=who)


def _inspected(audit: Audit, desk: Audit, organs: Mapping[str, Organ], year: int) -> None:
    on = date(year, 6, 18)
    given: list[Duty] = []
    with then(on):
        checklist = inspections.keep_checklist(audit=desk, name=f"{year}年度检查清单", text=_LIST)
        names = list(dict.fromkeys(name for name, _, _ in _MET[year]))
        visits = inspections.begin(
            audit=desk, checklist=checklist, organs=[organs[name].pk for name in names], title="年中检查", on=on
        )
        met = {organs[name].pk: (line, words) for name, line, words in _MET[year]}
        for visit in visits:
            wrong, words = met[visit.organ_id]
            for line in checklist.lines:
                problem = line[0] == wrong
                inspections.judge(
                    audit=desk, inspection=visit, line=line[0], verdict="problem" if problem else "good",
                    words=words if problem else "",
                )  # fmt: skip
            given += inspections.end(audit=desk, inspection=visit, due_on=date(year, 7, 12))
    proof = [Sent("整改后.jpg", photo(f"{year}年整改"), stripped=True)]
    for n, duty in enumerate(given):
        with then(date(year, 7, 4 + 3 * n)):
            duties.act_on(audit=audit, duty=duty, act="answer", words="已经改正，指定专人每月核对。", files=proof)
        with then(date(year, 7, 9 + 3 * n)):
            duties.act_on(audit=desk, duty=duty, act="close", words="已复查，问题不再存在。")
