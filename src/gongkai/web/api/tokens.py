"""Who calls: a system with a token that is good, for what is asked, and not too often. Each use is on record."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any, cast

from django.http import HttpRequest
from django.utils import timezone
from ninja.security import HttpBearer

from gongkai.web.api.errors import ApiError
from gongkai.web.audit.services import Audit
from gongkai.web.clients.scopes import SCOPES, over
from gongkai.web.clients.selectors import audit_of, token_of
from gongkai.web.clients.services import used
from gongkai.web.limits.services import add

MINUTE = 60


@dataclass(frozen=True, slots=True)
class Caller:
    """The system that calls: what it may, for which organ (None: the county)."""

    client: Any
    organ: uuid.UUID | None
    scopes: frozenset[str]
    audit: Audit

    @property
    def county(self) -> uuid.UUID:
        """Its county."""
        return self.audit.county


class Bearer(HttpBearer):
    """A token in the header Authorization, good for a scope."""

    openapi_name = "Bearer"

    def __init__(self, scope: str) -> None:
        if scope not in SCOPES:
            raise KeyError(scope)
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> Caller:
        """The caller. ApiError for a token that is unknown, over, taken back, for something else, or used too often."""
        found = token_of(token)
        if found is None:
            raise ApiError("unknown_token", WWW_Authenticate="Bearer")
        operation = f"{request.method} {request.resolver_match.url_name if request.resolver_match else ''}"[:80]
        refusal = self._refusal(found)
        used(found, operation, refusal)
        if refusal:
            more = {"Retry_After": str(MINUTE)} if refusal == "too_many" else {}
            raise ApiError(
                refusal, f"令牌没有“{SCOPES[self.scope]}”的权限。" if refusal == "wrong_scope" else "", **more
            )
        client = found.client
        return Caller(client, client.organ_id, frozenset(found.scopes), audit_of(client))

    def _refusal(self, token: Any) -> str:
        client = token.client
        if token.revoked_at or client.ended_at:
            return "revoked_token"
        if over(token.expires_on, timezone.localdate()):
            return "expired_token"
        if add(county=client.county, kind="api", what=str(client.pk), seconds=MINUTE) > client.per_minute:
            return "too_many"
        return "" if self.scope in token.scopes else "wrong_scope"


def caller_of(request: HttpRequest) -> Caller:
    """Who calls, once the token was looked at."""
    return cast(Caller, cast(Any, request).auth)
