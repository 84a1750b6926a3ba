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

OTHER_WAYS = "您也可以邮寄或者当面提交申请。"


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


def must_ask(county: uuid.UUID, network: str, identity: str = "") -> bool:
    """Whether one more application from here, or of this identity number, is near a limit."""
    if counted(county, "apply", "county") >= setting("asks_after_county"):
        return True
    if counted(county, "apply_from", network) >= setting("asks_after_address"):
        return True
    return bool(identity) and counted(county, "apply_by", identity) >= setting("asks_after_identity")


def count(county: uuid.UUID, network: str, identity: str) -> None:
    """Count an application that is about to be registered. Refused above the limits, with the other ways named."""
    if add(county=county, kind="apply_by", what=identity) > setting("most_identity"):
        raise Refused(f"今天用这个证件号码在网上提交的申请已经很多，请明天再提交。{OTHER_WAYS}")
    if add(county=county, kind="apply_from", what=network) > setting("most_address"):
        raise Refused(f"今天从这个网络提交的申请已经很多，请明天再提交，或者换一个网络。{OTHER_WAYS}")
    add(county=county, kind="apply", what="county")
