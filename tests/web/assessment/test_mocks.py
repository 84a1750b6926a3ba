"""Test applications: a register apart, which nothing that counts ever reads."""

from __future__ import annotations

import ast
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import gongkai
from gongkai.web.assessment.mocking import ELEMENTS, Seen, together
from gongkai.web.assessment.selectors import mocks as selectors
from gongkai.web.assessment.services import mocks
from gongkai.web.facts import Refused
from gongkai.web.onrequest.models import Application, Case
from gongkai.web.onrequest.selectors.tallied import tallied
from tests.web.assessment.conftest import TODAY

GOOD = dict.fromkeys(ELEMENTS, True)


@pytest.fixture
def sent(audit, organs, opened):
    return mocks.send(
        audit=audit, organ=organs[0].pk, channel="web", sent_on=TODAY - timedelta(days=40), asked="划片范围", of=opened
    )


def test_a_test_is_recorded_answered_and_judged(audit, sent, opened, organs):
    assert selectors.summary(opened.assessed.get(organ=organs[0])) == {"channel": None, "in_time": None, "lawful": None}
    day = sent.sent_on + timedelta(days=10)
    mocks.find(audit=audit, mock=sent, reached=True, answered_on=day, met={**GOOD, "remedy": False})
    assert selectors.summary(opened.assessed.get(organ=organs[0])) == {
        "channel": True,
        "in_time": True,
        "lawful": False,
    }
    mocks.find(audit=audit, mock=sent, reached=True, answered_on=day, met=GOOD, words="补看了救济告知。")
    assert selectors.summary(opened.assessed.get(organ=organs[0])) == {"channel": True, "in_time": True, "lawful": True}
    assert [line.state for line in selectors.mocks(audit.county)] == ["按期答复"]
    assert len(selectors.findings_of(sent)) == 2, "what was said first stays on record"


def test_it_is_no_application_and_no_table_counts_it(audit, sent, organs):
    before = tallied(organs[0], TODAY.year)
    mocks.find(audit=audit, mock=sent, reached=True, answered_on=TODAY, met=GOOD)
    assert tallied(organs[0], TODAY.year) == before
    assert not Application.objects.exists()
    assert not Case.objects.exists()


def test_nothing_but_the_register_itself_and_its_pages_reads_it():
    root = Path(gongkai.__file__).parent
    readers = set()
    for path in root.rglob("*.py"):
        text = path.read_text("utf-8")
        for node in ast.walk(ast.parse(text)) if "assessment" in text else ():
            names = {alias.name for alias in node.names} if isinstance(node, ast.ImportFrom) else set()
            if isinstance(node, ast.ImportFrom) and "assessment" in (node.module or "") and names & {"Mock", "mocks"}:
                readers.add(str(path.relative_to(root)))
    assert readers == {
        "web/assessment/selectors/mocks.py",
        "web/assessment/services/mocks.py",
        "web/demo/assessment.py",
        "web/workbench/views/assessing.py",
        "web/workbench/views/mocks.py",
    }


@pytest.mark.parametrize(
    ("said", "says"),
    [
        ({"reached": True, "answered_on": TODAY, "silent": True}, "不能又记为到期没有答复"),
        ({"reached": None, "answered_on": TODAY + timedelta(days=1)}, "不晚于今天"),
        ({"reached": False, "answered_on": TODAY}, "渠道应当是畅通的"),
        ({"reached": True, "met": {"remedy": True}}, "还没有收到答复"),
        ({"reached": True, "words": "长" * 501}, "最多500字"),
    ],
)
def test_a_finding_that_does_not_hang_together_is_refused(audit, sent, said, says):
    with pytest.raises(Refused, match=says):
        mocks.find(audit=audit, mock=sent, **said)


def test_silence_is_only_said_after_the_day_and_nobody_tests_their_own_organ(audit, sent, organs, acting):
    late = mocks.send(audit=audit, organ=organs[1].pk, channel="post", sent_on=TODAY, asked="某文件")
    with pytest.raises(Refused, match="期限还没有过"):
        mocks.find(audit=audit, mock=late, reached=None, silent=True)
    mocks.find(audit=audit, mock=sent, reached=None, silent=True)
    assert [line.state for line in selectors.mocks(audit.county)] == ["等待答复", "到期没有答复"]
    mine = acting("competent", organs[0])
    with pytest.raises(Refused, match="自己所在的机关"):
        mocks.send(audit=mine, organ=organs[0].pk, channel="web", sent_on=TODAY, asked="某文件")
    with pytest.raises(Refused, match="自己所在的机关"):
        mocks.find(audit=mine, mock=sent, reached=True)
    for bad in ({"channel": "pigeon"}, {"sent_on": TODAY + timedelta(days=1)}, {"asked": " "}, {"organ": audit.county}):
        with pytest.raises(Refused):
            mocks.send(
                **{"audit": audit, "organ": organs[1].pk, "channel": "web", "sent_on": TODAY, "asked": "某文件", **bad}
            )


_seen = st.builds(
    Seen,
    reached=st.none() | st.booleans(),
    answered_on=st.none() | st.just(TODAY),
    silent=st.booleans(),
    due_on=st.none() | st.sampled_from([TODAY, TODAY - timedelta(days=1)]),
    met=st.fixed_dictionaries({key: st.none() | st.booleans() for key in ELEMENTS}),
)


@settings(max_examples=60)
@given(st.lists(_seen, max_size=4), _seen)
def test_one_more_test_never_turns_a_bad_word_good(before, more):
    first, then = together(before), together([*before, more])
    for key, word in first.items():
        assert not (word is False and then[key] is not False)
        assert not (word is None and before and then[key] is True)
    assert together([]) == dict.fromkeys(first)
