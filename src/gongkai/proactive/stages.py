"""The stages of review: secrecy first, then 初审, 复审, 终审, each another person's; configured per organ and kind."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from gongkai.law.citations import REGULATIONS, Citation, short_basis

SECRECY_LAW = "保守国家秘密法"
SECRECY_RULES = "保守国家秘密法实施条例"

REVIEW = Citation(
    REGULATIONS,
    "第十七条第一款",
    "行政机关应当建立健全政府信息公开审查机制，明确审查的程序和责任",
)
REVIEWED_BY_LAW = Citation(
    REGULATIONS,
    "第十七条第二款",
    "以及其他法律、法规和国家有关规定对拟公开的政府信息进行审查",
)
UNCERTAIN = Citation(
    REGULATIONS,
    "第十七条第三款",
    "行政机关不能确定政府信息是否可以公开的，应当依照法律、法规和国家有关规定报有关主管部门或者保密行政管理部门确定",
)
SECRECY = Citation(SECRECY_LAW, "第三十五条", "机关、单位应当依法对拟公开的信息进行保密审查，遵守国家保密规定")
ONE_BY_ONE = Citation(SECRECY_RULES, "第四十二条", "按照先审查、后公开的原则，对拟公开的信息逐项进行保密审查")

CITATIONS = (REVIEW, REVIEWED_BY_LAW, UNCERTAIN, SECRECY, ONE_BY_ONE)


class Stage(StrEnum):
    """A stage of review, in the order in which they follow each other."""

    SECRECY = "secrecy"
    FIRST = "first"
    SECOND = "second"
    LEGALITY = "legality"
    FINAL = "final"


@dataclass(frozen=True, slots=True)
class StageInfo:
    """A stage in words, what it looks at, and the provision that asks for it."""

    zh: str
    asks: str
    cites: Citation | None = None

    @property
    def basis(self) -> str:
        """The provision, or 本系统规则."""
        return short_basis(self.cites)


STAGES: dict[Stage, StageInfo] = {
    Stage.SECRECY: StageInfo(
        "保密审查", "是否涉及国家秘密、工作秘密，与已经公开的信息汇聚后会不会泄密；不能确定的报请确定", ONE_BY_ONE
    ),
    Stage.FIRST: StageInfo("初审", "内容是否准确完整，元数据是否齐全，有无个人信息和错敏词", REVIEW),
    Stage.SECOND: StageInfo("复审", "公开属性和理由是否成立，表述是否规范，时机、范围是否合适", REVIEW),
    Stage.LEGALITY: StageInfo("合法性审核", "制定权限、程序和内容是否合法"),
    Stage.FINAL: StageInfo("终审", "是否同意公开", REVIEWED_BY_LAW),
}

ALWAYS = (Stage.SECRECY, Stage.FIRST, Stage.FINAL)
"""What no plan may leave out."""

BY_OWN, BY_COUNTY = "own", "county"
"""By whose people a stage is done: the organ's own, or the county's competent department serving it."""


def wrong_with(stages: Collection[Stage], county: Collection[Stage] = ()) -> str:
    """Why a plan may not have these stages; nothing when it may."""
    lacking = [STAGES[stage] for stage in ALWAYS if stage not in stages]
    if lacking:
        return f"“{lacking[0].zh}”不能省略（{lacking[0].basis}）。"
    if list(stages) != [stage for stage in Stage if stage in stages]:
        return "环节的先后次序不能改变。"
    return "" if set(county) <= set(stages) else "由主管部门代办的环节不在所设的环节之中，请核对。"


@dataclass(frozen=True, slots=True)
class Plan:
    """The stages an entry passes, in order, and those that the county's competent department does for the organ."""

    stages: tuple[Stage, ...]
    county: frozenset[Stage] = frozenset()

    def __post_init__(self) -> None:
        """No plan without the stages that none may leave out, in their order: ValueError says which."""
        if wrong := wrong_with(self.stages, self.county):
            raise ValueError(wrong)

    def after(self, passed: tuple[Stage, ...]) -> Stage | None:
        """The stage that comes next; None when all were passed."""
        return next((stage for stage in self.stages if stage not in passed), None)

    def by(self, stage: Stage) -> str:
        """By whose people a stage is done."""
        return BY_COUNTY if stage in self.county else BY_OWN

    def to_json(self) -> dict[str, list[str]]:
        """As a setting or a fact keeps it."""
        return {"stages": [s.value for s in self.stages], "county": sorted(s.value for s in self.county)}


DEFAULT = Plan((Stage.SECRECY, Stage.FIRST, Stage.SECOND, Stage.FINAL))
DEFAULT_NORMATIVE = Plan((Stage.SECRECY, Stage.FIRST, Stage.SECOND, Stage.LEGALITY, Stage.FINAL))


def plan_of(data: dict[str, list[str]] | None) -> Plan | None:
    """A plan as it was kept; None for nothing."""
    if not data:
        return None
    chosen = {Stage(key) for key in data["stages"]}
    return Plan(tuple(s for s in Stage if s in chosen), frozenset(Stage(key) for key in data.get("county", ())))
