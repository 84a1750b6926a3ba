"""A file that was looked at and is not brought in yet: kept sealed, and named by a ticket that only who sent it can use."""

from __future__ import annotations

import uuid
from typing import Any

from django.core import signing
from django.db import transaction
from django.http import HttpRequest

from gongkai.web.facts import Refused
from gongkai.web.files import services as files
from gongkai.web.workbench.context import audit_of, person_of


def keep(request: HttpRequest, data: bytes, stored_as: str, salt: str, **told: str) -> str:
    """Keep a file until it is brought in; the ticket for it, with what else is `told`."""
    with transaction.atomic():
        stored = files.store(audit=audit_of(request), name=stored_as, data=data)
    return ticket(request, stored.pk, salt, **told)


def ticket(request: HttpRequest, file: uuid.UUID, salt: str, **told: str) -> str:
    """The ticket for a file that is kept."""
    return signing.dumps({"file": str(file), "by": str(person_of(request).pk), **told}, salt=salt)


def shown(request: HttpRequest, salt: str) -> tuple[uuid.UUID, dict[str, Any]]:
    """The file for which a ticket came back, and what it tells. Refused when it is too old, or somebody else's."""
    try:
        told = signing.loads(request.POST.get("ticket", ""), salt=salt, max_age=files.PREVIEW_SECONDS)
    except signing.BadSignature:
        raise Refused("这个文件已经过期，请重新上传后再导入。") from None
    if told["by"] != str(person_of(request).pk):
        raise Refused("请重新上传后再导入。")
    return uuid.UUID(told["file"]), told
