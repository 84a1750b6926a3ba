"""The interface of a vendor's CMS, as it is configured: paths, fields, and where in its answers the address stands."""

from __future__ import annotations

import base64
import json
import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from gongkai.readers.sites.labels import day_of
from gongkai.readers.sites.listing import address as plain_address
from gongkai.web.cms.adapters import Answer, Gone, NotDone
from gongkai.web.cms.adapters.network import Reply, call
from gongkai.web.cms.outgoing import Outgoing

FIELDS: dict[str, str] = {
    "title": "名称",
    "html": "完整网页",
    "text": "正文文字",
    "index_number": "索引号",
    "document_number": "发文字号",
    "issuing_organ": "发布机构",
    "kind": "种类",
    "columns": "栏目（列表）",
    "written_on": "成文日期",
    "published_on": "发布日期",
    "validity": "有效性",
    "public_until": "公示截止日",
    "metadata": "全部元数据",
    "files": "附件（名称和内容）",
    "key": "本系统的条目编号",
}
"""What may stand in a call: our name → in words."""
_MOST_BYTES = 64 * 1024 * 1024
_FOR_GOOD = frozenset((400, 409, 413, 414, 415, 422))


@dataclass(frozen=True, slots=True)
class Interface:
    """How an interface is called. Paths may hold {index_number}, {key} and, once it was told, {place}."""

    base: str
    put_method: str = "POST"
    put_path: str = "/articles"
    update_method: str = ""
    update_path: str = ""
    remove_method: str = "DELETE"
    remove_path: str = "/articles/{place}"
    header: str = ""
    header_value: str = "{secret}"
    fields: dict[str, str] = field(default_factory=dict)
    place_at: str = "id"
    address_at: str = "url"
    day_at: str = ""
    success_at: str = ""
    seconds: float = 20.0


def inside(answer: Any, path: str) -> Any:
    """What stands at a place such as data.url in an answer; None where nothing does."""
    for part in path.split("."):
        if isinstance(answer, dict):
            answer = answer.get(part)
        elif isinstance(answer, list) and part.isdecimal() and int(part) < len(answer):
            answer = answer[int(part)]
        else:
            return None
    return answer


class HttpAdapter:
    """An interface with its secret, which is known only while it is called."""

    def __init__(self, how: Interface, secret: str, name: str) -> None:
        self._how, self._secret, self._name = how, secret, name

    def put(self, page: Outgoing, key: str, place: str) -> Answer:
        """Send a page; it replaces the one at `place` where the interface has a way for that."""
        how = self._how
        method, path = how.put_method, how.put_path
        if place and how.update_path:
            method, path = how.update_method or "PUT", how.update_path
        body = json.dumps(self._body(page), ensure_ascii=False).encode()
        if len(body) > _MOST_BYTES:
            raise NotDone("连同附件超过64兆字节，接口发送不了，请改用文件夹导出", for_good=True)
        words = {"index_number": page.index_number, "key": str(page.item), "place": place}
        answer = self._answer(self._call(method, path, words, key, body), "接收")
        where = inside(answer, how.place_at) if how.place_at else None
        told = str(inside(answer, how.address_at) or "") if how.address_at else ""
        day = str(inside(answer, how.day_at) or "") if how.day_at else ""
        return Answer(
            str(where)[:300] if isinstance(where, str | int) else place,
            plain_address(told),
            day_of(day) if day else None,
        )

    def remove(self, gone: Gone, key: str) -> Answer:
        """Have a page taken away. That there is none any more is as good."""
        words = {"index_number": gone.index_number, "key": "", "place": gone.place}
        body = json.dumps({"index_number": gone.index_number, "reason": gone.because}, ensure_ascii=False).encode()
        reply = self._call(self._how.remove_method, self._how.remove_path, words, key, body)
        if reply.status not in (404, 410):
            self._answer(reply, "撤下")
        return Answer(gone.place, gone=True)

    def _body(self, page: Outgoing) -> dict[str, Any]:
        files = [
            {"name": f.name, "path": f.path, "media_type": f.media_type, "content": base64.b64encode(f.data).decode()}
            for f in page.files
            if "files" in self._how.fields.values()
        ]
        ours = {
            **{key: page.metadata.get(key, "") for key in FIELDS},
            "html": page.html,
            "text": page.text,
            "metadata": page.metadata,
            "files": files,
            "key": str(page.item),
        }
        sent: dict[str, Any] = {}
        for theirs, our in self._how.fields.items():
            here = sent
            *above, last = theirs.split(".")
            for part in above:
                here = here.setdefault(part, {})
            here[last] = ours[our]
        return sent

    def _call(self, method: str, path: str, words: dict[str, str], key: str, body: bytes) -> Reply:
        filled = re.sub(r"\{(\w+)\}", lambda met: quote(words.get(met[1], ""), safe=""), path)
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "Accept": "application/json",
            "User-Agent": "gongkai",
            "Idempotency-Key": key,
        }
        if self._how.header and self._secret:
            headers[self._how.header] = self._how.header_value.replace("{secret}", self._secret)
        url = self._how.base.rstrip("/") + filled
        return call(url, method=method, headers=headers, body=body, seconds=self._how.seconds)

    def _answer(self, reply: Reply, what: str) -> Any:
        if not 200 <= reply.status < 300:
            raise NotDone(f"对方没有{what}（答复{reply.status}）", for_good=reply.status in _FOR_GOOD)
        try:
            answer = json.loads(reply.body) if reply.body.strip() else {}
        except ValueError:
            answer = {}
        if self._how.success_at:
            path, _, wanted = self._how.success_at.partition("=")
            if str(inside(answer, path)) != wanted:
                raise NotDone(f"对方没有{what}（答复中的{path}不是{wanted}）", for_good=True)
        return answer
