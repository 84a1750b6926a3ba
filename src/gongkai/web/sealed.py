"""Personal data at rest: AES-256-GCM, bound to table, column and row; found again by a keyed hash.

Keys lie in the folder of keys (`settings.GONGKAI_KEYS`), each with its version: `seal-1.key`, `seal-2.key` … New words
are sealed with the newest; what an older one sealed is opened with the older one, which is therefore never removed.
The key of look-ups has no versions: with a new one nothing that was kept could be found.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import threading
import time
import unicodedata
import uuid
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from gongkai.web.datafolder import write_once

FORMAT = 1
NONCE_BYTES = 12
_HEAD_BYTES = 5
MARK = "keys.id"
"""In the data folder: by which key of look-ups its data were written. It opens nothing."""
LOOKUP = "lookup.key"


class Tampered(ValueError):
    """Sealed bytes that are not what was sealed for this table, column and row."""


class KeysMissing(Tampered):
    """The folder of keys does not hold the key that is needed. The message is a sentence for the administrator."""


@dataclass(slots=True)
class _Ring:
    """The keys of one folder, as they stood when the folder was last changed."""

    changed: int
    settled: bool
    lookup: bytes
    ciphers: dict[int, AESGCM] = field(default_factory=dict)

    @property
    def newest(self) -> int:
        return max(self.ciphers)


_SETTLED_NS = 1_000_000_000
"""How long after a change the time of a folder tells the next change: two within one tick of the clock have one time."""

_rings: dict[Path, _Ring] = {}
_lock = threading.Lock()


def _key(path: Path) -> bytes:
    try:
        key = urlsafe_b64decode(path.read_bytes().strip())
    except ValueError:
        key = b""
    if len(key) != 32:
        raise KeysMissing(f"密钥文件“{path.name}”已损坏，请从密钥的备份中恢复。")
    return key


def _new_key() -> bytes:
    return urlsafe_b64encode(secrets.token_bytes(32))


def _versions(folder: Path) -> dict[int, Path]:
    found = {p.name.removeprefix("seal-").removesuffix(".key"): p for p in folder.glob("seal-*.key")}
    return {int(number): path for number, path in found.items() if number.isdigit()}


def _mark(lookup: bytes) -> bytes:
    return hmac.new(lookup, b"gongkai keys", hashlib.sha256).hexdigest().encode()


def _read(folder: Path, data: Path) -> _Ring:
    """The ring of a folder; made at first use, but never anew beside data that another key has written."""
    marked, path = data / MARK, folder / LOOKUP
    if not path.exists() or not _versions(folder):
        if marked.exists():
            raise KeysMissing(
                f"密钥文件夹“{folder.name}”中没有密钥，而数据是用密钥加密的。请从备份中恢复密钥文件夹，或者用环境变量 GONGKAI_KEYS 指明它的位置。"
            )
        write_once(path, _new_key())
        write_once(folder / "seal-1.key", _new_key())
    lookup = _key(path)
    if not marked.exists():
        write_once(marked, _mark(lookup))
    if not hmac.compare_digest(marked.read_bytes().strip(), _mark(lookup)):
        raise KeysMissing(f"密钥文件夹“{folder.name}”不是这份数据的密钥。请核对环境变量 GONGKAI_KEYS 和 GONGKAI_DATA。")
    changed = folder.stat().st_mtime_ns
    settled = time.time_ns() - changed > _SETTLED_NS
    return _Ring(changed, settled, lookup, {number: AESGCM(_key(file)) for number, file in _versions(folder).items()})


def _ring() -> _Ring:
    folder = Path(settings.GONGKAI_KEYS)
    ring = _rings.get(folder)
    if ring is None or not ring.settled or ring.changed != folder.stat().st_mtime_ns:
        with _lock:
            ring = _rings[folder] = _read(folder, Path(settings.GONGKAI_DATA))
    return ring


def check_keys() -> int:
    """The version in use, once the keys are known to belong to the data. KeysMissing when they do not."""
    return _ring().newest


def rotate() -> int:
    """Make a new key for what is sealed from now on; its version. What was sealed before keeps its key."""
    number = _ring().newest + 1
    write_once(Path(settings.GONGKAI_KEYS) / f"seal-{number}.key", _new_key())
    return _ring().newest


def _bound(head: bytes, table: str, column: str, row: uuid.UUID) -> bytes:
    return head + table.encode() + b"\0" + column.encode() + b"\0" + row.bytes


def seal_bytes(content: bytes, *, table: str, column: str, row: uuid.UUID) -> bytes:
    """Bytes that only `unseal_bytes` with the same table, column and row opens."""
    ring = _ring()
    version = ring.newest
    head = bytes([FORMAT]) + version.to_bytes(4, "big")
    nonce = secrets.token_bytes(NONCE_BYTES)
    return head + nonce + ring.ciphers[version].encrypt(nonce, content, _bound(head, table, column, row))


def unseal_bytes(blob: bytes, *, table: str, column: str, row: uuid.UUID) -> bytes:
    """What was sealed. Tampered when a bit differs or it was sealed for another place; KeysMissing without its key."""
    blob = bytes(blob)
    head, nonce, rest = (
        blob[:_HEAD_BYTES],
        blob[_HEAD_BYTES : _HEAD_BYTES + NONCE_BYTES],
        blob[_HEAD_BYTES + NONCE_BYTES :],
    )
    if len(blob) < _HEAD_BYTES + NONCE_BYTES + 16 or head[0] != FORMAT:
        raise Tampered(f"{table}.{column} 的密文不完整或者已被改动。")
    version = int.from_bytes(head[1:], "big")
    cipher = _ring().ciphers.get(version)
    if cipher is None:
        raise KeysMissing(f"密钥文件夹中没有第{version}版密钥，请从密钥的备份中恢复 seal-{version}.key。")
    try:
        return cipher.decrypt(nonce, rest, _bound(head, table, column, row))
    except InvalidTag:
        raise Tampered(f"{table}.{column} 的密文不完整或者已被改动。") from None


def seal(text: str, *, table: str, column: str, row: uuid.UUID) -> bytes:
    """Words that only `unseal` with the same table, column and row opens."""
    return seal_bytes(text.encode(), table=table, column=column, row=row)


def unseal(blob: bytes, *, table: str, column: str, row: uuid.UUID) -> str:
    """The words that were sealed. Tampered when they are not what was sealed for this place."""
    return unseal_bytes(blob, table=table, column=column, row=row).decode()


def normalised(text: str) -> str:
    """Words as a look-up compares them: full width as half width, no spaces, capitals.

    >>> normalised("１１０１０１ 1990 0307 123x")
    '11010119900307123X'
    """
    return "".join(unicodedata.normalize("NFKC", text).split()).upper()


def lookup(kind: str, text: str) -> str:
    """A keyed hash (64 hexadecimal digits) by which equal words of a kind are found without being readable."""
    words = kind.encode() + b"\0" + normalised(text).encode()
    return hmac.new(_ring().lookup, words, hashlib.sha256).hexdigest()
