"""Every act that the code records has a Chinese phrase of its own on the page of the audit."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

from gongkai.onrequest.events import Kind
from gongkai.proactive.events import Kind as Published
from gongkai.web.assessment.models import Deed as AssessmentDeed
from gongkai.web.assessment.models import Mark
from gongkai.web.interaction.models import LetterAct, PublicationAct
from gongkai.web.onrequest import models
from gongkai.web.onrequest.recordkinds import KINDS
from gongkai.web.oversight.models import DutyAct
from gongkai.web.patrol.models import Deed
from gongkai.web.people.done import DONE, act_words
from gongkai.web.people.permissions import ACTS

ACT = re.compile(r"[a-z]+\.[a-z_]*[a-z]")
SOURCE = Path(__file__).resolve().parents[2] / "src" / "gongkai" / "web"
STEPS = {
    "onrequest.letter_": [step for step, _ in models.LetterStep.STEPS],
    "onrequest.mail_": [step for step, _ in models.MailStep.STEPS],
    "onrequest.consultation_": [step for step, _ in models.ConsultationStep.STEPS],
    "onrequest.complaint_": [step for step, _ in models.ComplaintStep.STEPS],
    "onrequest.correction_": [step for step, _ in models.RecordCorrectionStep.STEPS],
    "onrequest.dispute_": [step for step, _ in models.DisputeStep.STEPS],
    "onrequest.link_": [kind for kind, _ in models.Link._meta.get_field("kind").choices],
    "onrequest.record_": list(KINDS),
    "appraisal.": ["aside", "back"],
    "assessment.": [kind for kind, _ in AssessmentDeed.KINDS],
    "assessment.mark_": [said for said, _ in Mark.SAID_BY if said != "computed"],
    "patrol.": [act for act, _ in Deed.ACTS],
    "oversight.duty_": [act for act, _ in DutyAct.ACTS],
    "oversight.notice_": ["receive", "reply"],
    "interaction.": [kind for kind, _ in LetterAct.KINDS],
    "interaction.publication_": [kind for kind, _ in PublicationAct.KINDS],
    "onrequest.": [kind.value for kind in Kind],
    "proactive.": [kind.value for kind in Published],
    "annual.": ["confirm_finding", "dismiss_finding", "withdraw_finding", "correct_cell"],
}
"""What stands behind the beginnings that the code completes as it runs."""


@cache
def recorded() -> frozenset[str]:
    """The acts that a call of `record` names, those of beginnings completed."""
    found: set[str] = set()
    for path in SOURCE.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        if ".record(" not in text:  # to parse every file takes seconds
            continue
        for node in ast.walk(ast.parse(text)):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "record"):
                continue
            for part in ast.walk(node.args[0]) if node.args else ():
                if isinstance(part, ast.JoinedStr):
                    begins = part.values[0].value
                    found.update(begins + step for step in STEPS[begins])
                elif isinstance(part, ast.Constant) and isinstance(part.value, str) and ACT.fullmatch(part.value):
                    found.add(part.value)
    return frozenset(found)


def test_many_acts_are_found():
    assert len(recorded()) > 150


def test_every_act_has_its_phrase():
    assert [act for act in sorted(recorded()) if act not in DONE and act not in ACTS] == []
    assert [act for act in sorted(recorded()) if "其他操作" in act_words(act)] == []
