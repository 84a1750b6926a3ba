"""Files of others in a process of their own: what breaks, hangs, grows or dies there is one sentence here."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator

import pytest

from gongkai.cli.apart import Apart
from gongkai.readers.errors import Unreadable

MEGABYTE = 1024 * 1024


def misbehave(how: str) -> int:
    match how:
        case "hang":
            time.sleep(60)
        case "grow":
            return len(bytearray(600 * MEGABYTE))
        case "die":
            os._exit(3)
        case "break":
            return 1 // 0
        case "refuse":
            raise Unreadable("empty", "文件是空的。", "请核对。")
    return os.getpid()


@pytest.fixture
def apart() -> Iterator[Apart[str, int]]:
    opened = Apart(misbehave, seconds=1.5, memory=400 * MEGABYTE)
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("how", "code"),
    [("hang", "timeout"), ("grow", "memory"), ("die", "died"), ("break", "internal"), ("refuse", "empty")],
)
def test_whatever_a_file_does_is_one_sentence_and_the_next_is_opened(
    apart: Apart[str, int], how: str, code: str
) -> None:
    before = apart("well")
    assert before != os.getpid()
    with pytest.raises(Unreadable) as caught:
        apart(how)
    assert caught.value.code == code
    after = apart("well")
    assert (after == before) == (how in ("break", "refuse")), "what may hold anything afterwards is begun anew"
    if after != before:
        with pytest.raises(ProcessLookupError):
            os.kill(before, 0)
