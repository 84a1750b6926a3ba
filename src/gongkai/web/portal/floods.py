"""Against floods, without anyone else's help: who comes near a limit answers a small question, nobody solves puzzles.

Neither a filled trap nor a form that was sent too fast is a refusal: browsers fill in fields, and people paste.
"""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import dataclass

from gongkai.web.facts import Refused
from gongkai.web.limits.services import add, counted
from gongkai.web.portal.context import setting


@dataclass(frozen=True, slots=True)
class Door:
    """What is sent in, each with its own counters: the key of these, its name, and the other ways to send it."""

    key: str
    what: str
    other_ways: str


APPLY = Door("apply", "申请", "您也可以邮寄或者当面提交申请。")
LETTER = Door("letter", "来信", "您也可以邮寄、打电话或者当面反映。")
OPINION = Door("opinion", "意见", "您也可以把意见邮寄或者当面交给征集意见的机关。")
APPRAISAL = Door("appraisal", "问卷", "您也可以向组织评议的机关索取纸质问卷填写。")


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: a sign of the organ's name, which stands on the page."""

    asks: str
    answer: str

    def right(self, said: str) -> bool:
        """Whether this is the answer, blanks and quotation marks aside."""
        return said.strip().strip("“”\"'") == self.answer


def question(organ: str, once: str) -> Question:
    """The question of one form: the same when the form comes back."""
    place = int(hashlib.sha256(once.encode()).hexdigest(), 16) % len(organ)
    return Question(f"“{organ}”的第{place + 1}个字是什么？", organ[place])


def must_ask(county: uuid.UUID, network: str, identity: str = "", door: Door = APPLY) -> bool:
    """Whether one more from here, or of this person, is near a limit."""
    if counted(county, door.key, "county") >= setting("asks_after_county"):
        return True
    if counted(county, f"{door.key}_from", network) >= setting("asks_after_address"):
        return True
    return bool(identity) and counted(county, f"{door.key}_by", identity) >= setting("asks_after_identity")


def count(county: uuid.UUID, network: str, identity: str, door: Door = APPLY) -> None:
    """Count what is about to be registered. Refused above the limits, with the other ways named."""
    who = "这个证件号码" if door is APPLY else "这个联系方式"
    if identity and add(county=county, kind=f"{door.key}_by", what=identity) > setting("most_identity"):
        raise Refused(f"今天用{who}在网上提交的{door.what}已经很多，请明天再提交。{door.other_ways}")
    if add(county=county, kind=f"{door.key}_from", what=network) > setting("most_address"):
        raise Refused(f"今天从这个网络提交的{door.what}已经很多，请明天再提交，或者换一个网络。{door.other_ways}")
    add(county=county, kind=door.key, what="county")
