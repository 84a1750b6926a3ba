"""One call over HTTP to an address that the administrator set, and to nowhere else.

The name is looked up once, every address found must be allowed, and the connection goes to one of those: a name that
leads elsewhere in the next moment leads nowhere. Redirects are not followed, certificates are always verified.
"""

from __future__ import annotations

import http.client
import ipaddress
import os
import socket
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from gongkai.web.cms.adapters import NotDone

NETWORKS = "GONGKAI_EXPORT_NETWORKS"
AUTHORITIES = "GONGKAI_EXPORT_CA"
_MOST = 256 * 1024
_CHUNK = 16 * 1024

Ip = ipaddress.IPv4Address | ipaddress.IPv6Address


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back: the number, and the first bytes."""

    status: int
    body: bytes


def allowed_networks() -> list[ipaddress.IPv4Network | ipaddress.IPv6Network]:
    """The networks of our own that may be called, as the environment names them: 10.8.0.0/16 127.0.0.1. None by default."""
    found = []
    for words in os.environ.get(NETWORKS, "").replace(",", " ").split():
        try:
            found.append(ipaddress.ip_network(words, strict=False))
        except ValueError:
            raise NotDone(f"环境变量 {NETWORKS} 应写成 10.8.0.0/16 这样的网段，用空格分开。") from None
    return found


def may_call(address: str) -> bool:
    """Whether an address may be called: one of the open internet, or of a network that was allowed by name."""
    try:
        ip: Ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    plain = ip.ipv4_mapped if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped else ip
    if plain.is_multicast or plain.is_unspecified:
        return False
    return plain.is_global or any(plain in network for network in allowed_networks())


def _address_of(host: str, port: int, *, secure: bool) -> tuple[int, str]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError:
        raise NotDone("找不到对方的主机，请核对接口地址和网络") from None
    addresses = [(family, str(where[0])) for family, _, _, _, where in found]
    if not addresses or not all(may_call(address) for _, address in addresses):
        raise NotDone(f"对方的地址在内网，没有连接；确属本单位内网的，请在环境变量 {NETWORKS} 中写明网段")
    named = allowed_networks()
    if not secure and not all(
        any(ipaddress.ip_address(a.partition("%")[0]) in net for net in named) for _, a in addresses
    ):
        raise NotDone("没有加密的http://只能用于写明网段的内网，没有连接")
    return addresses[0]


def _context() -> ssl.SSLContext:
    own = os.environ.get(AUTHORITIES)
    try:
        return ssl.create_default_context(cafile=own) if own else ssl.create_default_context()
    except (OSError, ssl.SSLError):
        raise NotDone(f"环境变量 {AUTHORITIES} 指明的证书文件读不了") from None


def call(url: str, *, method: str, headers: Mapping[str, str], body: bytes, seconds: float) -> Reply:
    """One call; its answer, whatever number it has. NotDone when none came, or it leads to another address."""
    parts = urlsplit(url)
    host, secure = parts.hostname or "", parts.scheme == "https"
    port = parts.port or (443 if secure else 80)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    family, address = _address_of(host, port, secure=secure)
    ends = time.monotonic() + seconds
    connection = http.client.HTTPConnection(host, port, timeout=seconds)
    try:
        plain = socket.socket(family, socket.SOCK_STREAM)
        plain.settimeout(seconds)
        connection.sock = plain
        plain.connect((address, port))
        if secure:
            connection.sock = _context().wrap_socket(plain, server_hostname=host)
        connection.request(method, path, body=body, headers={**headers, "Host": parts.netloc, "Connection": "close"})
        answer = connection.getresponse()
        read = bytearray()
        while len(read) < _MOST and (piece := answer.read1(_CHUNK)):
            read += piece
            if time.monotonic() > ends:
                raise TimeoutError
    except ssl.SSLCertVerificationError:
        raise NotDone("对方的证书没有通过验证，没有发送") from None
    except ssl.SSLError:
        raise NotDone("与对方建立加密连接没有成功") from None
    except TimeoutError:
        raise NotDone(f"对方在{seconds:g}秒内没有答完") from None
    except (OSError, http.client.HTTPException, ValueError):
        raise NotDone("连接不上对方，或者连接中断") from None
    finally:
        connection.close()
    if 300 <= answer.status < 400:
        raise NotDone("对方要求转到别的地址，没有跟随，请核对接口地址")
    return Reply(answer.status, bytes(read))
