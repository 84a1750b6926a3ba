"""One request, bounded in every way: time, size on the wire, size once inflated, redirects, and where they lead."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import urlsplit

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection

from gongkai import __version__
from gongkai.patrol.addresses import normal, within
from gongkai.patrol.robots import NAME

AGENT = f"{NAME}/{__version__}"
MOST_REDIRECTS = 5
BOMB = 100
"""An answer that grows more than so many times when it is inflated is none that a page gives."""
_CHUNK = 64 * 1024


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a request. `error` is a word of `kinds.NOT_FETCHED`; `status` is None where nothing came."""

    url: str
    status: int | None = None
    error: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    bytes: int = 0
    """Bytes of the body on the wire."""
    landed: str = ""


@dataclass(frozen=True, slots=True)
class Bounds:
    """Seconds to wait and bytes to take for one answer."""

    wait: float = 15.0
    """Seconds without a byte."""
    whole: float = 60.0
    """Seconds for the whole answer, however it trickles."""
    bytes: int = 4 * 1024 * 1024
    markup: bool = True
    """Whether only a page is wanted: of anything else its head is enough."""


class Fetcher(Protocol):
    """Whatever answers one request without following redirects: the network, or our own pages in this process."""

    def once(self, method: str, url: str, headers: Mapping[str, str], bounds: Bounds) -> Answer:
        """One answer; never an exception."""
        ...

    def close(self) -> None:
        """Let go of every connection."""
        ...


def fetch(
    fetcher: Fetcher,
    url: str,
    hosts: frozenset[str],
    bounds: Bounds,
    *,
    headers: Mapping[str, str] | None = None,
    method: str = "GET",
) -> Answer:
    """The answer at the end of the redirects, each of which must stay on the hosts."""
    at, met, taken = url, {url}, 0
    for _ in range(MOST_REDIRECTS + 1):
        answer = fetcher.once(method, at, {"User-Agent": AGENT, **(headers or {})}, bounds)
        taken += answer.bytes
        target = answer.headers.get("location", "")
        if answer.error or answer.status not in (301, 302, 303, 307, 308) or not target:
            landed = at if at != url else ""
            return Answer(url, answer.status, answer.error, answer.headers, answer.body, taken, landed)
        there = normal(target, at)
        if there is None:
            return Answer(url, answer.status, "address", bytes=taken)
        if not within(there, hosts):
            return Answer(url, answer.status, "outside", bytes=taken, landed=there)
        if there in met:
            break
        met.add(there)
        at = there
    return Answer(url, None, "redirects", bytes=taken)


class Network:
    """Answers from the network, one connection a host."""

    def __init__(self) -> None:
        self._open: dict[tuple[str, str], HTTPConnection] = {}

    def close(self) -> None:
        """Let go of every connection."""
        for connection in self._open.values():
            with contextlib.suppress(OSError):
                connection.close()
        self._open.clear()

    def once(self, method: str, url: str, headers: Mapping[str, str], bounds: Bounds) -> Answer:
        """One answer; a kept connection that the server closed meanwhile is made anew once."""
        parts = urlsplit(url)
        key = (parts.scheme, parts.netloc)
        kept = key in self._open
        answer = self._once(key, method, url, headers, bounds)
        if kept and answer.error in ("connect", "protocol") and not answer.bytes:
            answer = self._once(key, method, url, headers, bounds)
        return answer

    def _once(self, key: tuple[str, str], method: str, url: str, headers: Mapping[str, str], bounds: Bounds) -> Answer:
        expired = threading.Event()
        clock: threading.Timer | None = None
        connection: HTTPConnection | None = None
        keep = False
        try:
            connection = self._open.get(key) or _connection(url, bounds)
            if connection.sock is None:
                connection.connect()
            clock = _watch(connection.sock, expired, bounds.whole)
            parts = urlsplit(url)
            target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            connection.request(
                method,
                target,
                headers={"Accept-Encoding": "gzip, deflate", "Accept": "text/html,*/*;q=0.5", **headers},
                preload_content=False,
                decode_content=False,
            )
            response = connection.getresponse()
            answer, drained = _taken(url, response, bounds)
            keep = drained and not answer.error and response.headers.get("connection", "").lower() != "close"
        except Exception as error:  # noqa: BLE001 - whatever a server does to the library is an answer of its kind
            answer = Answer(url, error="timeout" if expired.is_set() else _word(error))
        finally:
            if clock is not None:
                clock.cancel()
        if expired.is_set():
            answer, keep = Answer(url, error="timeout", bytes=answer.bytes), False
        if keep and connection is not None:
            self._open[key] = connection
        else:
            self._open.pop(key, None)
            if connection is not None:
                with contextlib.suppress(OSError):
                    connection.close()
        return answer


def _connection(url: str, bounds: Bounds) -> HTTPConnection:
    parts = urlsplit(url)
    made = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    return made(parts.hostname or "", parts.port, timeout=bounds.wait)


def _watch(sock: socket.socket | None, expired: threading.Event, seconds: float) -> threading.Timer:
    """End the connection when the time for the whole answer is over: a server may send a byte whenever we give up."""

    def end() -> None:
        expired.set()
        if sock is not None:
            with contextlib.suppress(OSError):
                socket.socket.shutdown(sock, socket.SHUT_RDWR)

    clock = threading.Timer(seconds, end)
    clock.daemon = True
    clock.start()
    return clock


_MARKUP = ("text/", "application/xhtml", "application/xml")


def _taken(url: str, response: urllib3.BaseHTTPResponse, bounds: Bounds) -> tuple[Answer, bool]:
    """The answer, and whether its body was read to its end."""
    headers = {name.lower(): value for name, value in response.headers.items()}
    kind = headers.get("content-type", "").strip().lower()
    if bounds.markup and kind and not kind.startswith(_MARKUP) and response.status == 200:
        return Answer(url, response.status, "", headers), False
    coding = headers.get("content-encoding", "").strip().lower()
    if coding not in ("", "identity", "gzip", "x-gzip", "deflate"):
        return Answer(url, response.status, "protocol", headers), False
    inflate = Inflate(coding, bounds.bytes)
    wire = 0
    for chunk in response.stream(_CHUNK, decode_content=False):
        wire += len(chunk)
        if wire > bounds.bytes or not inflate.take(chunk):
            error = "bomb" if inflate.grew(wire) else "too_large"
            return Answer(url, response.status, error, headers, bytes=wire), False
    error = "" if inflate.whole else "short"
    return Answer(url, response.status, error, headers, inflate.body, wire), True


class Inflate:
    """Takes an answer apart as it comes, never holding more than its bound."""

    def __init__(self, coding: str, most: int) -> None:
        self._most = most
        self._coded = coding not in ("", "identity")
        self._inflater = zlib.decompressobj(47) if self._coded else None
        self._first = coding == "deflate"
        self._parts: list[bytes] = []
        self.size = 0

    def take(self, chunk: bytes) -> bool:
        """Take in what came; False when there is more than may be."""
        if self._inflater is None:
            self._parts.append(chunk)
            self.size += len(chunk)
            return self.size <= self._most
        if self._first and chunk:
            self._first = False
            if chunk[0] & 0x0F != 8:
                self._inflater = zlib.decompressobj(-15)  # what many servers send under this name
        done = self._inflater.decompress(chunk, self._most - self.size + 1)
        self._parts.append(done)
        self.size += len(done)
        return self.size <= self._most

    def grew(self, wire: int) -> bool:
        """Whether it grew as nothing does that a site means to send."""
        left = len(self._inflater.unconsumed_tail) if self._inflater else 0
        return self.size > BOMB * max(wire - left, 1)

    @property
    def whole(self) -> bool:
        """Whether what was coded came to its end."""
        return self._inflater is None or self._inflater.eof or not self.size

    @property
    def body(self) -> bytes:
        """What came, inflated."""
        return b"".join(self._parts)


def _word(error: BaseException) -> str:
    """The word for what went wrong."""
    words: tuple[tuple[type[BaseException] | tuple[type[BaseException], ...], str], ...] = (
        (urllib3.exceptions.NameResolutionError, "name"),
        ((urllib3.exceptions.SSLError, ssl.SSLError), "tls"),
        ((urllib3.exceptions.TimeoutError, TimeoutError), "timeout"),
        (urllib3.exceptions.IncompleteRead, "short"),
        (zlib.error, "protocol"),
        (ConnectionResetError, "connect"),
        (urllib3.exceptions.NewConnectionError, "connect"),
    )
    for kinds, word in words:
        if isinstance(error, kinds):
            return word
    inner = error.args[-1] if error.args else None
    if isinstance(error, urllib3.exceptions.ProtocolError) and isinstance(inner, BaseException):
        return _word(inner)
    return "connect" if isinstance(error, OSError) else "protocol"
