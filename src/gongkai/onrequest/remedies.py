"""Which remedies a letter names: 25 decisions × day × kind of organ, the text of each, and a check of any text.

From 2024-01-01 whoever is refused on art. 14, 15 or 16 goes to reconsideration first (行政复议法 23). Rows whose reading
is not settled are *neutral* until the competent department sets them: the text then says what no reading denies and
leaves the order of remedies to the law. A decision made before 2024-01-01 keeps the remedy of its day.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from gongkai.law.citations import (
    LIMIT_TO_RECONSIDER,
    LIMIT_TO_SUE,
    LITIGATION,
    OUR_RULE,
    OWN_GOVERNMENT_RECONSIDERS,
    RECONSIDERATION,
    REGULATIONS,
    Citation,
)
from gongkai.law.parameters import PARAMETERS
from gongkai.law.tables import RECONSIDERATION_2023
from gongkai.onrequest.decisions import decision, decisions

NEW_LAW_ON = RECONSIDERATION_2023
"""The day the Law on Administrative Reconsideration as revised in 2023 takes effect."""

REVIEW_FIRST_LAW = Citation(RECONSIDERATION, "第二十三条第一款第四项", "申请政府信息公开，行政机关不予公开")
MUST_TELL = Citation(
    RECONSIDERATION,
    "第二十三条第二款",
    "行政机关在作出行政行为时应当告知公民、法人或者其他组织先向行政复议机关申请行政复议",
)
ONLINE = Citation(
    RECONSIDERATION,
    "第二十二条第二款",
    "行政机关通过互联网渠道送达行政行为决定书的，应当同时提供提交行政复议申请书的互联网渠道",
)
EITHER_LAW = Citation(
    LITIGATION,
    "第四十四条第一款",
    "可以先向行政机关申请复议，对复议决定不服的，再向人民法院提起诉讼；也可以直接向人民法院提起诉讼",
)
NEUTRAL_LAW = Citation(REGULATIONS, "第五十一条", "也可以依法申请行政复议或者提起行政诉讼")


class OrganKind(StrEnum):
    """The kinds of organ that reconsideration tells apart."""

    COUNTY_GOVERNMENT = "county_government"
    DEPARTMENT = "department"
    TOWNSHIP = "township"
    SUBDISTRICT = "subdistrict"
    VERTICAL = "vertical"
    DISPATCHED = "dispatched"
    AUTHORISED = "authorised"
    OTHER = "other"


ORGAN_KINDS: dict[OrganKind, str] = {
    OrganKind.COUNTY_GOVERNMENT: "县级人民政府",
    OrganKind.DEPARTMENT: "政府工作部门",
    OrganKind.TOWNSHIP: "乡镇人民政府",
    OrganKind.SUBDISTRICT: "街道办事处（派出机关）",
    OrganKind.VERTICAL: "垂直领导机关",
    OrganKind.DISPATCHED: "以自己名义履职的派出机构",
    OrganKind.AUTHORISED: "法律、法规、规章授权的组织",
    OrganKind.OTHER: "其他",
}


class Mode(StrEnum):
    """How reconsideration and litigation stand to each other in the text."""

    REVIEW_FIRST = "review_first"
    EITHER = "either"
    PER_PART = "per_part"
    NEUTRAL = "neutral"


MODES: dict[Mode, str] = {
    Mode.REVIEW_FIRST: "复议前置",
    Mode.EITHER: "可以复议，也可以直接起诉",
    Mode.PER_PART: "不公开部分复议前置，其余可以复议也可以起诉",
    Mode.NEUTRAL: "中性告知",
}

ALLOWED: dict[str, frozenset[Mode]] = {
    "P1": frozenset({Mode.REVIEW_FIRST, Mode.EITHER, Mode.PER_PART, Mode.NEUTRAL}),
}
_SETTABLE = frozenset({Mode.REVIEW_FIRST, Mode.EITHER, Mode.NEUTRAL})

REVIEW_FIRST_CODES = frozenset({"N1", "N2", "N3", "N4", "N5", "N6", "N7"})
EITHER_CODES = frozenset({"G1", "G2", "U1a", "U1b", "R4", "O1"})
"""The rows that stand: refusals on art. 14 to 16, and those that plainly are not. All others wait for a person."""

OUTSIDE_REVIEW_FIRST = frozenset({"not_government_information"})
"""Grounds of a part that is not kept back on art. 14, 15 or 16."""

WHO_RECONSIDERS: dict[OrganKind, tuple[str, Citation]] = {
    OrganKind.COUNTY_GOVERNMENT: (
        "上一级人民政府",
        Citation(RECONSIDERATION, "第二十四条第一款第二项", "对下一级人民政府作出的行政行为不服的"),
    ),
    OrganKind.DEPARTMENT: (
        "本级人民政府",
        OWN_GOVERNMENT_RECONSIDERS,
    ),
    OrganKind.TOWNSHIP: (
        "县级人民政府",
        Citation(RECONSIDERATION, "第二十四条第一款第二项", "对下一级人民政府作出的行政行为不服的"),
    ),
    OrganKind.SUBDISTRICT: (
        "设立该派出机关的人民政府",
        Citation(RECONSIDERATION, "第二十四条第一款第三项", "对本级人民政府依法设立的派出机关作出的行政行为不服的"),
    ),
    OrganKind.VERTICAL: (
        "上一级主管部门",
        Citation(
            RECONSIDERATION,
            "第二十七条",
            "对海关、金融、外汇管理等实行垂直领导的行政机关、税务和国家安全机关的行政行为不服的，向上一级主管部门申请行政复议",
        ),
    ),
    OrganKind.DISPATCHED: (
        "本级人民政府",
        Citation(
            RECONSIDERATION,
            "第二十四条第四款",
            "以派出机构的名义作出的行政行为不服的行政复议案件，由本级人民政府管辖",
        ),
    ),
    OrganKind.AUTHORISED: (
        "管理该组织的本级人民政府",
        Citation(
            RECONSIDERATION,
            "第二十四条第一款第四项",
            "对本级人民政府或者其工作部门管理的法律、法规、规章授权的组织作出的行政行为不服的",
        ),
    ),
}
"""Who reconsiders, from 2024-01-01. Any other organ names its own."""

JUSTICE = Citation(
    RECONSIDERATION, "第二十八条", "可以向本级人民政府申请行政复议，也可以向上一级司法行政部门申请行政复议"
)

CITATIONS = (
    REVIEW_FIRST_LAW,
    MUST_TELL,
    ONLINE,
    EITHER_LAW,
    NEUTRAL_LAW,
    JUSTICE,
    *(cites for _, cites in WHO_RECONSIDERS.values()),
)

COMPETENT_ORGAN = "有管辖权的行政复议机关"
COMPETENT_COURT = "有管辖权的人民法院"


@dataclass(frozen=True, slots=True)
class OrganSetting:
    """What one organ is asked once: who answers and is defendant, who reconsiders, which court, where to file on line.

    `reconsiders` and `court` are names; empty means that the text stays general. `justice`: the justice bureau.
    """

    kind: OrganKind
    reconsiders: str = ""
    court: str = ""
    online: str = ""
    defendant: str = ""
    justice: bool = False


@dataclass(frozen=True, slots=True)
class RemedySettings:
    """What the competent department has set for rows that are neutral by themselves: a mode by code of decision."""

    modes: Mapping[str, Mode] = field(default_factory=dict)


NOTHING_SET = RemedySettings()


@dataclass(frozen=True, slots=True)
class Remedy:
    """A cell of the matrix. `reconsiders` is the kind of organ that reconsiders in words; `settled`: by law, not by a setting."""

    code: str
    mode: Mode
    reconsiders: str
    settled: bool
    set_by_department: bool = False
    cites: tuple[Citation, ...] = ()

    @property
    def basis(self) -> str:
        """The provisions, or 本系统规则."""
        return "；".join(c.short for c in self.cites) or OUR_RULE


def settable(code: str) -> frozenset[Mode]:
    """The modes that the competent department may choose for a decision; none where the law has settled it."""
    decision(code)
    if code in REVIEW_FIRST_CODES or code in EITHER_CODES:
        return frozenset()
    return ALLOWED.get(code, _SETTABLE)


def refusal_of_setting(code: str, mode: Mode) -> str:
    """Why a mode may not be set for a decision; empty when it may."""
    if mode in settable(code):
        return ""
    if not settable(code):
        found = remedy(code, NEW_LAW_ON, OrganKind.DEPARTMENT)
        return f"“{decision(code).zh}”的救济途径已由法律确定（{found.basis}），不能另行设定。"
    return f"“{decision(code).zh}”不能设为“{MODES[mode]}”（{OUR_RULE}）。"


def remedy(code: str, decided_on: date, kind: OrganKind, settings: RemedySettings = NOTHING_SET) -> Remedy:
    """The cell of the matrix for a decision made on a day by an organ of a kind."""
    decision(code)
    reconsiders, cites = WHO_RECONSIDERS.get(kind, (COMPETENT_ORGAN, None))
    if decided_on < NEW_LAW_ON:
        return Remedy(code, Mode.NEUTRAL, COMPETENT_ORGAN, settled=False)
    who = (cites,) if cites else ()
    if code in REVIEW_FIRST_CODES:
        return Remedy(
            code,
            Mode.REVIEW_FIRST,
            reconsiders,
            settled=True,
            cites=(REVIEW_FIRST_LAW, MUST_TELL, LIMIT_TO_RECONSIDER, *who),
        )
    if code in EITHER_CODES:
        return Remedy(
            code, Mode.EITHER, reconsiders, settled=True, cites=(EITHER_LAW, LIMIT_TO_RECONSIDER, LIMIT_TO_SUE, *who)
        )
    chosen = settings.modes.get(code, Mode.NEUTRAL)
    if chosen is Mode.NEUTRAL or chosen not in settable(code):
        return Remedy(code, Mode.NEUTRAL, reconsiders, settled=False)
    return Remedy(code, chosen, reconsiders, settled=False, set_by_department=True)


def matrix(decided_on: date, settings: RemedySettings = NOTHING_SET) -> dict[tuple[str, OrganKind], Remedy]:
    """All decisions × all kinds of organ on a day."""
    return {(code, kind): remedy(code, decided_on, kind, settings) for code in decisions() for kind in OrganKind}


def who_reconsiders(organ: OrganSetting, decided_on: date) -> str:
    """The organ of reconsideration as the text names it: by its name if it was set, else by its kind."""
    if organ.reconsiders:
        return organ.reconsiders
    if decided_on < NEW_LAW_ON:
        return COMPETENT_ORGAN
    named = WHO_RECONSIDERS.get(organ.kind, (COMPETENT_ORGAN, None))[0]
    return f"{named}或者上一级司法行政部门" if organ.justice else named


def text_of(
    code: str,
    decided_on: date,
    organ: OrganSetting,
    settings: RemedySettings = NOTHING_SET,
    *,
    served_online: bool = False,
    parts: tuple[str, ...] = (),
) -> tuple[str, ...]:
    """The remedy paragraphs of a letter. `parts` are the grounds of what a disclosure in part keeps back."""
    found = remedy(code, decided_on, organ.kind, settings)
    reconsiders, court = who_reconsiders(organ, decided_on), organ.court or COMPETENT_COURT
    match found.mode:
        case Mode.REVIEW_FIRST:
            lines = [_review_first(reconsiders, "本答复", decided_on)]
        case Mode.PER_PART if not set(parts) <= OUTSIDE_REVIEW_FIRST:
            lines = [
                _review_first(reconsiders, "本答复中不予公开的部分", decided_on),
                _either(reconsiders, court, "本答复的其他部分", decided_on),
            ]
        case Mode.EITHER | Mode.PER_PART:
            lines = [_either(reconsiders, court, "本答复", decided_on)]
        case _:
            lines = [neutral_text(reconsiders, decided_on)]
    if served_online and decided_on >= NEW_LAW_ON and organ.online:
        lines.append(f"行政复议申请书可以通过互联网提交：{organ.online}。")
    return tuple(lines)


def figure(key: str, on: date) -> str:
    """A limit of the law as a letter writes it: 60日, 6个月."""
    parameter = PARAMETERS[key]
    return f"{parameter.amount(on)}{parameter.unit.label}"


def _review_first(reconsiders: str, what: str, on: date) -> str:
    return (
        f"如对{what}不服，应当先申请行政复议："
        f"可以自知道本答复之日起{figure('reconsideration_apply', on)}内向{reconsiders}提出。"
        "对行政复议决定不服的，可以再自收到行政复议决定书之日起"
        f"{figure('litigation_after_reconsideration', on)}内向人民法院提起行政诉讼。"
    )


def _either(reconsiders: str, court: str, what: str, on: date) -> str:
    return (
        f"如对{what}不服，可以自知道本答复之日起{figure('reconsideration_apply', on)}内向{reconsiders}申请行政复议，"
        f"也可以自知道本答复之日起{figure('litigation_direct', on)}内直接向{court}提起行政诉讼。"
    )


def neutral_text(reconsiders: str, decided_on: date) -> str:
    """What no reading of the law denies. Used too where nothing was answered in time: never that one may sue at once."""
    if decided_on < NEW_LAW_ON:
        return "如认为本机关在政府信息公开工作中侵犯你（单位）的合法权益，可以依法申请行政复议或者提起行政诉讼。"
    return (
        "如认为本机关在政府信息公开工作中侵犯你（单位）的合法权益，可以依法申请行政复议或者提起行政诉讼。"
        f"申请行政复议的，可以自知道该行政行为之日起{figure('reconsideration_apply', decided_on)}内向{reconsiders}提出；"
        "提起行政诉讼的条件和期限，依照《中华人民共和国行政诉讼法》的规定。"
    )
