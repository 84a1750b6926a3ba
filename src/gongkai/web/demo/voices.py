"""What the public said in the earlier years, and this year before the letters of the last weeks: letters and the hotline."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from django.db import transaction

from gongkai.web.audit.services import Audit
from gongkai.web.demo.earlier import YEARS
from gongkai.web.demo.matters import name
from gongkai.web.demo.people import OFFICE
from gongkai.web.demo.publishing import staff_of
from gongkai.web.demo.talk import HEADS, LAND, POLICE, SCHOOLS, TOWN
from gongkai.web.demo.then import then
from gongkai.web.interaction.services import acts, hotline
from gongkai.web.interaction.services.intake import Arriving, register
from gongkai.web.organs.models import County, Organ

LETTERS: tuple[tuple[str, str, str, str, str, str, str], ...] = (
    ("2024-03-11", "question", SCHOOLS, "幼儿园学位怎样登记", "孩子九月满三周岁，公办幼儿园什么时候登记学位？",
     "公办幼儿园每年五月下旬登记学位，登记办法在县政府网站公布。", "satisfied"),
    ("2024-05-20", "message", LAND, "征地补偿款到账时间", "村里的征地补偿方案已经公示，补偿款多久到账？",
     "补偿款在签订协议后三十日内拨付到村，由村集体在十日内发放到户。", "mostly"),
    ("2024-07-02", "suggestion", TOWN, "建议集市划出停车区", "集日路两边停满了车，行人只能走路中间。",
     "已在集市北侧划出临时停车区，集日由镇里派人引导。", "satisfied"),
    ("2024-09-18", "question", POLICE, "异地换领驾驶证", "驾驶证在外地领的，能不能在县里换证？",
     "可以。携带身份证、体检证明和照片，到县车驾管窗口办理。", "satisfied"),
    ("2024-11-06", "head", SCHOOLS, "校车停靠点太远", "孩子每天要走两里路去等校车，希望增加停靠点。",
     "经与运营公司现场查看，自下周起在桃园村口增设停靠点。", "satisfied"),
    ("2025-02-26", "question", LAND, "农村房屋怎样办不动产证", "老房子没有证，现在还能办吗？",
     "可以。请先到村委会开具权属来源证明，再到县不动产登记中心申请。", "mostly"),
    ("2025-04-15", "message", TOWN, "自来水时断时续", "石桥村四组这半个月经常停水。",
     "停水因管网改造引起，本月二十五日完工；完工以前由水务站每日送水。", "not"),
    ("2025-06-09", "suggestion", SCHOOLS, "建议公布学校食堂菜单", "希望学校每周公布食堂菜单和价格。",
     "自本学期起，各校每周一在校门口和公众号公布菜单、价格。", "satisfied"),
    ("2025-08-21", "question", POLICE, "电动自行车上牌", "新买的电动自行车到哪里上牌，要不要收费？",
     "到任一派出所或者销售门店的登记点办理，不收费用。", "satisfied"),
    ("2025-10-14", "head", LAND, "小区规划的绿地没有建", "开发商说的绿地两年没有动工。",
     "经核查，绿地属于规划条件，已责令开发单位在十二月底以前建成。", "mostly"),
    ("2026-02-03", "question", TOWN, "耕地地力保护补贴标准", "今年的补贴标准是多少，什么时候发？",
     "标准与去年相同，四月底以前发放到一卡通，名单在各村公示。", "satisfied"),
    ("2026-05-12", "message", POLICE, "路口红绿灯时间太短", "人民路和文昌路路口行人绿灯只有十几秒，老人过不去。",
     "已将行人绿灯延长到三十秒，并增设二次过街标志。", "satisfied"),
    ("2026-08-19", "suggestion", LAND, "建议公开地价查询", "希望能在网上查到各片区的基准地价。",
     "基准地价已在县政府网站“自然资源”栏目公布，可以按片区查询。", "mostly"),
)  # fmt: skip
CALLS: tuple[tuple[str, str, str], ...] = (
    ("供水", "云岭县水务局", "村里水压低，早晚没有水"), ("供暖", "云岭县住房和城乡建设局", "室内温度不到十八度"),
    ("教育", SCHOOLS, "咨询转学需要的材料"), ("教育", SCHOOLS, "反映校门口接送拥堵"), ("道路", TOWN, "村道塌陷一处，夜间危险"),
    ("道路", "云岭县交通运输局", "县道护栏损坏"), ("户政", POLICE, "咨询户口迁移办理流程"), ("噪声", POLICE, "夜间烧烤摊喧哗"),
    ("社保", "云岭县人力资源和社会保障局", "咨询养老保险补缴"), ("医保", "云岭县医疗保障局", "异地就医备案后报销比例"),
    ("市容", "云岭县城市管理综合执法局", "占道经营影响通行"), ("环保", "青河市生态环境局云岭分局", "河边有人焚烧垃圾"),
    ("物业", "云岭县住房和城乡建设局", "物业不公示收费项目"), ("消费", "云岭县市场监督管理局", "预付卡商家关门"),
    ("补贴", "云岭县民政局", "高龄津贴没有到账"), ("公交", "云岭县交通运输局", "首班车时间太晚"),
    ("不动产", LAND, "咨询二手房过户时限"), ("农业", "云岭县农业农村局", "农机补贴申请进度"),
)  # fmt: skip
A_YEAR = 180
"""Calls of a year in the ledger of the hotline."""
_LEVELS = ("满意", "满意", "满意", "基本满意", "基本满意", "不满意", "")


@transaction.atomic
def load_voices(county: County, audit: Audit, today: date) -> None:
    """Load both, each letter on its days and each ledger in January after its year."""
    organs = {organ.name: organ for organ in Organ.objects.filter(county=county.pk, valid_until__isnull=True)}
    if OFFICE not in organs:
        return
    staff = staff_of(audit, [organs[each] for each in (SCHOOLS, LAND, TOWN, POLICE)])
    for number, (came, kind, to, title, words, answer, rating) in enumerate(LETTERS):
        day = date.fromisoformat(came)
        if day + timedelta(days=60) > today:
            continue
        with then(day):
            arriving = Arriving(
                kind=kind, title=title, words=words, received_on=day, name=name(number * 7 + 5),
                phone=f"199{30000000 + number * 6007:08d}", once=f"demo:voice:{number}",
            )  # fmt: skip
            letter = register(audit=audit, arriving=arriving).letter
            acts.route(audit=audit, letter=letter, organ=organs[to], words="请按职责办理，按时答复。")
        with then(day + timedelta(days=3 + number % 4)):
            said = f"您好，来信收悉。{answer}感谢您的来信。"
            acts.submit(audit=staff[to].clerk, letter=letter, words=said)
            acts.answer(audit=staff[to].own["reviewer"], letter=letter)
        with then(day + timedelta(days=9 + number % 3)):
            reason = "水还是时有时无，请说明哪天能恢复。" if rating == "not" else ""
            acts.rate(audit=audit, letter=letter, level=rating, words=reason)
    until = today - timedelta(days=70)
    for last in (*(date(year, 12, 31) for year in YEARS), *([until] if until.year > YEARS[-1] else [])):
        with then(last + timedelta(days=6)):
            seen = hotline.look(county=county.pk, name=f"{last.year}年热线工单.csv", data=_ledger(last))
            hotline.bring(audit=audit, seen=seen)


def _ledger(last: date) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEADS)
    writer.writerows(_calls(last))
    return out.getvalue().encode()


def _calls(last: date) -> Iterator[tuple[str, ...]]:
    """The calls of a year up to a day."""
    rng, first = Random(last.year), date(last.year, 1, 1)  # noqa: S311 - an invented county, the same each time
    came_on = sorted(first + timedelta(days=rng.randrange(365)) for _ in range(A_YEAR))
    for n, came in enumerate(day for day in came_on if day <= last):
        category, organ, words = CALLS[rng.randrange(len(CALLS))]
        closed = min(came + timedelta(days=1 + rng.randrange(9)), last)
        yield (
            f"YL{last.year}{n + 1001:05d}", name(n), "", str(came), category, organ, words, str(closed),
            rng.choice(_LEVELS),
        )  # fmt: skip
