"""The glance in sentences that a person can read aloud: every rate with what it is a rate of."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.annual.series import plain
from gongkai.web.onrequest.selectors.lists import CAP, SOON_DAYS
from gongkai.web.overview.selectors.glance import MANY, Glance, Open
from gongkai.web.overview.selectors.trend import Point, spans

BEST = 3
"""So many of the first places are read out."""
NAMED = 3


@dataclass(frozen=True, slots=True)
class Spoken:
    """A part of the page: its key, its heading, and what to say of it."""

    key: str
    heading: str
    words: str


def so_many(n: int | None) -> str:
    """A number; beyond what is counted that there are more."""
    return f"{CAP}以上" if n is None else str(n)


def when(of: Glance) -> str:
    """The period, at the head of a sentence."""
    return "今年以来" if of.current else f"{of.year}年全年"


def spoken(of: Glance) -> list[Spoken]:
    """Every part of the page, in its order."""
    parts = [
        ("applications", "依申请公开", _applications(of)),
        ("outcomes", "答复的结果", _outcomes(of)),
        ("contested", "复议诉讼", _contested(of)),
        ("proactive", "主动公开", _proactive(of)),
        ("problems", "巡查、检查和任务", _problems(of)),
        ("assessed", "考核", _assessed(of)),
        ("reports", "年度报告", _reports(of)),
        ("trend", "历年情况", _trend(of)),
    ]
    return [Spoken(*part) for part in parts]


def _applications(of: Glance) -> str:
    told, share = of.applications, of.due.whole
    found = [f"{when(of)}收到申请{told.received}件" if told.received else f"{when(of)}没有登记收到申请"]
    if share.of:
        found.append(f"已到期应答复{share.of}件，其中按期答复{share.n}件，按期率{share.rate}（{share.n}/{share.of}）")
    else:
        found.append("没有到期应答复的，按期率不计算")
    words = "，".join(found) + "。"
    if of.cases.open == 0:
        return f"{words}现在没有未答复的。"
    late = f"其中已逾期{so_many(of.cases.overdue)}件" if of.cases.overdue != 0 else "没有逾期的"
    soon = f"，{'一二三四五六七八九'[SOON_DAYS - 1]}个工作日内到期{so_many(of.soon)}件" if of.soon != 0 else ""
    return f"{words}现在未答复{so_many(of.cases.open)}件，{late}{soon}。"


def _outcomes(of: Glance) -> str:
    told = of.applications
    if not told.answered:
        return f"{when(of)}没有答复的申请。"
    parts = [f"{each.words}{each.n}件，占{each.rate}" for each in told.outcomes if each.n]
    return f"{when(of)}答复{told.answered}件：{'；'.join(parts)}。"


def _contested(of: Glance) -> str:
    parts = []
    for each in of.contested:
        if not each.total:
            parts.append(f"没有登记{each.words}")
            continue
        pending = f"，尚未审结{each.pending}件" if each.pending else ""
        parts.append(f"{each.words}{each.total}件，其中结果纠正{each.corrected}件{pending}")
    return f"按年度报告表四的口径，{when(of)}{'；'.join(parts)}。"


def _proactive(of: Glance) -> str:
    items = f"{MANY}条以上" if of.items > MANY else f"{of.items}条"
    parts = [f"已过公开期限还没有公开的信息{items}" if of.items else "没有已过公开期限还没有公开的信息"]
    if of.columns.watched:
        parts.append(f"规定了更新间隔的栏目{of.columns.watched}个，其中超过间隔没有更新的{of.columns.stale}个")
    if of.covered is None:
        parts.append("还没有导入标准目录")
    elif of.covered.base:
        parts.append(f"标准目录中各单位承担{of.covered.base}项，其中还要办理的{of.covered.gaps}项")
    return "；".join(parts) + "。"


def _still(words: str, unit: str, each: Open) -> str:
    if not each.open and not each.other:
        return f"{words}没有未办完的"
    late = f"，其中{each.overdue}{unit}已过期限" if each.overdue else "，都没有过期限"
    waiting = f"，另有{each.other}{unit}等待复查" if each.other else ""
    return f"{words}待办{each.open}{unit}{late if each.open else ''}{waiting}"


def _problems(of: Glance) -> str:
    parts = (
        _still("网站巡查发现的问题", "个", of.patrol),
        _still("检查等发现的问题", "个", of.problems),
        _still("督查任务", "项", of.tasks),
    )
    return "；".join(parts) + "。"


def _assessed(of: Glance) -> str:
    if of.assessed is None:
        return "还没有公布过考核排名。"
    title, lines = of.assessed.round.title, of.assessed.lines
    if of.organ is not None:
        mine = next((each for each in lines if each.organ == of.organ.pk), None)
        if mine is None:
            return f"{title}没有考核本单位。"
        place = f"第{mine.place}名" if mine.place else "不排名"
        return f"{title}：{mine.words}，{mine.verdict}，{place}（共{len(lines)}个单位）。"
    best = "、".join(f"{each.name}（{each.words}）" for each in lines if each.place and each.place <= BEST)
    failed = [each.name for each in lines if each.failed]
    said = f"不合格{len(failed)}个：{_some(failed)}" if failed else "没有不合格的"
    return f"{title}，考核了{len(lines)}个单位，排在前面的是{best}；{said}。"


def _some(names: list[str]) -> str:
    return "、".join(names[:NAMED]) + ("等" if len(names) > NAMED else "")


def _reports(of: Glance) -> str:
    told = of.reports
    whole = f"全县汇总的{told.year}年度报告{told.county}。" if told.county else ""
    if of.organ is not None:
        return whole or f"{told.year}年度报告{told.states[0][1] if told.states else '没有资料'}。"
    if not told.of:
        return f"名录中没有应当报告{told.year}年度的单位。{whole}"
    parts = [f"{n}个{words}" for _, words, n in told.states]
    return f"{told.year}年度报告，{told.of}个单位中：{'；'.join(parts)}。{whole}"


def _trend(of: Glance) -> str:
    if not of.trend:
        return "还没有读取或者定稿的年度报告，不能说历年情况。"
    parts = [f"{years}{_point(point, 'received')}" for years, point in spans(of.trend)]
    return f"按各年年度报告，收到申请：{'；'.join(parts)}。"


def _point(point: Point, key: str) -> str:
    value, n = point.values[key]
    if value is None:
        return "没有报告" if not point.there else "报告没有写明"
    partly = f"（{point.of}个单位中{n}个的报告）" if n < point.of else ""
    return f"{plain(value)}件{partly}"
