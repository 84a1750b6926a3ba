"""Signed heads of the chain: one for each day, in the database and outside it, in the folder of keys.

Who cuts off the end of the audit in the database cannot cut it off there too; who rewrites it cannot sign.
"""

from __future__ import annotations

import json
import os
import secrets
import tempfile
import uuid
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from django.utils import timezone

from gongkai.web.audit.models import Head
from gongkai.web.datafolder import write_once

KEY = "audit-sign.key"
FOLDER = "audit-heads"


@dataclass(frozen=True, slots=True)
class Signed:
    """How far the chain of a county had come at a moment, and our signature to it."""

    county: str
    number: int
    link: str
    at: str
    signature: str = ""

    @property
    def words(self) -> bytes:
        """The bytes that are signed."""
        said = {"county": self.county, "number": self.number, "link": self.link, "at": self.at}
        return json.dumps(said, sort_keys=True, separators=(",", ":")).encode()

    @property
    def day(self) -> str:
        """The day of signing, as in the name of its file."""
        return self.at[:10]


def _private() -> Ed25519PrivateKey:
    path = Path(settings.GONGKAI_KEYS) / KEY
    if not path.exists():
        write_once(path, urlsafe_b64encode(secrets.token_bytes(32)))
    return Ed25519PrivateKey.from_private_bytes(urlsafe_b64decode(path.read_bytes().strip()))


def public_key() -> str:
    """The public key by which anyone can check a printed head, in hexadecimal."""
    return _private().public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()


def sign_bytes(data: bytes) -> bytes:
    """Our signature to something that leaves this desk, such as the list of hashes of an archive package."""
    return _private().sign(data)


def bytes_are_signed(data: bytes, signature: bytes) -> bool:
    """Whether that signature is ours."""
    try:
        _private().public_key().verify(signature, data)
    except InvalidSignature:
        return False
    return True


def sign(county: uuid.UUID, number: int, link: str, at: str) -> Signed:
    """A head with our signature."""
    plain = Signed(str(county), number, link, at)
    return Signed(plain.county, number, link, at, _private().sign(plain.words).hex())


def is_signed(head: Signed, key: str | None = None) -> bool:
    """Whether the signature is ours (or that of the public key given)."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key or public_key())).verify(
            bytes.fromhex(head.signature), head.words
        )
    except (InvalidSignature, ValueError):
        return False
    return True


def _folder(county: uuid.UUID | str) -> Path:
    return Path(settings.GONGKAI_KEYS) / FOLDER / str(county)


def keep_outside(head: Signed) -> None:
    """Write the newest head of its day beside the keys, whole or not at all."""
    folder = _folder(head.county)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, name = tempfile.mkstemp(dir=folder, prefix=".new-")
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        json.dump(asdict(head), out)
        out.flush()
        os.fsync(out.fileno())
    Path(name).replace(folder / f"{head.day}.json")


def outside(county: uuid.UUID) -> list[Signed]:
    """The heads kept beside the keys, by day. One that cannot be read is a head without signature."""
    found = []
    for path in sorted(_folder(county).glob("*.json")):
        try:
            said = json.loads(path.read_text("utf-8"))
            found.append(
                Signed(str(said["county"]), int(said["number"]), *(str(said[k]) for k in ("link", "at", "signature")))
            )
        except (ValueError, KeyError, TypeError):
            found.append(Signed(str(county), 0, "", path.stem))
    return found


def inside(county: uuid.UUID) -> list[Signed]:
    """The heads in the database, oldest first."""
    rows = Head.objects.filter(county=county).order_by("number")
    return [
        Signed(str(r.county), r.number, r.link, timezone.localtime(r.signed_at).isoformat(), r.signature) for r in rows
    ]


def head_of(county: uuid.UUID, day: date) -> Signed | None:
    """The last head of a day: from beside the keys, else from the database."""
    path = _folder(county) / f"{day.isoformat()}.json"
    for head in reversed(outside(county) if path.exists() else inside(county)):
        if head.day == day.isoformat():
            return head
    return None


def days_with_heads(county: uuid.UUID) -> list[date]:
    """The days that have a head, newest first."""
    days = {head.day for head in (*outside(county), *inside(county))}
    return sorted((date.fromisoformat(d) for d in days if len(d) == 10), reverse=True)
