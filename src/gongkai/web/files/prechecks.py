"""The look at a file before it goes out, in the reading process: for the page, and for whoever keeps drafts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings

from gongkai.readers.precheck import Precheck
from gongkai.readers.precheck.lists import FOLDER
from gongkai.web.datafolder import data_folder
from gongkai.web.facts import Refused
from gongkai.web.files.bounded import WorkerFailed, pool

_FAILED = {
    "time": "检查用时过长，已停止。请拆成几个文件，或者另存后再检查。",
    "memory": "检查这个文件需要的内存过多，已停止。请拆成几个文件，或者压缩其中的图片后再检查。",
}
_DIED = "检查这个文件时程序意外结束。请确认文件没有损坏，另存后再检查。"


@dataclass(frozen=True, slots=True)
class Looked:
    """The hints on a file, and what of the office's own lists was not understood."""

    found: Precheck
    troubles: tuple[str, ...]


def precheck_file(name: str, data: bytes) -> Looked:
    """The hints on a file. Refused in a sentence when it cannot be read. Nothing is stored."""
    return _looked(data, name=name)


def precheck_words(text: str) -> Looked:
    """The hints on a text, as `precheck_file`."""
    return _looked(text.encode("utf-8", "replace"), name="", text=True)


def _looked(data: bytes, **head: Any) -> Looked:
    try:
        told, _ = pool().call("precheck", data, seconds=settings.GONGKAI_READING_SECONDS, **head)
    except WorkerFailed as error:
        raise Refused(_FAILED.get(error.why, _DIED)) from error
    if "error" in told:
        raise Refused(f"{told['error']['message']}{told['error'].get('advice') or ''}")
    return Looked(Precheck.from_json(told), tuple(told["troubles"]))


def lists_in_use() -> list[str]:
    """The names of the office's own list files."""
    folder = data_folder() / FOLDER
    if not folder.is_dir():
        return []
    endings = (".txt", ".toml", ".xlsx")
    return sorted(path.name for path in folder.iterdir() if path.suffix.lower() in endings and path.name[0] not in ".~")
