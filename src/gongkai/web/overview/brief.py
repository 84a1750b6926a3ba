"""The glance as a brief of one page (简报), to be printed, sent or read out."""

from __future__ import annotations

from datetime import datetime

from gongkai.calendar import in_chinese
from gongkai.documents.sheets import Cell, Line, Sheet, labelled
from gongkai.web.overview.selectors.glance import Glance
from gongkai.web.overview.words import Spoken, spoken

TITLE = "政府信息公开工作简报"
LONGEST = 190
"""So many characters of one part fit, so that all parts stand on one page."""
LATEST = 5
"""So many organs that are late are named."""
_POINTS = 10.5


def shortened(words: str) -> str:
    """Words that fit their box; what does not fit is on the page itself."""
    if len(words) <= LONGEST:
        return words
    at = max(words.rfind(sign, 0, LONGEST - 12) for sign in "；，、")
    return f"{words[: at if at > 0 else LONGEST - 12]}……（其余见系统总览）"


def brief(of: Glance, known_at: datetime) -> Sheet:
    """One page: who, when, as known when; then a sentence or two for each part."""
    parts = [part for part in spoken(of) if part.key != "outcomes" or of.applications.answered]
    lines = [Line(labelled(part.heading, shortened(part.words)), 12.0) for part in parts]
    late = _late(of)
    if late:
        lines.append(Line((Cell("要督促的单位", label=True), Cell(late)), 12.0))
    period = f"{of.year}年1月1日至{in_chinese(min(of.span.last, of.today))}"
    return Sheet(
        title=TITLE,
        widths=(20, 80),
        lines=tuple(lines),
        organ=_short(of.scope),
        above=(
            f"范围：{'全县' if of.organ is None else '本机关'}（{_short(of.scope)}）",
            f"期间：{period}　　数据截至{in_chinese(known_at.date())}{known_at:%H:%M}系统中已登记的内容",
        ),
        notes=(
            "按期率＝按期答复的件数÷已到期应答复的件数，到期是指答复期限的最后一日已经过去；没有期限、撤回和并案的不计。"
            "空白和没有报告的年度不作0计。",
        ),
        points=_POINTS,
    )


def _short(name: str) -> str:
    return name if len(name) <= 30 else name[:29] + "…"


def _late(of: Glance) -> str:
    late = [each for each in of.organs if each.overdue or each.problems]
    said = [f"{_short(each.name)}（{'，'.join(_what(each.overdue, each.problems))}）" for each in late[:LATEST]]
    more = f"；共{len(late)}个单位" if len(late) > LATEST else ""
    return shortened("、".join(said) + more + "。") if said else ""


def _what(cases: int, problems: int) -> list[str]:
    return [words for n, words in ((cases, f"逾期申请{cases}件"), (problems, f"逾期问题{problems}个")) if n]


__all__ = ["TITLE", "Spoken", "brief", "shortened"]
