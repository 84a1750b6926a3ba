"""Servers that mean harm, or know no better: each ends in a word and in little time."""

from __future__ import annotations

import gzip
import socket
import time
import zlib
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler

import pytest

from gongkai.patrol.fetch import Answer, Bounds, Network, fetch
from tests.patrol.little import Server

BOUNDS = Bounds(wait=0.4, whole=0.8, bytes=200_000)


def endless(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
    for _ in range(200):
        handler.wfile.write(b"<p>more</p>" * 1000)
        handler.wfile.flush()


def drip_body(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 1000\r\n\r\n")
    _drip(handler)


def drip_headers(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    _drip(handler)


def _drip(handler: BaseHTTPRequestHandler) -> None:
    try:
        for _ in range(60):
            handler.wfile.write(b"a")
            handler.wfile.flush()
            time.sleep(0.05)
    except OSError:
        pass


def silent(handler: BaseHTTPRequestHandler) -> None:
    time.sleep(1.2)


def huge_headers(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n" + b"".join(b"X-%d: %s\r\n" % (i, b"a" * 60_000) for i in range(150)))


def short(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 1000\r\n\r\n<p>half")


def no_http(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"\x00\x01\x02 SSH-2.0 what\r\n\r\n")


def closed(handler: BaseHTTPRequestHandler) -> None: ...


def half_gzip(handler: BaseHTTPRequestHandler) -> None:
    body = gzip.compress(b"<p>words</p>" * 300)[:-20]
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(body) + body)


BOMB = gzip.compress(b"<p></p>" * 2_000_000, 9)
RAW = zlib.compressobj(9, zlib.DEFLATED, -15)
RAW_DEFLATE = RAW.compress(b"<p>raw</p>") + RAW.flush()
CASES: dict[str, tuple[object, str]] = {
    "/endless": (endless, "too_large"),
    "/drip-body": (drip_body, "timeout"),
    "/drip-headers": (drip_headers, "timeout"),
    "/silent": (silent, "timeout"),
    "/huge-headers": (huge_headers, "protocol"),
    "/short": (short, "short"),
    "/no-http": (no_http, "protocol"),
    "/closed": (closed, "connect"),
    "/half-gzip": (half_gzip, "short"),
    "/bomb": ((200, {"Content-Encoding": "gzip"}, BOMB), "bomb"),
    "/no-gzip": ((200, {"Content-Encoding": "gzip"}, b"<p>plain</p>"), "protocol"),
    "/brotli": ((200, {"Content-Encoding": "br"}, b"\x0b\x02\x80"), "protocol"),
    "/loop": ((302, {"Location": "/loop2"}, b""), "redirects"),
    "/loop2": ((302, {"Location": "/loop"}, b""), "redirects"),
    "/far": ((302, {"Location": "/far/1"}, b""), "redirects"),
    **{f"/far/{i}": ((302, {"Location": f"/far/{i + 1}"}, b""), "redirects") for i in range(1, 4)},
    "/inner": ((302, {"Location": "http://169.254.169.254/latest"}, b""), "outside"),
    "/file": ((302, {"Location": "file:///etc/passwd"}, b""), "address"),
    "/good": ((200, {}, b"<p>here</p>"), ""),
    "/deflate": ((200, {"Content-Encoding": "deflate"}, zlib.compress(b"<p>zlib</p>")), ""),
    "/raw-deflate": ((200, {"Content-Encoding": "deflate"}, RAW_DEFLATE), ""),
    "/gone": ((404, {}, b"no"), ""),
    "/disk-image": ((200, {"Content-Type": "application/octet-stream"}, b"x" * 500_000), ""),
}
for _i in range(4, 9):
    CASES[f"/far/{_i}"] = ((302, {"Location": f"/far/{_i + 1}"}, b""), "")


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with Server({path: what for path, (what, _) in CASES.items()}).open() as opened:  # type: ignore[misc]
        yield opened


@pytest.fixture
def get(server: Server) -> Iterator[Callable[[str], Answer]]:
    network = Network()
    yield lambda path: fetch(network, server.root + path, frozenset((server.host,)), BOUNDS)
    network.close()


@pytest.mark.parametrize("path", [path for path in CASES if not path.startswith("/far/")])
def test_each_answer_ends_in_its_word(get: Callable[[str], Answer], path: str) -> None:
    assert get(path).error == CASES[path][1]


def test_a_bomb_is_stopped_while_it_is_inflated(get: Callable[[str], Answer]) -> None:
    assert len(BOMB) * 100 < 14_000_000
    answer = get("/bomb")
    assert answer.bytes < 100_000 and answer.body == b""


def test_what_comes_is_what_was_sent(get: Callable[[str], Answer]) -> None:
    assert [get(path).body for path in ("/good", "/deflate", "/raw-deflate", "/gone")] == [
        b"<p>here</p>", b"<p>zlib</p>", b"<p>raw</p>", b"no",
    ]  # fmt: skip
    assert get("/disk-image").bytes == 0  # its head is enough


def test_one_connection_serves_a_host_and_is_made_anew_when_it_broke(
    get: Callable[[str], Answer], server: Server
) -> None:
    assert get("/good").status == 200 and get("/closed").error == "connect" and get("/good").status == 200


def test_nobody_there() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        host = f"127.0.0.1:{taken.getsockname()[1]}"
    network = Network()
    assert fetch(network, f"http://{host}/", frozenset((host,)), BOUNDS).error in ("connect", "timeout")
    assert fetch(network, f"https://{host}/", frozenset((host,)), BOUNDS).error in ("connect", "timeout")


def test_encryption_that_is_none(server: Server) -> None:
    network = Network()
    assert fetch(network, f"https://{server.host}/good", frozenset((server.host,)), BOUNDS).error == "tls"
