"""Provisions that findings rest on: which law, which article, and the words themselves.

Only what was read in full stands here; a test finds each quotation in the official text. What practice or this system
adds is never cited as law.
"""

from __future__ import annotations

from dataclasses import dataclass

REGULATIONS = "政府信息公开条例"
RECONSIDERATION = "行政复议法"

OUR_RULE = "本系统规则"
"""What stands in place of a provision where a rule rests on none that was read."""


@dataclass(frozen=True, slots=True)
class Citation:
    """An article of a law and a short quotation from it. `text` is what a finding shows."""

    law: str
    article: str
    quotation: str

    @property
    def text(self) -> str:
        """《政府信息公开条例》第三十三条：“…”"""
        return f"《{self.law}》{self.article}：“{self.quotation}”"


LIMIT_TO_PUBLISH = Citation(
    REGULATIONS,
    "第二十六条",
    "应当自该政府信息形成或者变更之日起20个工作日内及时公开",
)
LIMIT_TO_REPLY = Citation(
    REGULATIONS,
    "第三十三条第二款",
    "应当自收到申请之日起20个工作日内予以答复",
)
LIMIT_TO_EXTEND = Citation(
    REGULATIONS,
    "第三十三条第二款",
    "延长的期限最长不得超过20个工作日",
)
NO_FEE = Citation(
    REGULATIONS,
    "第四十二条第一款",
    "行政机关依申请提供政府信息，不收取费用",
)
REPORT_CONTENTS = Citation(
    REGULATIONS,
    "第五十条",
    "政府信息公开工作年度报告应当包括下列内容",
)
ORDER_711 = Citation(
    REGULATIONS,
    "公布令",
    "2019年4月3日 中华人民共和国国务院令第711号修订",
)
WHO_RECONSIDERS = Citation(
    RECONSIDERATION,
    "第二十四条第一款",
    "对本级人民政府工作部门作出的行政行为不服的",
)

ALL = (LIMIT_TO_PUBLISH, LIMIT_TO_REPLY, LIMIT_TO_EXTEND, NO_FEE, REPORT_CONTENTS, ORDER_711, WHO_RECONSIDERS)
