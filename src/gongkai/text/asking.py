"""What somebody asks for in their own words, as phrases that a document about it would hold.

A request says much that no document says (申请公开, 请提供, 有关, 的): that is cut away, and what is left are phrases.
Long ones are also cut into halves, since a document rarely puts all the words in the same order.
"""

from __future__ import annotations

import re

from gongkai.text.query import searchable

LONGEST = 400
"""More of what was typed is not looked at."""
MOST = 12
_WHOLE = 6
"""A phrase of more characters is also cut into pieces."""
_PIECE = 4

_ENDS = re.compile(
    r"[^\w]+|以及|关于|有关|相关|涉及|所有|全部|具体|详细|情况说明|"
    r"申请|请求|要求|希望|我想|想要|需要|公开|提供|获取|了解|查询|查阅|复印件|电子版|纸质|政府信息|信息|资料|材料|文件|内容|"
    r"依法|根据|按照|本人|本村|贵局|贵单位|贵机关|贵府|以来|至今|期间|之间|"
    r"(?:19|20)\d{2}年?(?:度)?|\d{1,2}月(?:份)?|\d{1,2}日|"
    r"[的和与及或等了是在为向对把被将请我您你们]"
)
_NUMBER = re.compile(r"([\u4e00-\u9fff]{2,12})(\((?:19|20)\d{2}\)\d{1,5}号?)")


def phrases(typed: str) -> tuple[str, ...]:
    """The phrases of what was typed, the longest first; numbers of documents stay whole and come before them."""
    spelled = searchable(typed[:LONGEST])
    numbers = [word + rest for before, rest in _NUMBER.findall(spelled) if (word := _ENDS.split(before)[-1])]
    for number in numbers:
        spelled = spelled.replace(number, " ")
    whole = [part for part in _ENDS.split(spelled) if len(part) > 1 and not part.isdigit()]
    found = dict.fromkeys(sorted(whole, key=len, reverse=True))
    for part in list(found):
        if len(part) >= _WHOLE:
            found |= dict.fromkeys(part[at : at + _PIECE] for at in range(0, len(part) - 1, _PIECE))
    pieces = [part for part in found if len(part) > 1]
    return tuple(dict.fromkeys([*numbers, *pieces]))[:MOST]
