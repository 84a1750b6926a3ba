"""Addresses in one normal form: what is linked twice is fetched once, and what is no page is not fetched at all."""

from __future__ import annotations

import posixpath
import re
from urllib.parse import quote, unquote, urljoin, urlsplit, urlunsplit

from gongkai.patrol.results import LONGEST_ADDRESS, Role

_PICTURES = frozenset((".jpg", ".jpeg", ".png", ".gif", ".bmp", ".webp", ".svg", ".ico"))
_FILES = frozenset(
    (".doc", ".docx", ".wps", ".pdf", ".ofd", ".xls", ".xlsx", ".et", ".ppt", ".pptx", ".dps", ".rtf", ".txt", ".csv", ".zip",
     ".rar", ".7z", ".mp3", ".mp4", ".flv", ".avi", ".wmv", ".ceb")
)  # fmt: skip
_PORTS = {"http": 80, "https": 443}
_SAFE_PATH, _SAFE_QUERY = "/:@!$&'()*+,;=~-._%", "/?:@!$&'()*+,;=~-._%"
_LOOSE = re.compile(r"%(?![0-9A-Fa-f]{2})")
_HEX = re.compile(r"%([0-9A-Fa-f]{2})")
_BLANKS = re.compile(r"[\t\r\n]+")
_PLAIN = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")


def normal(address: str, base: str = "") -> str | None:
    """An address joined to its base in normal form; None for what is no address of a page (mailto, script, too long).

    >>> normal("../a b.html#top", "HTTP://Example.gov.cn:80/zw/x/")
    'http://example.gov.cn/zw/a%20b.html'
    """
    bare = _BLANKS.sub("", address).strip()
    if len(bare) > LONGEST_ADDRESS:
        return None
    try:
        parts = urlsplit(urljoin(base, bare) if base else bare)
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    scheme = parts.scheme.lower()
    if scheme not in _PORTS or not host:
        return None
    host = _host(host)
    if host is None:
        return None
    where = host if port in (None, _PORTS[scheme]) else f"{host}:{port}"
    done = urlunsplit((scheme, where, _path(parts.path), _spelt(parts.query, _SAFE_QUERY), ""))
    return done if len(done) <= LONGEST_ADDRESS else None


def _host(name: str) -> str | None:
    try:
        host = name.rstrip(".").encode("idna").decode("ascii") if not name.isascii() else name.rstrip(".")
    except UnicodeError:
        return None
    if ":" in host:
        return f"[{host}]"
    return host.lower() if host and re.fullmatch(r"[A-Za-z0-9._-]+", host) else None


def _path(path: str) -> str:
    spelt = _spelt(path or "/", _SAFE_PATH)
    if "/./" in spelt or "/../" in spelt or spelt.endswith(("/.", "/..")):
        ends = spelt.endswith(("/", "/.", "/.."))
        spelt = posixpath.normpath(spelt).replace("//", "/")
        spelt += "/" if ends and not spelt.endswith("/") else ""
    return spelt if spelt.startswith("/") else f"/{spelt}"


def _spelt(text: str, safe: str) -> str:
    """One spelling of what may be written with or without percent signs."""
    said = quote(_LOOSE.sub("%25", text), safe=safe)
    return _HEX.sub(lambda met: c if (c := chr(int(met[1], 16))) in _PLAIN else met[0].upper(), said)


def host_of(address: str) -> str:
    """The host of a normal address, with its port where that is not the usual one."""
    return urlsplit(address).netloc


def ending(address: str) -> str:
    """The ending of the file that an address names: `.pdf`; empty where it names none."""
    return posixpath.splitext(urlsplit(address).path)[1].lower()


def role_of(address: str) -> Role:
    """What an address leads to, as far as its ending tells."""
    end = ending(address)
    if end in _PICTURES:
        return "picture"
    return "file" if end in _FILES else "page"


def within(address: str, hosts: frozenset[str]) -> bool:
    """Whether an address lies on one of the hosts."""
    return host_of(address) in hosts


def shown(address: str) -> str:
    """An address as a person reads it: Chinese instead of percent signs."""
    return unquote(address)
