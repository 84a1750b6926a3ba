"""Reading the calling systems."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.db.models import Prefetch, Q
from django.utils import timezone

from gongkai.web import sealed
from gongkai.web.audit.services import Audit
from gongkai.web.clients.models import ApiClient, ApiReceipt, ApiToken
from gongkai.web.clients.scopes import SCOPES, over
from gongkai.web.messages.selectors import webhook_of
from gongkai.web.organs.models import Organ


@dataclass(frozen=True, slots=True)
class TokenRow:
    """A token as the page of clients shows it."""

    key: uuid.UUID
    hint: str
    scopes: tuple[str, ...]
    expires_on: object
    state: str
    good: bool
    used_at: object


@dataclass(frozen=True, slots=True)
class ClientRow:
    """A system as the page of clients shows it."""

    client: ApiClient
    tokens: tuple[TokenRow, ...]
    webhook: object

    @property
    def on(self) -> bool:
        """Whether the system may still call."""
        return self.client.ended_at is None


def _token_row(token: ApiToken) -> TokenRow:
    expired = over(token.expires_on, timezone.localdate())
    state = "已撤销" if token.revoked_at else "已到期" if expired else "有效"
    return TokenRow(
        token.pk,
        token.hint,
        tuple(SCOPES[s] for s in SCOPES if s in token.scopes),
        token.expires_on,
        state,
        state == "有效",
        token.used_at,
    )


def clients(county: uuid.UUID) -> list[ClientRow]:
    """Every system of the county with its tokens, those that may call first."""
    found = ApiClient.objects.filter(county=county).select_related("organ")
    found = found.prefetch_related(Prefetch("tokens", ApiToken.objects.order_by("-id")))
    rows = [ClientRow(c, tuple(map(_token_row, c.tokens.all())), webhook_of(county, c.webhook)) for c in found]
    return sorted(rows, key=lambda row: (not row.on, row.client.name))


def client(county: uuid.UUID, key: uuid.UUID) -> ApiClient | None:
    """One system of the county."""
    return ApiClient.objects.filter(county=county, pk=key).select_related("organ").first()


def token(county: uuid.UUID, key: uuid.UUID) -> ApiToken | None:
    """One token of a system of the county."""
    return ApiToken.objects.filter(county=county, pk=key).select_related("client").first()


def token_key(words: str) -> str:
    """Where a token is looked up. Of small and capital letters each counts, so they are spelled out first."""
    return sealed.lookup("api token", words.encode().hex())


def token_of(words: str) -> ApiToken | None:
    """The token that these words are, whatever its state; None for words that are no token of ours."""
    if not words.startswith("gk_") or len(words) > 80:
        return None
    found = ApiToken.objects.filter(key=token_key(words)).select_related("client__organ", "client__person")
    return found.first()


def audit_of(client: ApiClient) -> Audit:
    """The audit of what a system does."""
    return Audit(actor=client.person_id, county=client.county)


def receipt(client: ApiClient, key: str) -> ApiReceipt | None:
    """What this system was answered under this key."""
    return ApiReceipt.objects.filter(client=client, key=receipt_key(key)).first()


def receipt_key(key: str) -> str:
    """A system's own key as it is kept: it may hold anything, so only its hash is."""
    return sealed.lookup("api receipt", key.encode().hex())


def listeners(county: uuid.UUID, organ: uuid.UUID) -> list[uuid.UUID]:
    """The outbox's clients that may be told of a case of this organ."""
    mine = ApiClient.objects.filter(Q(organ=organ) | Q(organ=None), county=county, ended_at=None, webhook__isnull=False)
    return [key for key in mine.values_list("webhook", flat=True) if key]


def organs_of(client: ApiClient, *, ended: bool = False) -> list[Organ]:
    """The organs to which this system may send applications; with `ended` also those that are no more."""
    mine = Organ.objects.filter(county=client.county)
    mine = mine if client.organ_id is None else mine.filter(pk=client.organ_id)
    return list(mine if ended else mine.filter(valid_until=None))
