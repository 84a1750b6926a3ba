"""Bad input ends in one clear sentence, within the time and the memory of a small machine."""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from pathlib import Path

import pytest

from gongkai.readers import border
from gongkai.readers.errors import Unreadable
from tests.readers.formats.hostile import HOSTILE

ROOT = Path(__file__).resolve().parents[3]
SECONDS = 30
GIGABYTE = 1 << 30

IN_PROCESS = [name for name in HOSTILE if "200 MB" not in name]
IN_SMALL_PROCESS = [
    "200 MB of noise",
    "DOCX bomb",
    "XLSX bomb",
    "DOCX of elements",
    "DOCX of many paragraphs",
    "HTML of a million cells",
    "HTML of 50,000 cells",
    "HTML of wide spans",
    "HTML of blanks",
    "HTML of attributes",
    "text of line ends",
    "PDF of noise",
]


@pytest.mark.parametrize("name", IN_PROCESS)
def test_each_is_refused_in_words_or_read(name: str) -> None:
    file, build, codes = HOSTILE[name]
    data = build()
    start = time.process_time()
    try:
        content = border.open_content(data, file)
    except Unreadable as refusal:
        assert refusal.code in codes, (refusal.code, refusal.__cause__)
        assert refusal.message.endswith("。")
        assert refusal.message.count("。") == 1
        assert refusal.advice.endswith("。")
    else:
        assert not codes
        assert content.text
    assert time.process_time() - start < SECONDS


_RUN = """
import sys, resource
from tests.readers.formats.hostile import HOSTILE
from gongkai.readers import border
from gongkai.readers.errors import Unreadable
name = sys.argv[1]
file, build, _ = HOSTILE[name]
data = build()
resource.setrlimit(resource.RLIMIT_AS, ({limit}, {limit}))
try:
    border.open_content(data, file)
    print("read")
except Unreadable as refusal:
    print(refusal.code)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


@pytest.mark.parametrize("name", IN_SMALL_PROCESS)
def test_the_worst_stay_within_a_gigabyte(name: str) -> None:
    limit = resource.RLIM_INFINITY if sys.platform == "darwin" else GIGABYTE
    done = subprocess.run(
        [sys.executable, "-c", _RUN.format(limit=limit), name],
        capture_output=True,
        text=True,
        timeout=2 * SECONDS,
        cwd=ROOT,
        env={"PYTHONPATH": f"{ROOT / 'src'}:{ROOT}", "PATH": "/usr/bin:/bin"},
        check=False,
    )
    assert done.returncode == 0, done.stderr[-500:]
    said = done.stdout.split()[0]
    assert said in (HOSTILE[name][2] or {"read"})


def test_a_file_that_is_missing_or_too_large_is_refused_before_it_is_read(tmp_path: Path) -> None:
    large = tmp_path / "a.docx"
    with large.open("wb") as stream:
        stream.truncate(300 << 20)
    for path, code in ((large, "too_large"), (tmp_path / "b.docx", "not_found"), (tmp_path, "not_found")):
        with pytest.raises(Unreadable) as refusal:
            border.read_limited(path)
        assert refusal.value.code == code


def test_what_a_library_raises_does_not_get_past_the_border() -> None:
    class Panic(BaseException):
        pass

    def fail(error: BaseException) -> None:
        raise error

    for error, code in (
        (ValueError(), "damaged"),
        (Panic(), "damaged"),
        (MemoryError(), "too_large"),
        (RecursionError(), "too_deep"),
        (Unreadable("empty", "甲。", "乙。"), "empty"),
    ):
        with pytest.raises(Unreadable) as refusal:
            border.guarded(lambda error=error: fail(error))  # type: ignore[misc]
        assert refusal.value.code == code
    with pytest.raises(KeyboardInterrupt):
        border.guarded(lambda: fail(KeyboardInterrupt()))  # type: ignore[arg-type, return-value]
