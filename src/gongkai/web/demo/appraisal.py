"""What the public of the demonstration says of the offices: an appraisal that was published, and one that runs."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from itertools import count

from django.db import transaction
from django.utils import timezone

from gongkai.oversight.questions import UNKNOWN, Choice
from gongkai.web.appraisal.models import Opening, Questionnaire
from gongkai.web.appraisal.selectors import watching
from gongkai.web.appraisal.selectors.results import live, mark_of
from gongkai.web.appraisal.services import drafting, publishing, sifting, taking
from gongkai.web.appraisal.services.taking import Sheet
from gongkai.web.audit.services import Audit
from gongkai.web.organs.models import County, Organ
from gongkai.web.people.models import Person
from gongkai.web.people.services import online_applicant

OFFICE, ORGANS = "云岭县人民政府办公室", ("云岭县教育局", "云岭县自然资源局", "云岭县石桥镇人民政府")
TEXT = """单选：您主要从哪里了解政府信息？
政府网站
公开栏、政务服务大厅
村（社区）干部
其他

多选：您最关心哪些信息？（选答）
惠农补贴和救助
教育、医疗
征地拆迁
财政资金

评价：您对这个机关公开信息的及时程度是否满意？
*满意
*基本满意
不满意

评价：您对这个机关公开信息的内容是否满意？
*满意
*基本满意
不满意

文字：您还有什么意见和建议？
"""
_STEPS: dict[str, str] = {ORGANS[0]: "0001120100?01", ORGANS[1]: "01120?1021010", ORGANS[2]: "1021?02110122"}
"""For each organ the answers to the scales, told off one after the other."""
_WORDS = ("希望把补贴发放的时间提前公布。", "网站上的办事指南请配上图。", "公开栏的字太小，老人看不清。")


def load_appraisal(county: County) -> None:
    """Load both. Only into an empty house."""
    organs = {organ.name: organ for organ in Organ.objects.filter(county=county.pk, name__in=(OFFICE, *ORGANS))}
    person = Person.objects.filter(county=county.pk, name="何静").first()
    if len(organs) < 4 or person is None:
        return
    desk, today = Audit(person.pk, county.pk), timezone.localdate()
    everybody = Audit(online_applicant(county.pk).pk, county.pk)
    first = today - timedelta(days=75)
    over = _open(desk, organs, f"{first.year}年{first.month}月政府信息公开满意度问卷", first, 30)
    _answers(everybody, over, organs, 36)
    _paper(desk, over, organs[ORGANS[2]], today - timedelta(days=50))
    group = next(each for each in watching.standing_out(over, today) if each.kind == "burst")
    sifting.sift(
        audit=desk, row=over, answers=[each.key for each in group.answers], kind="aside", reason="burst",
        words="六分钟内提交的同样的答卷，经核对不是集中组织填写。",
    )  # fmt: skip
    remarks = "问卷在县政府门户网站开放，并在政务服务大厅发放纸质问卷。意见集中在补贴信息的公布时间和公开栏的字号。"
    publishing.publish(audit=desk, row=over, seen=mark_of(live(over)), remarks=remarks)
    running = _open(desk, organs, f"{today.year}年政府信息公开社会评议", today - timedelta(days=4), 25)
    _answers(everybody, running, organs, 5)


def _open(desk: Audit, organs: dict[str, Organ], title: str, first: date, days: int) -> Questionnaire:
    """A questionnaire that was opened on its first day."""
    told = drafting.Told(
        title=title, text=TEXT, subjects=tuple(organs[name].pk for name in ORGANS), opens_on=first,
        closes_on=first + timedelta(days=days), intro="请按您的实际感受填写，大约需要两分钟。",
    )  # fmt: skip
    with transaction.atomic():
        row = drafting.keep(audit=desk, organ=organs[OFFICE], told=told)
        Opening.objects.create(county=desk.county, questionnaire=row, by=desk.actor)
        desk.record("appraisal.open", row, {"version": row.version})
    return row


def _choices(name: str, number: int) -> dict[str, Choice]:
    steps = _STEPS[name]
    found: dict[str, Choice] = {"q1": number * 5 % 7 % 4, "q2": sorted({number % 4, number * 3 % 4})}
    for key, ahead in (("q3", 0), ("q4", 5)):
        said = steps[(number + ahead) % len(steps)]
        found[key] = UNKNOWN if said == "?" else int(said)
    return found


def _answers(everybody: Audit, row: Questionnaire, organs: dict[str, Organ], each: int) -> None:
    """Answers from the net, some a day; about the town a dozen of the same within minutes."""
    numbers = count()
    noon = datetime.combine(row.opens_on, time(9), timezone.get_current_timezone())

    def take(name: str, choices: dict[str, Choice], at: datetime, words: str = "") -> None:
        sheet = Sheet(organs[name].pk, choices, {"q5": words} if words else {})
        taking.take(audit=everybody, row=row, sheet=sheet, once=f"demo:{row.pk}:{next(numbers)}", at=at)

    with transaction.atomic():
        for place, name in enumerate(ORGANS):
            for number in range(each):
                words = _WORDS[place] if number % 9 == 3 else ""
                hours = number * 24 * 4 // max(each, 1) + place
                take(name, _choices(name, number), noon + timedelta(hours=hours, minutes=number * 7 % 60), words)
        if each > 10:
            for number in range(12):
                same: dict[str, Choice] = {"q1": 0, "q2": [0], "q3": 0, "q4": 0}
                take(ORGANS[2], same, noon + timedelta(days=9, seconds=30 * number))


def _paper(desk: Audit, row: Questionnaire, organ: Organ, on: date) -> None:
    """A few sheets from the hall, one of them spoilt."""
    batch = taking.bring(audit=desk, row=row, place="石桥镇便民服务中心", collected_on=on, sheets=6)
    for number in range(1, 7):
        sheet = Sheet(organ.pk, _choices(organ.name, number + 3), {})
        void = "整张空白" if number == 4 else ""
        taking.enter(audit=desk, batch=batch, number=number, printed=row.code, sheet=sheet, void=void)
