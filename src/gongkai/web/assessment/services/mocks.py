"""The register of test applications: kept in a table of its own, so that no report can count one."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from gongkai.law.errors import LawGap
from gongkai.law.parameters import PARAMETERS
from gongkai.text.personal import masked
from gongkai.web.assessment.mocking import ELEMENTS
from gongkai.web.assessment.models import Mock, MockFinding, Round
from gongkai.web.assessment.services.guard import not_at_home
from gongkai.web.audit.services import Audit
from gongkai.web.facts import Refused
from gongkai.web.organs.selectors import living_organs
from gongkai.web.rules.selectors import calendar_of

CHANNELS = dict(Mock.CHANNELS)


def send(*, audit: Audit, organ: uuid.UUID, channel: str, sent_on: date, asked: str, of: Round | None = None) -> Mock:
    """Record that a test application was sent. Its day is reckoned as if it had been received on the day it was sent."""
    found = {each.pk: each for each in living_organs(audit.county)}.get(organ)
    if found is None:
        raise Refused("请选择被测试的单位。")
    if channel not in CHANNELS:
        raise Refused("请选择提交的渠道。")
    today = timezone.localdate()
    if not today - timedelta(days=366) <= sent_on <= today:
        raise Refused("提交日期应在一年以内、不晚于今天。")
    words = masked(asked.strip())
    if not words or len(words) > 200:
        raise Refused("请填写申请公开的内容，最多200字。")
    not_at_home(audit, found.pk)
    with transaction.atomic():
        row = Mock.objects.create(
            county=audit.county,
            organ=found,
            round=of,
            channel=channel,
            sent_on=sent_on,
            asked=words,
            due_on=_due(audit.county, sent_on),
            by=audit.actor,
        )
        audit.record("assessment.send_mock", row, {"organ": str(found.pk), "channel": channel})
    return row


def _due(county: uuid.UUID, sent_on: date) -> date | None:
    try:
        return calendar_of(county).add_workdays(sent_on, PARAMETERS["reply"].amount(sent_on))
    except LawGap:
        return None


def find(
    *,
    audit: Audit,
    mock: Mock,
    reached: bool | None,
    answered_on: date | None = None,
    silent: bool = False,
    met: dict[str, bool | None] | None = None,
    case_number: str = "",
    words: str = "",
) -> MockFinding:
    """Record what came of it so far; the newest word holds. Refused when it does not hang together."""
    not_at_home(audit, mock.organ_id)
    answers = {key: (met or {}).get(key) for key in ELEMENTS}
    if answered_on is not None and not mock.sent_on <= answered_on <= timezone.localdate():
        raise Refused("收到答复的日期应在提交之后、不晚于今天。")
    if answered_on is not None and silent:
        raise Refused("已经收到答复的，不能又记为到期没有答复。")
    if silent and (mock.due_on is None or timezone.localdate() <= mock.due_on):
        raise Refused("期限还没有过，不能记为到期没有答复。")
    if answered_on is None and any(one is not None for one in answers.values()):
        raise Refused("还没有收到答复，不能核对答复的内容。")
    if answered_on is not None and reached is False:
        raise Refused("已经收到答复的，渠道应当是畅通的，请核对。")
    said = masked(words.strip())
    if len(said) > 500 or len(case_number.strip()) > 60:
        raise Refused("说明最多500字，编号最多60字。")
    with transaction.atomic():
        row = MockFinding.objects.create(
            county=audit.county,
            mock=mock,
            reached=reached,
            answered_on=answered_on,
            silent=silent,
            met=answers,
            case_number=case_number.strip(),
            words=said,
            by=audit.actor,
        )
        audit.record("assessment.find_mock", row, {"mock": str(mock.pk), "answered": answered_on is not None})
    return row
