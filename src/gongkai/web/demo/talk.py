"""What the public of the demonstration says: letters in every state, a consultation open and one answered, the hotline."""

from __future__ import annotations

import csv
import io
import uuid
from dataclasses import dataclass
from datetime import date, timedelta

from gongkai.web.audit.services import Audit
from gongkai.web.demo.matters import name
from gongkai.web.demo.people import OFFICE
from gongkai.web.demo.publishing import Staff, staff_of
from gongkai.web.interaction.models import HotlineRow
from gongkai.web.interaction.selectors.consultations import groups_of
from gongkai.web.interaction.services import acts, consultations, hotline, publishing, questions
from gongkai.web.interaction.services.consultations import Given
from gongkai.web.interaction.services.intake import Arriving, register
from gongkai.web.organs.models import County, Organ
from gongkai.web.proactive.models import Item
from gongkai.web.proactive.selectors.facts import newest_version, progress
from gongkai.web.proactive.services import drafting, release, review
from gongkai.web.review.selectors import hints
from gongkai.web.review.services import decide_hint

SCHOOLS, LAND, TOWN, POLICE = ("云岭县教育局", "云岭县自然资源局", "云岭县石桥镇人民政府", "云岭县公安局")


@dataclass(frozen=True, slots=True)
class Said:
    """An invented letter: days ago, how far it has come, who answers, and what was said."""

    kind: str
    ago: int
    life: str
    organ: str
    title: str
    words: str
    answer: str = ""
    rating: str = ""


LETTERS = (
    Said("question", 3, "published", POLICE, "新生儿办理户口登记要带哪些材料",
         "孩子上月在市里的医院出生，夫妻两人户口都在本县，想问回来办理户口登记要带哪些材料，有没有时间限制？",
         "请携带出生医学证明、父母双方的居民身份证和户口簿、结婚证，到父母任一方户籍所在地派出所办理。出生后一个月内申报；"
         "超过一个月的也可以办理，不收费用。", "satisfied"),
    Said("question", 4, "published", SCHOOLS, "随迁子女今年怎样报名小学一年级",
         "我们夫妻在本县务工两年，孩子今年满六周岁，户口在外省，想问报名需要什么材料，到哪里报名。",
         "符合条件的随迁子女与本县户籍儿童同等入学。请准备父母一方的居住证、在本县就业或者经商的证明、孩子的户口簿，"
         "七月一日至十日在居住地所属学区的学校登记。学区划分见县政府网站公布的招生方案。", "satisfied"),
    Said("suggestion", 6, "published", TOWN, "建议在石桥集市增设公共厕所",
         "石桥镇逢五逢十有集，赶集的人多，附近只有一处公共厕所，排队很长，老人小孩很不方便，建议增设。",
         "建议很好。镇政府已经把集市东口的公共厕所列入今年的建设计划，八月底前建成；建成以前，集日开放镇便民服务中心一楼的"
         "厕所。", "mostly"),
    Said("message", 5, "published", LAND, "不动产权证书遗失后怎样补办",
         "搬家时不动产权证书找不到了，想问补办要走什么程序，多长时间能拿到新证。",
         "请本人携带身份证到县不动产登记中心填写补发申请，登记中心在网站上刊发遗失声明十五个工作日后补发，不收登记费。", ""),
    Said("question", 2, "answered", SCHOOLS, "学前教育资助什么时候发放", "孩子在镇上的幼儿园，上学期申请了资助，现在还没有收到。",
         "上学期的资助已经在月初拨付到各园，请向所在幼儿园核对银行账号；账号有误的，更正后五个工作日内补发。", "not"),
    Said("head", 4, "review", LAND, "双河村东侧道路安全隐患", "双河村东侧的路靠近山坡，下雨天常有碎石落下，请派人查看，设置警示标志。",
         "经现场查看，该路段属于已经登记的地质灾害隐患点，已设置警示标志，六月底前完成清坡。"),
    Said("message", 1, "handling", TOWN, "村里路灯不亮", "北关社区三组有四盏路灯坏了半个月，晚上走路看不清。"),
    Said("suggestion", 40, "late", SCHOOLS, "建议中小学延长图书馆开放时间", "放学以后家长来接孩子以前，希望学校图书馆能开放一个小时。"),
    Said("question", 0, "waiting", "", "灵活就业人员怎样参加养老保险", "自己开网店，没有单位，想参加养老保险，到哪里办理，按什么标准缴费？"),
    Said("head", 1, "waiting", "", "希望增加夜间公交班次", "县城到开发区的末班车六点半就没有了，下班晚的人只能打车，希望增加夜间班次。"),
    Said("message", 8, "petition", "", "与邻居的宅基地纠纷", "邻居翻建房屋占了公共通道，村里调解过两次没有结果，请县里处理。"),
    Said("message", 2, "spam", "", "优惠办理各类证件", "本公司代办各类证件，价格优惠，长期有效。"),
    Said("question", 3, "application", LAND, "要2025年土地出让结果的明细表", "请提供2025年全县国有建设用地使用权出让结果的明细，做论文用。"),
)  # fmt: skip

OPEN_DRAFT = (
    "云岭县县城停车管理办法（征求意见稿）",
    ("为了规范县城机动车停放，缓解停车难，制定本办法。", "公共停车泊位白天每小时收费不超过两元，首小时免费，夜间免费。",
     "医院、学校周边设置临时停车泊位，停放时间不超过三十分钟。"),
)  # fmt: skip
CLOSED_DRAFT = (
    "云岭县电动自行车集中充电设施建设方案（征求意见稿）",
    (
        "今年在四十个老旧小区建设集中充电设施，由业主委员会或者社区提出需求。",
        "充电服务价格由电费和服务费组成，服务费每千瓦时不超过零点三元。",
    ),
)
OPINIONS = (
    ("post", "服务费偏高，建议不超过零点二元。"),
    ("visit", "充电的服务费还可以再低一些。"),
    ("post", "车棚要装摄像头和灭火设备。"),
    ("meeting", "建议先在没有物业的小区建。"),
    ("visit", "希望我们小区的道路也修一修。"),
)
GROUPS = (
    ("服务费偏高，应当再降低", "partly", "服务费上限调整为每千瓦时零点二五元，可以覆盖运维成本", (0, 1)),
    ("充电车棚应当配备监控和消防设施", "adopted", "", (2,)),
    ("优先在没有物业服务的小区建设", "adopted", "", (3,)),
    ("小区道路维修", "aside", "与征集事项无关，已转县住房和城乡建设局办理", (4,)),
)
HEADS = ("工单编号", "来电人", "联系电话", "受理时间", "诉求类别", "承办单位", "诉求内容", "办结时间", "满意度")
CALLS = (
    ("供水", "云岭县住房和城乡建设局", "自来水水压低，六楼以上早晚没有水"),
    ("教育", SCHOOLS, "咨询随迁子女报名小学一年级需要的材料"),
    ("教育", SCHOOLS, "随迁子女报名小学一年级需要哪些材料，到哪里报名"),
    ("道路", TOWN, "村口路面坑洼，下雨积水"),
    ("户籍", POLICE, "新生儿办理户口登记要带哪些材料"),
    ("户籍", POLICE, "咨询新生儿户口登记要带的材料"),
    ("噪声", POLICE, "夜间广场音响声音大，影响休息"),
    ("社保", "云岭县人力资源和社会保障局", "灵活就业人员参加养老保险的缴费标准"),
)
QUESTION = (
    "新生儿办理户口登记需要哪些材料",
    "父母任一方携带出生医学证明、父母的居民身份证和户口簿、结婚证，到户籍所在地派出所申报。\n"
    "出生后一个月内申报，超过一个月的也可以办理，不收费用。",
)


def load_talk(county: County, audit: Audit, today: date) -> None:
    """Letters, consultations, the hotline and a frequent question, each act by the person whose it is."""
    organs = {organ.name: organ for organ in Organ.objects.filter(county=county.pk, valid_until__isnull=True)}
    staff = staff_of(audit, [organs[each] for each in (SCHOOLS, LAND, TOWN, POLICE)])
    if OFFICE not in organs:
        return
    for number, said in enumerate(LETTERS):
        _letter(audit, said, number, organs, staff, today)
    team, organ = staff[TOWN], organs[TOWN]
    first = _draft(team, organ, OPEN_DRAFT, today)
    consultations.ask(audit=team.clerk, item=first.pk, opens_on=today, closes_on=today + timedelta(days=31), major=True)
    for n, words in enumerate(("医院门口三十分钟不够，看病至少两个小时。", "夜间免费好，白天收费应当公示。")):
        _opinion(audit, first, words, today, "portal", n)
    _closed(team, organ, today)
    _hotline(audit, organs, staff, today)


def _letter(
    audit: Audit, said: Said, number: int, organs: dict[str, Organ], staff: dict[str, Staff], today: date
) -> None:
    done = register(
        audit=audit,
        arriving=Arriving(
            kind=said.kind,
            title=said.title,
            words=said.words,
            received_on=today - timedelta(days=said.ago),
            name=name(number * 5 + 3),
            phone=f"199{20000000 + number * 7919:08d}",
            may_publish=said.life == "published",
            once=f"demo:letter:{number}",
        ),
    )
    letter = done.letter
    if said.life in ("petition", "spam"):
        words = "县信访局设在县政府东侧一楼。" if said.life == "petition" else ""
        acts.set_aside(audit=audit, letter=letter, ground=said.life, words=words)
    if not said.organ:
        return
    organ, team = organs[said.organ], staff[said.organ]
    acts.route(audit=audit, letter=letter, organ=organ, words="请按职责办理，按时答复。")
    if said.life == "application":
        acts.turn(audit=team.clerk, letter=letter, into="application", organ=organ)
    if not said.answer:
        return
    acts.submit(audit=team.clerk, letter=letter, words=f"您好，来信收悉。{said.answer}感谢您的来信。")
    if said.life == "review":
        return
    acts.answer(audit=team.own["reviewer"], letter=letter)
    if said.rating:
        reason = "钱到现在也没有到账，希望说清楚是哪一天。" if said.rating == "not" else ""
        acts.rate(audit=audit, letter=letter, level=said.rating, words=reason)
    if said.life == "published":
        row = publishing.propose(
            audit=team.clerk, letter=letter, title=said.title, question=said.words, answer=said.answer
        )
        _keep_hints(team.own["reviewer"], row.pk)
        publishing.publish(audit=team.own["reviewer"], letter=letter)


def _keep_hints(audit: Audit, subject: uuid.UUID) -> None:
    for hint in hints(subject):
        if hint.open:
            decide_hint(audit=audit, subject=subject, sha256=hint.sha256, fingerprint=hint.fingerprint, verdict="keep")


def _lead(team: Staff, item: Item) -> None:
    """An entry through every stage, each by its own person, to its release."""
    review.submit(audit=team.clerk, item=item)
    version = newest_version(item)
    assert version is not None
    _keep_hints(team.own["reviewer"], version.pk)
    while (then := progress(item)).next_stage and then.plan:
        review.pass_stage(audit=team.of(then.next_stage, then.plan), item=item, opinion="同意")
    release.release(audit=team.clerk, item=item)


def _draft(team: Staff, organ: Organ, said: tuple[str, tuple[str, ...]], today: date) -> Item:
    title, lines = said
    content = drafting.Content(
        kind="consultation",
        title=title,
        formed_on=today,
        metadata={
            "theme": "10/城乡建设（含住房）",
            "issuing_organ": organ.name,
            "written_on": today.isoformat(),
            "items": ["general"],
            "columns": ["consultations"],
        },
        mode="proactive",
        public_until=today + timedelta(days=90),
        body="".join(f"<p>{line}</p>" for line in lines),
    )
    item = drafting.draft(audit=team.clerk, organ=organ, content=content, once=f"demo:talk:{title[:20]}")
    _lead(team, item)
    return item


def _opinion(audit: Audit, item: Item, words: str, on: date, origin: str, number: int) -> uuid.UUID:
    given = Given(words, on, name(number * 3 + 1), "", origin, once=f"demo:opinion:{item.pk}:{number}")
    row = consultations.give(audit=audit, item=item.pk, given=given)
    key: uuid.UUID = row.pk
    return key


def _closed(team: Staff, organ: Organ, today: date) -> None:
    """A consultation that ended, with what became of each opinion, published."""
    item = _draft(team, organ, CLOSED_DRAFT, today)
    opens, closes = today - timedelta(days=40), today - timedelta(days=6)
    consultations.ask(audit=team.clerk, item=item.pk, opens_on=opens, closes_on=closes, major=True)
    keys = [
        _opinion(team.clerk, item, words, opens + timedelta(days=3 * n + 2), origin, n)
        for n, (origin, words) in enumerate(OPINIONS)
    ]
    for summary, outcome, reason, members in GROUPS:
        consultations.sum_up(
            audit=team.clerk,
            item=item.pk,
            summary=summary,
            outcome=outcome,
            reason=reason,
            opinions=[keys[n] for n in members],
        )
    assert len(groups_of(item.pk)) == len(GROUPS)
    _lead(team, Item.objects.get(pk=consultations.draft_feedback(audit=team.clerk, item=item.pk)))


def _ledger(today: date) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEADS)
    levels = ("满意", "满意", "基本满意", "不满意", "", "满意")
    first = date(today.year, 1, 1)

    def came_on(n: int) -> date:
        return max(first, today - timedelta(days=n))

    for n in range(24):
        category, organ, words = CALLS[n % len(CALLS)]
        came = came_on(60 - 2 * n)
        closed = min(came + timedelta(days=3), today).isoformat() if n % 7 else ""
        level = levels[n % len(levels)] if closed else ""
        writer.writerow(
            (f"YL{today:%Y}{n + 1:05d}", name(n), "", came.isoformat(), category, organ, words, closed, level)
        )
    return out.getvalue().encode()


def _hotline(audit: Audit, organs: dict[str, Organ], staff: dict[str, Staff], today: date) -> None:
    """A ledger of the hotline, and the question in it that was made into an answer."""
    seen = hotline.look(county=audit.county, name="热线工单.csv", data=_ledger(today))
    hotline.bring(audit=audit, seen=seen)
    rows = HotlineRow.objects.filter(county=audit.county, category="户籍").order_by("number")
    title, answer = QUESTION
    made = questions.confirm(
        audit=audit,
        organ=organs[POLICE],
        title=title,
        answer=answer,
        parts=[("hotline", row.pk) for row in rows[:4]],
    )
    item = Item.objects.get(pk=made.entry)
    version = newest_version(item)
    assert version is not None
    said = drafting.content_of(version)
    said.metadata.update(theme="16/公安", items=["general"])
    drafting.edit(audit=staff[POLICE].clerk, item=item, content=said)
    _lead(staff[POLICE], item)
