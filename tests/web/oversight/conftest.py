"""A county that is supervised: its competent department, two organs, people of the roles, and a photo as a phone takes it."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.utils import timezone
from PIL import Image

from gongkai.web.audit.services import Audit
from gongkai.web.organs.models import Organ
from gongkai.web.organs.tree import change_organ, found_organ
from gongkai.web.oversight.services.evidence import Sent
from gongkai.web.people.models import Person

PROOF = [Sent("照片.jpg", b"\xff\xd8\xff proof")]
LINES = "# 平台\n指南的电话打得通 | 拨打\n栏目没有空白\n# 窗口\n有申请表"


def day(ago: int) -> date:
    return timezone.localdate() - timedelta(days=ago)


def phone_photo() -> bytes:
    """A JPEG lying on its side, with a place and a device written into it."""
    image = Image.new("RGB", (80, 40), "white")
    exif = Image.Exif()
    exif[0x0112], exif[0x0110] = 6, "手机型号".encode().decode("latin-1")
    exif.get_ifd(0x8825).update({1: "N", 2: (25.0, 4.0, 30.0), 3: "E", 4: (102.0, 42.0, 0.0)})
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif)
    return out.getvalue()


@pytest.fixture
def office(county, audit: Audit) -> Organ:
    """The competent department."""
    organ = found_organ(audit=audit, county=county.pk, name="云岭县人民政府办公室", form="department")
    change_organ(audit=audit, organ=organ, competent=True)
    return organ


@pytest.fixture
def education(county, audit: Audit, office: Organ) -> Organ:
    return found_organ(audit=audit, county=county.pk, name="云岭县教育局", form="department")


@pytest.fixture
def water(county, audit: Audit, office: Organ) -> Organ:
    return found_organ(audit=audit, county=county.pk, name="云岭县水务局", form="department")


@pytest.fixture
def by(county) -> Callable[[str], Audit]:
    """The audit of somebody's acts."""

    def acts(name: str) -> Audit:
        person, _ = Person.objects.get_or_create(county=county.pk, name=name, defaults={"role": "clerk"})
        return Audit(actor=person.pk, county=county.pk)

    return acts
