"""What an organ of the demonstration publishes: one function for each sort of entry, each with a title, words and metadata."""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from gongkai.web.demo import sentences as s
from gongkai.web.demo.offices import PLACES, VILLAGES, Office
from gongkai.web.demo.sentences import Words

Table = Sequence[Sequence[object]]


@dataclass(frozen=True, slots=True)
class Article:
    """An entry as it is written: `days` is how long it is public, `table` goes into a workbook beside the text."""

    kind: str
    title: str
    body: str
    items: tuple[str, ...]
    columns: tuple[str, ...]
    meta: dict[str, Any] = field(default_factory=dict)
    days: int = 0
    sheet: Table = ()
    reading: str = ""


@dataclass(frozen=True, slots=True)
class Setting:
    """In which an entry is written."""

    office: Office
    what: str
    whom: str
    unit: str
    place: str
    village: str
    day: date
    serial: int
    rng: Random
    words: Words


def setting(rng: Random, office: Office, day: date, serial: int) -> Setting:
    """What an organ writes of on a day."""
    what, whom, unit = rng.choice(office.matters)
    own = next((place for place in PLACES if place in office.name), "")
    place, other = rng.sample(PLACES, 2)
    place, village = own or place, rng.choice(VILLAGES)
    last = day - timedelta(days=rng.randint(2, 20))
    later = day + timedelta(days=rng.randint(20, 90))
    words = Words(
        rng, what=what, whom=whom, unit=unit, place=place, other=other, village=village, organ=office.name,
        year=str(day.year), month=str(day.month), date=_says(last), date2=_says(later),
    )  # fmt: skip
    return Setting(office, what, whom, unit, place, village, day, serial, rng, words)


def _says(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def paragraphs(lines: Sequence[str]) -> str:
    """Lines as a text; one that begins with # is a heading."""
    return "".join(
        f"<h2>{html.escape(line[1:])}</h2>" if line.startswith("#") else f"<p>{html.escape(line)}</p>" for line in lines
    )


def table(rows: Table, caption: str) -> str:
    """Rows as a table, the first its head."""
    head = "".join(f'<th scope="col">{html.escape(str(cell))}</th>' for cell in rows[0])
    body = "".join("<tr>" + "".join(f"<td>{html.escape(str(c))}</td>" for c in row) + "</tr>" for row in rows[1:])
    return (
        f"<table><caption>{html.escape(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )


def _plain(at: Setting) -> list[str]:
    w = at.words
    return [*w.some(s.OPENING, 1, 2), *w.some(s.MEASURE, 2, 4), *w.some(s.FIGURE, 1, 3), *w.some(s.ASK, 1, 2)]


def _number(at: Setting) -> dict[str, Any]:
    return {"document_number": f"{at.office.word}发〔{at.day.year}〕{at.serial}号", "genre": "通知"}


def normative(at: Setting) -> Article:
    """A rule of the organ, with its interpretation."""
    name = at.rng.choice(("管理办法", "实施细则", "管理规定", "工作规程", "实施办法"))
    area = at.place if at.office.township else "云岭县"
    name = f"{name}（{at.day.year}年{at.rng.choice(('修订', '试行', '版'))}）"
    title = f"{at.office.name}关于印发《{area}{at.what}{name}》的通知"
    lines = [f"各有关单位：现将《{area}{at.what}{name}》印发给你们，请结合实际认真执行。"]
    chosen = sorted(at.rng.sample(range(len(s.ARTICLE)), at.rng.randint(6, 10)))
    articles = [at.words.say(s.ARTICLE[n]) for n in chosen]
    lines += ["#" + f"{area}{at.what}{name}", *(f"第{_nth(n)}条　{text}" for n, text in enumerate(articles, 1))]
    effective = at.day + timedelta(days=30)
    years = at.rng.choice((2, 3, 5, 5))
    lines.append(f"第{_nth(len(articles) + 1)}条　本办法自{_says(effective)}起施行，有效期{years}年。")
    meta = _number(at) | {
        "effective_on": effective.isoformat(),
        "expires_on": (effective.replace(day=1).replace(year=effective.year + years)).isoformat(),
        "summary": f"规定{at.what}的对象、标准、程序和监督。",
    }
    return Article(
        "normative", title, paragraphs(lines), ("normative_documents",), ("policies",), meta, reading=_reading(at)
    )


def _nth(number: int) -> str:
    tens, ones = divmod(number, 10)
    return ("" if not tens else "十") + ("" if not ones else "一二三四五六七八九"[ones - 1])


def _reading(at: Setting) -> str:
    w = at.words
    return paragraphs([*w.some(s.WHY, 1, 1), *w.some(s.SAYS, 1, 2), *w.some(s.HOW, 1, 2), *w.some(s.FIGURE, 0, 1)])


def policy(at: Setting) -> Article:
    """A plan or an opinion of the organ."""
    name = at.rng.choice(("实施方案", "行动方案", "若干措施", "工作要点", "三年行动计划"))
    title = f"{at.office.name}关于印发《{at.place}片区{at.day.year}年{at.what}{name}》的通知"
    lines = [*at.words.some(s.OPENING, 1, 1), "#主要任务", *at.words.some(s.MEASURE, 3, 6), "#工作要求"]
    lines += at.words.some(s.ASK, 2, 3)
    reading = _reading(at) if at.rng.random() < 0.4 else ""
    meta = _number(at) | {"summary": f"部署{at.day.year}年{at.what}的任务、分工和时限。"}
    if not reading:
        meta["no_interpretation"] = "延续上年做法，没有新的规定，不另作解读"
    return Article("policy", title, paragraphs(lines), ("normative_documents",), ("policies",), meta, reading=reading)


def official(at: Setting) -> Article:
    """A letter or an approval."""
    title = at.rng.choice(
        (
            f"{at.office.name}关于{at.place}{at.village}{at.what}有关事项的批复",
            f"{at.office.name}关于做好{at.day.year}年第{at.rng.randint(1, 4)}季度{at.what}工作的通知",
            f"{at.office.name}关于{at.place}{at.what}情况的通报",
        )
    )
    return Article(
        "official", title, paragraphs(_plain(at)), ("normative_documents",), ("item.normative_documents",), _number(at)
    )


def budget(at: Setting) -> Article:
    """The budget or the final account of a year."""
    final = at.rng.random() < 0.5
    year = at.day.year - 1 if final else at.day.year
    rows: list[tuple[object, ...]] = [("功能分类", "年初预算（万元）", "决算（万元）" if final else "上年预算（万元）")]
    for name in at.rng.sample(
        ("一般公共服务", "社会保障和就业", "卫生健康", "节能环保", "农林水", "住房保障", "教育", "其他支出"), 5
    ):
        given = at.rng.randint(20, 4200)
        rows.append((name, given, given + at.rng.randint(-given // 6, given // 6)))
    rows.append(("合计", sum(int(str(r[1])) for r in rows[1:]), sum(int(str(r[2])) for r in rows[1:])))
    word = "决算" if final else "预算"
    title = f"{at.office.name}{year}年度部门{word}公开（{at.rng.choice(('本级', '汇总', '含所属单位'))}）"
    lines = [f"现将{at.office.name}{year}年度部门{word}公开如下，金额单位为万元。", *at.words.some(s.FIGURE, 1, 2)]
    body = paragraphs(lines) + table(rows, f"{year}年度支出{word}表") + paragraphs(at.words.some(s.ASK, 1, 1))
    return Article("general", title, body, ("budgets",), ("item.budgets",), sheet=rows)


_FIRMS = (
    "宏达",
    "众合",
    "绿源",
    "远景",
    "金穗",
    "瑞丰",
    "恒信",
    "东升",
    "华盛",
    "明德",
    "永兴",
    "百川",
    "鼎盛",
    "安泰",
)
_TRADES = (
    "建筑有限公司",
    "商贸有限公司",
    "食品厂",
    "餐饮店",
    "农业合作社",
    "物流有限公司",
    "药店",
    "加油站",
    "培训学校",
    "砂石厂",
)


def _firm(rng: Random) -> str:
    return f"{rng.choice(PLACES)[:2]}{rng.choice(_FIRMS)}{rng.choice(_TRADES)}"


def licences(at: Setting) -> Article:
    """What was licensed in a period."""
    rows: list[tuple[object, ...]] = [("序号", "行政相对人", "许可事项", "结果")]
    for n in range(1, at.rng.randint(4, 9)):
        rows.append((n, _firm(at.rng), at.what, at.rng.choice(("准予许可", "准予变更", "准予延续"))))
    week = at.day.isocalendar().week
    title = f"{at.office.name}{at.day.year}年第{week}周{at.what}行政许可结果公布（{at.place}片）"
    lines = [f"{_says(at.day)}前七日内共作出行政许可决定{len(rows) - 1}件，现予公布。"]
    body = paragraphs(lines) + table(rows, "行政许可结果") + paragraphs(at.words.some(s.ASK, 1, 2))
    return Article("general", title, body, ("licences",), ("item.licences",), sheet=rows)


def penalties(at: Setting) -> Article:
    """Decisions on penalties against firms."""
    firm = _firm(at.rng)
    title = f"{at.office.name}行政处罚决定信息（{firm}，{at.day.year}年第{at.serial}案）"
    lines = [
        f"当事人：{firm}。",
        at.words.say("违法事实：{date}检查发现，当事人在{what}方面未按规定建立台账，涉及{m}{unit}。"),
        at.words.say("处理结果：责令限期改正，处罚款{money}元。当事人已于{k}日内改正并缴纳。"),
        "当事人不服本决定的，可以依法申请行政复议或者提起行政诉讼。",
        *at.words.some(s.ASK, 1, 1),
    ]
    return Article("general", title, paragraphs(lines), ("penalties",), ("item.penalties",))


def inspection(at: Setting) -> Article:
    """A round of inspections."""
    title = f"{at.office.name}{at.day.year}年{at.day.month}月{at.place}{at.what}监督检查结果"
    rows: list[tuple[object, ...]] = [("检查对象", "检查内容", "结果")]
    for _ in range(at.rng.randint(4, 8)):
        rows.append((_firm(at.rng), at.what, at.rng.choice(("未发现问题", "未发现问题", "责令改正", "已当场整改"))))
    lines = [*at.words.some(s.OPENING, 1, 1), at.words.say(s.FIGURE[3])]
    return Article(
        "general",
        title,
        paragraphs(lines) + table(rows, "检查结果"),
        ("inspections",),
        ("item.inspections",),
        sheet=rows,
    )


def recruitment(at: Setting) -> Article:
    """Posts that are advertised until a day."""
    title = f"{at.office.name}{at.day.year}年公开招聘{at.what}岗位工作人员公告（第{at.rng.randint(1, 6)}批）"
    rows: list[tuple[object, ...]] = [("岗位", "名额", "学历要求", "其他条件")]
    for post in at.rng.sample(("综合文字岗", "财务会计岗", "信息技术岗", "现场管理岗", "窗口服务岗", "法务岗"), 3):
        rows.append((post, at.rng.randint(1, 4), at.rng.choice(("专科以上", "本科以上")), "年龄35周岁以下"))
    lines = [
        at.words.say("因{what}工作需要，{organ}面向社会公开招聘，报名在公示截止日前有效。"),
        *at.words.some(s.ASK, 1, 1),
    ]
    return Article(
        "notice", title, paragraphs(lines) + table(rows, "招聘岗位"), ("recruitment",), ("notices", "item.recruitment"),
        days=at.rng.choice((10, 15, 20)), sheet=rows,
    )  # fmt: skip


def notice(at: Setting) -> Article:
    """A list or a project that is shown to the public for some days."""
    what = at.rng.choice(("拟补助对象数量", "项目选址", "验收结果", "年度计划", "拟纳入名单的村组", "评审结果"))
    title = f"{at.place}{at.village}{at.what}{what}公示（{at.day.year}年第{at.serial}期）"
    items = ("township.social_assistance",) if at.office.township else ("county.public_services",)
    lines = [
        *at.words.some(s.OPENING, 1, 1),
        *at.words.some(s.FIGURE, 1, 2),
        "公示期内有异议的，可以书面或者当面向本机关反映，请写明事实和理由。",
        *at.words.some(s.ASK, 1, 1),
    ]
    return Article(
        "notice", title, paragraphs(lines), items, ("notices", f"item.{items[0]}"), days=at.rng.choice((5, 7, 7, 10))
    )


def consultation(at: Setting) -> Article:
    """A draft on which the public is asked."""
    title = f"关于《{at.place}{at.what}工作办法（{at.day.year}年征求意见稿）》公开征求意见的公告"
    lines = [
        at.words.say("{organ}起草了《{place}{what}工作办法（征求意见稿）》，现向{whom}公开征求意见。"),
        *at.words.some(s.ARTICLE, 3, 5),
        "意见可以当面提交，也可以邮寄，信封上请注明“征求意见”字样。",
    ]
    return Article("consultation", title, paragraphs(lines), ("general",), ("consultations",), days=30)


def meeting(at: Setting) -> Article:
    """What a meeting decided."""
    title = f"{at.office.name}{at.day.year}年第{at.serial}次工作会议研究{at.what}工作"
    lines = [*at.words.some(s.OPENING, 1, 1), "#会议议定", *at.words.some(s.MEASURE, 2, 4), *at.words.some(s.ASK, 1, 1)]
    return Article("meeting", title, paragraphs(lines), ("general",), ("meetings",))


def response(at: Setting) -> Article:
    """An answer to what people ask."""
    title = at.words.say("回应：{place}{village}{whom}关心的{what}问题怎样解决（{month}月）")
    lines = [at.words.say(s.OPENING[4]), *at.words.some(s.MEASURE, 2, 3), *at.words.some(s.HOW, 1, 1)]
    return Article("response", title, paragraphs(lines), ("general",), ("responses",))


def _general(item: str, title: str) -> Callable[[Setting], Article]:
    def write(at: Setting) -> Article:
        said = at.words.say(title, serial=at.serial)
        return Article("general", said, paragraphs(_plain(at)), (item,), (f"item.{item}",))

    return write


DEPARTMENT: tuple[Callable[[Setting], Article], ...] = (
    normative, policy, notice, licences, official, recruitment, meeting, consultation, budget, penalties, response,
    inspection, notice, policy, licences,
    _general("plans", "{organ}{year}年{what}专项规划{place}片实施评估（第{serial}期）"),
    _general("statistics", "{year}年{month}月{place}{what}统计信息（第{serial}期）"),
    _general("emergencies", "{organ}{what}领域突发事件应急预案（{year}年版，{place}）"),
    _general("procurement", "{organ}{year}年{what}项目政府采购实施情况（{place}，第{serial}期）"),
    _general("major_projects", "{place}{what}项目批准和{year}年{month}月实施进度（第{serial}期）"),
    _general("livelihood", "{year}年{month}月{place}{what}政策落实情况（第{serial}期）"),
    _general("charges", "{organ}{what}收费项目、依据和标准（{year}年{month}月更新，第{serial}期）"),
    _general("county.public_services", "{place}{village}{what}服务事项办理情况（{year}年{month}月，第{serial}期）"),
    _general("county.public_welfare", "{year}年{place}{village}{what}公益事项进展（第{serial}期）"),
    _general("otherwise_required", "{organ}{year}年{month}月{what}工作情况（{place}片，第{serial}期）"),
    notice, licences, penalties, inspection,
)  # fmt: skip
TOWNSHIP: tuple[Callable[[Setting], Article], ...] = (
    notice,
    _general("township.rural_policies", "{place}{year}年{month}月{what}政策落实情况（第{serial}期）"),
    _general("township.irrigation", "{place}{village}农田水利工程运行情况（{year}年第{serial}期）"),
    _general("township.land_contracts", "{place}{village}土地经营权流转登记情况（{year}年第{serial}期）"),
    _general("township.homesteads", "{place}{village}宅基地审批结果（{year}年第{serial}批）"),
    policy,
    _general("township.fund_raising", "{place}{village}一事一议筹资筹劳项目（{year}年第{serial}期）"),
    _general("township.social_assistance", "{place}{year}年{month}月社会救助资金发放情况（第{serial}期）"),
    meeting, budget, official, notice, response, recruitment, normative, inspection,
)  # fmt: skip
