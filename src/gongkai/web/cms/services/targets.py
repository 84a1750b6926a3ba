"""Where entries are exported to: set by the administrator alone, its secret sealed."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any
from urllib.parse import urlsplit

from django.db import IntegrityError, transaction
from django.utils import timezone

from gongkai.web import sealed
from gongkai.web.audit.services import Audit
from gongkai.web.changes.selectors import generation
from gongkai.web.changes.services import done
from gongkai.web.cms.adapters import NotDone
from gongkai.web.cms.adapters.interface import FIELDS, Interface
from gongkai.web.cms.adapters.network import NETWORKS, allowed_networks, may_call
from gongkai.web.cms.models import Target
from gongkai.web.facts import Refused, new_key

_FOLDER = re.compile(r"[0-9A-Za-z\u4e00-\u9fff][0-9A-Za-z\u4e00-\u9fff_-]{0,39}")
_PATH = re.compile(r"/(?:[A-Za-z0-9._~!$&'()*+,;=:@/?%-]|\{(?:index_number|key|place)\}){0,300}")
_HEADER = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,60}")
_OWN = frozenset(("host", "content-length", "transfer-encoding", "connection", "content-type", "idempotency-key"))
_VALUE = re.compile(r"[\x20-\x7e]{1,400}")
_WORD = re.compile(r"[A-Za-z0-9_.\u4e00-\u9fff-]{1,60}")
_METHODS = ("POST", "PUT", "PATCH", "DELETE", "GET")


def _said(settings: Mapping[str, str], key: str, usual: str = "") -> str:
    return " ".join(str(settings.get(key, usual)).split())


def _method(settings: Mapping[str, str], key: str, usual: str) -> str:
    found = _said(settings, key, usual).upper() or usual
    if found not in _METHODS[:4]:
        raise Refused("调用方法请写POST、PUT、PATCH或者DELETE。")
    return found


def _path(settings: Mapping[str, str], key: str, usual: str) -> str:
    found = _said(settings, key, usual)
    if found and (not _PATH.fullmatch(found) or "//" in found or ".." in found):
        raise Refused(f"路径“{found[:40]}”应以/开头，可以用{{index_number}}、{{key}}、{{place}}代表条目。")
    return found


def _fields(words: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in words.replace("＝", "=").splitlines():
        if not line.strip():
            continue
        theirs, sign, ours = (part.strip() for part in line.partition("="))
        if not sign or ours not in FIELDS or not _WORD.fullmatch(theirs):
            raise Refused(f"字段对照“{line.strip()[:40]}”应写成“对方字段=本系统字段”，本系统字段见页面上的列表。")
        found[theirs] = ours
    if not found:
        raise Refused("请填写字段对照，至少要有名称和网页或者正文。")
    return found


def _base(words: str) -> str:
    found = words.rstrip("/")
    try:
        parts = urlsplit(found)
        port = parts.port
    except ValueError:
        raise Refused("接口地址不正确，请核对。") from None
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or parts.query or parts.fragment:
        raise Refused("接口地址应写成 https://主机/路径，不带用户名、问号和井号。")
    try:
        literal = bool(re.fullmatch(r"[\d.]+|.*:.*", parts.hostname)) and not may_call(parts.hostname)
        networks = allowed_networks()
    except NotDone as error:
        raise Refused(error.why) from error
    if literal or (parts.hostname == "localhost" and not networks):
        raise Refused(f"接口地址在内网。确属本单位内网的，请先由系统管理员在环境变量 {NETWORKS} 中写明网段。")
    if parts.scheme == "http" and not networks:
        raise Refused("接口地址应以https://开头；只有写明了内网网段的才可以用http://。")
    return found if port is None or 0 < port < 65536 else ""


def interface_of(settings: Mapping[str, str]) -> Interface:
    """How an interface is called, from what was filled in. Refused with a sentence for what cannot be."""
    header, value = _said(settings, "header"), _said(settings, "header_value", "{secret}") or "{secret}"
    if header and (not _HEADER.fullmatch(header) or header.lower() in _OWN):
        raise Refused("请求头的名称只能是字母、数字和短横，也不能是由系统填写的。")
    if not _VALUE.fullmatch(value):
        raise Refused("请求头的值只能是英文字母、数字和符号，密钥的位置写{secret}。")
    places = {key: _said(settings, key) for key in ("place_at", "address_at", "day_at")}
    success = _said(settings, "success_at")
    if any(words and not _WORD.fullmatch(words) for words in places.values()) or len(success) > 80:
        raise Refused("答复中的位置请写成data.url这样的路径。")
    if success and "=" not in success:
        raise Refused("成功的标志请写成code=0这样的等式。")
    seconds = _said(settings, "seconds", "20") or "20"
    if not seconds.isdecimal() or not 1 <= int(seconds) <= 120:
        raise Refused("等待时间请填1至120秒。")
    update, remove = _path(settings, "update_path", ""), _path(settings, "remove_path", "/articles/{place}")
    return Interface(
        base=_base(_said(settings, "base")),
        put_method=_method(settings, "put_method", "POST"),
        put_path=_path(settings, "put_path", "/articles") or "/articles",
        update_method=_method(settings, "update_method", "PUT") if update else "",
        update_path=update,
        remove_method=_method(settings, "remove_method", "DELETE"),
        remove_path=remove or "/articles/{place}",
        header=header,
        header_value=value,
        fields=_fields(str(settings.get("fields", ""))),
        success_at=success,
        seconds=float(seconds),
        **places,
    )


def _checked(kind: str, settings: Mapping[str, str]) -> dict[str, Any]:
    if kind == "http":
        return asdict(interface_of(settings))
    folder = _said(settings, "folder")
    if kind != "folder":
        raise Refused("请选择导出到文件夹还是HTTP接口。")
    if not _FOLDER.fullmatch(folder):
        raise Refused("文件夹的名称用中文、字母、数字、短横，最多40个字，放在导出文件夹之下。")
    return {"folder": folder}


def add_target(
    *, audit: Audit, name: str, kind: str, settings: Mapping[str, str], secret: str = "", everything: bool = True
) -> Target:
    """A site to export to: from the first release on, or only what changes from now on."""
    plain = " ".join(name.split())
    if not 2 <= len(plain) <= 40:
        raise Refused("请填写网站的名称，2至40个字。")
    checked = _checked(kind, settings)
    _check_secret(secret)
    living = Target.objects.filter(county=audit.county, ended_at=None)
    if kind == "folder" and any(row.settings.get("folder") == checked["folder"] for row in living):
        raise Refused(f"文件夹“{checked['folder']}”已经有别的网站在用，请换一个。")
    key = new_key()
    try:
        with transaction.atomic():
            target = Target.objects.create(
                id=key, county=audit.county, name=plain, kind=kind, settings=checked, secret=_sealed(secret, key),
                by=audit.actor,
            )  # fmt: skip
            audit.record("cms.add_target", target, {"kind": kind, "everything": everything})
            if not everything:
                done(county=audit.county, reader=target.reader, generation=generation(audit.county).value)
    except IntegrityError:
        raise Refused(f"已经有名为“{plain}”的网站，请换一个名称。") from None
    return target


def change_target(*, audit: Audit, target: Target, settings: Mapping[str, str], secret: str = "") -> None:
    """Set a target up anew. An empty secret leaves the one it has."""
    checked = _checked(target.kind, settings)
    _check_secret(secret)
    with transaction.atomic():
        held = Target.objects.select_for_update().get(pk=target.pk)
        if held.ended_at:
            raise Refused("这个网站已经停用。")
        if held.kind == "folder" and checked["folder"] != held.settings.get("folder"):
            raise Refused("文件夹不能改名，请另设一个网站。")
        held.settings = checked
        held.secret = _sealed(secret, held.pk) if secret else held.secret
        held.next_at, held.failures, held.failure = None, 0, ""
        held.save(update_fields=["settings", "secret", "next_at", "failures", "failure"])
        audit.record("cms.change_target", held, {"secret": bool(secret)})


def end_target(*, audit: Audit, target: Target) -> None:
    """Nothing goes there any more; what is there stays and is to be looked after by hand."""
    with transaction.atomic():
        if not Target.objects.filter(pk=target.pk, ended_at=None).update(ended_at=timezone.now()):
            raise Refused("这个网站已经停用。")
        audit.record("cms.end_target", target)


def _check_secret(secret: str) -> None:
    if secret and not re.fullmatch(r"[\x21-\x7e]{4,400}", secret):
        raise Refused("密钥应为4至400个英文字母、数字和符号，中间没有空格。")


def _sealed(secret: str, key: uuid.UUID) -> bytes:
    return sealed.seal(secret, table=Target._meta.db_table, column="secret", row=key) if secret else b""


def secret_of(target: Target) -> str:
    """The secret of a target, for a call alone."""
    if not target.secret:
        return ""
    return sealed.unseal(bytes(target.secret), table=Target._meta.db_table, column="secret", row=target.pk)
