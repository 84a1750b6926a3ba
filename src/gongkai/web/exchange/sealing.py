"""A package between two networks: signed by the one side (Ed25519), sealed for the other (HPKE, RFC 9180).

    GONGKAI-PACKAGE 1 ↵ header (one line of JSON) ↵ signature (64 bytes) · sealed content

The signature is over the two lines and the sealed content; the two lines are bound to the content as HPKE's `info`.
Both private keys lie in the folder of keys and leave it never.
"""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import asdict, dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings

from gongkai.web.datafolder import write_once
from gongkai.web.facts import Refused

MAGIC = b"GONGKAI-PACKAGE 1\n"
SIGN_KEY, BOX_KEY = "package-sign.key", "package-box.key"
HEADER_BYTES, SIGNATURE_BYTES = 2000, 64
DAMAGED = "这个数据包不完整或者被改动过，没有导入。请向对方重新要一份。"
_CARD = re.compile(r"gongkai-key:1:([0-9a-f]{64}):([0-9a-f]{64})")
_RAW = (Encoding.Raw, PublicFormat.Raw)


def _suite() -> Suite:
    return Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


@dataclass(frozen=True, slots=True)
class Keys:
    """The public keys of one side, in hexadecimal."""

    sign: str
    box: str

    @property
    def card(self) -> str:
        """The line by which the other side is told."""
        return f"gongkai-key:1:{self.sign}:{self.box}"

    @property
    def fingerprint(self) -> str:
        """Thirty-two signs that stand for both keys, in groups that can be read over the phone."""
        plain = hashlib.sha256(bytes.fromhex(self.sign) + bytes.fromhex(self.box)).hexdigest()[:32].upper()
        return " ".join(plain[n : n + 4] for n in range(0, 32, 4))


@dataclass(frozen=True, slots=True)
class Header:
    """What anyone may read of a package: from whom, for whom (fingerprints), its number, when it was made."""

    sender: str
    recipient: str
    number: int
    made_at: str


def _private(name: str) -> bytes:
    path = Path(settings.GONGKAI_KEYS) / name
    if not path.exists():
        write_once(path, urlsafe_b64encode(secrets.token_bytes(32)))
    return urlsafe_b64decode(path.read_bytes().strip())


def _sign_key() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(_private(SIGN_KEY))


def _box_key() -> X25519PrivateKey:
    return X25519PrivateKey.from_private_bytes(_private(BOX_KEY))


def own_keys() -> Keys:
    """Our public keys; made at first use."""
    sign, box = _sign_key().public_key().public_bytes(*_RAW), _box_key().public_key().public_bytes(*_RAW)
    return Keys(sign.hex(), box.hex())


def keys_of(card: str) -> Keys:
    """The keys that a line tells. Refused when it is none, or our own."""
    met = _CARD.fullmatch("".join(card.split()))
    if met is None:
        raise Refused("公钥不完整。请完整粘贴对方页面上以 gongkai-key 开头的一行。")
    found = Keys(met[1], met[2])
    if found == own_keys():
        raise Refused("这是本系统自己的公钥，请粘贴对方的。")
    return found


def seal(content: bytes, header: Header, to: Keys) -> bytes:
    """A package."""
    head = MAGIC + json.dumps(asdict(header), sort_keys=True).encode() + b"\n"
    sealed = _suite().encrypt(content, X25519PublicKey.from_public_bytes(bytes.fromhex(to.box)), info=head)
    return head + _sign_key().sign(head + sealed) + sealed


def header_of(data: bytes) -> Header:
    """What a package says of itself, not yet proved. Refused when it is none."""
    if not data.startswith(MAGIC):
        raise Refused("这不是本系统的数据包，没有导入。")
    line = data[len(MAGIC) : len(MAGIC) + HEADER_BYTES].partition(b"\n")[0]
    try:
        told = json.loads(line.decode())
        sender, recipient, made_at = (told[name] for name in ("sender", "recipient", "made_at"))
        if not (
            type(told["number"]) is int and 0 < told["number"] < 2**31 and f"{sender}{recipient}{made_at}".isascii()
        ):
            raise Refused(DAMAGED)
        return Header(str(sender), str(recipient), told["number"], str(made_at))
    except (ValueError, TypeError, KeyError, RecursionError):
        raise Refused(DAMAGED) from None


def unseal(data: bytes, sender: Keys) -> bytes:
    """The content of a package, once its signature is proved to be the sender's. Refused in one sentence otherwise."""
    cut = data.find(b"\n", len(MAGIC)) + 1
    head, signature, sealed = data[:cut], data[cut : cut + SIGNATURE_BYTES], data[cut + SIGNATURE_BYTES :]
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(sender.sign)).verify(signature, head + sealed)
        return bytes(_suite().decrypt(sealed, _box_key(), info=head))
    except (InvalidSignature, InvalidTag, ValueError):
        raise Refused(DAMAGED) from None
