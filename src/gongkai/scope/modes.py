"""The disclosure mode (公开属性) of a document: proposed by who drafts it, decided with the document itself."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from gongkai.law.citations import REGULATIONS, Citation, short_basis
from gongkai.scope.grounds import grounds


class DisclosureMode(StrEnum):
    """How a document is disclosed."""

    PROACTIVE = "proactive"
    ON_REQUEST = "onrequest"
    NOT_DISCLOSED = "not_disclosed"


MODES: dict[DisclosureMode, str] = {
    DisclosureMode.PROACTIVE: "主动公开",
    DisclosureMode.ON_REQUEST: "依申请公开",
    DisclosureMode.NOT_DISCLOSED: "不予公开",
}

SHOULD_BE_DISCLOSED = Citation(
    REGULATIONS,
    "第十三条第一款",
    "除本条例第十四条、第十五条、第十六条规定的政府信息外，政府信息应当公开",
)
TWO_WAYS = Citation(REGULATIONS, "第十三条第二款", "行政机关公开政府信息，采取主动公开和依申请公开的方式")

CITATIONS = (SHOULD_BE_DISCLOSED, TWO_WAYS)


@dataclass(frozen=True, slots=True)
class Choice:
    """The mode of a document as somebody proposed it: the mode's key, the key of the ground, the reason in words."""

    mode: str = ""
    ground: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Lack:
    """What a choice of mode lacks, in a sentence, and what that rests on."""

    says: str
    cites: Citation | None = None

    @property
    def basis(self) -> str:
        """The provision, or 本系统规则."""
        return short_basis(self.cites)


def lack_of(choice: Choice) -> Lack | None:
    """Why a document with this choice goes back to who drafted it; None when nothing is missing."""
    if choice.mode not in set(DisclosureMode):
        return Lack("没有确定公开属性（主动公开、依申请公开或者不予公开）。")
    if choice.mode == DisclosureMode.PROACTIVE:
        return None
    reason = choice.reason.strip()
    if choice.mode == DisclosureMode.ON_REQUEST:
        return None if reason else Lack("拟依申请公开的，没有写明不主动公开的理由。")
    ground = grounds().get(choice.ground)
    if ground is None:
        return Lack("拟不予公开的，没有选定属于哪一种不予公开的情形。", SHOULD_BE_DISCLOSED)
    if not reason:
        return Lack(f"拟以“{ground.zh}”不予公开的，没有写明理由：{ground.asks}。", ground.cites)
    return None


def words(choice: Choice) -> str:
    """The choice as a list or a sheet says it: 不予公开（过程性信息）."""
    if choice.mode not in set(DisclosureMode):
        return "未定"
    ground = grounds().get(choice.ground) if choice.mode == DisclosureMode.NOT_DISCLOSED else None
    return MODES[DisclosureMode(choice.mode)] + (f"（{ground.zh}）" if ground else "")


OPEN_MARK = "（此件公开发布）"
"""What is printed on a document that is disclosed proactively."""
