"""What an application is about, in its applicant's words without the phrases around it."""

from __future__ import annotations

import re

_OPENING = re.compile(r"^(?:本人|我单位|现|特|依法)*(?:申请|请求|要求|请)(?:政府信息)?(?:公开|获取)[：:，,\s]*")
_FORM = "纸质|复印件|电子|邮件|邮箱|邮寄|快递|光盘|扫描件|书面|自取|领取"
_FORM_ASKED = re.compile(
    rf"[。；;，,\s]+(?:并|谢谢)?(?:请|望|希望|要求)[^。；;，,]{{0,12}}(?:{_FORM})[^。；;，,]{{0,12}}[。；;！!]*$"
)


def matter_of(words: str) -> str:
    """What is asked for, without 申请公开 before it and the form it is wanted in behind it, unless little is left."""
    shorter = _OPENING.sub("", words)
    for _ in range(3):
        shorter = _FORM_ASKED.sub("", shorter)
    shorter = shorter.rstrip("。；; ")
    return shorter if len(shorter) >= 4 else words
