"""A county whose site is walked: results made as values, organs that answer for parts of it, people of three roles."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from gongkai.web.audit.services import Audit
from gongkai.web.organs.models import Organ
from gongkai.web.organs.tree import found_organ
from gongkai.web.patrol.services.settings import set_routes

EDUCATION = "云岭县教育局"


@pytest.fixture
def education(county, audit: Audit) -> Organ:
    return found_organ(audit=audit, county=county.pk, name=EDUCATION, form="department")


@pytest.fixture
def routed(audit: Audit, education: Organ) -> Organ:
    """The organ that answers for /jyj/."""
    rows = [("www.yunling.example.cn/jyj/", str(education.pk))]
    set_routes(audit=audit, rows=rows, valid_from=timezone.localdate() - timedelta(days=400))
    return education


def day(ago: int) -> date:
    return timezone.localdate() - timedelta(days=ago)
