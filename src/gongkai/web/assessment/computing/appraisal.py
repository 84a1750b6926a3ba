"""What the public said of an organ, as it had been published by a moment."""

from __future__ import annotations

from gongkai.oversight import Rate, Unknown
from gongkai.web.appraisal.selectors.results import of_organ
from gongkai.web.assessment.computing.base import Asked, Member, Reckoned

NONE = "本系统没有公布的社会评议结果；可能用其他方式组织，请核对"


def appraised(asked: Asked) -> Reckoned:
    """The satisfied answers of all answers, over the published appraisals that ended in the period."""
    found = [
        (organ, each)
        for organ in asked.organs
        for each in of_organ(asked.county, organ, asked.first, asked.last, asked.known_at)
    ]
    told = tuple(
        Member(each.title, good=True, why=asked.told(organ, f"{each.on}公布，{each.of}份评价中{each.done}份满意"),
               url_name="portal-appraisal", key=str(each.stem))
        for organ, each in found if each.of
    )  # fmt: skip
    enough = [each for _, each in found if each.of >= max(each.least, 1)]
    if not told:
        return Reckoned(Unknown(NONE), (), f"期间内{NONE}。")
    if not enough:
        why = "公布的社会评议中评价太少，不能计算比例"
        return Reckoned(Unknown(why), told, f"{why}。")
    done, of = sum(each.done for each in enough), sum(each.of for each in enough)
    return Reckoned(Rate(done, of), told, f"社会评议的评价{of}份，计为满意的{done}份。")
