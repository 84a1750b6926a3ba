"""Old formats through a real LibreOffice where one is installed; a converter that hangs or fails is ended."""

from __future__ import annotations

import io
import os
import subprocess
import time
from pathlib import Path

import docx
import pytest

from gongkai.readers import border
from gongkai.readers.errors import Unreadable
from gongkai.readers.formats import legacy, limits
from tests.readers.formats import samples

LAST = "五、存在的主要问题及改进情况"


@pytest.fixture(scope="module")
def old_files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The invented report as LibreOffice writes it in old formats. A paragraph ends it: no DOC ends with a table."""
    program = legacy.converter()
    if program is None:
        pytest.skip("LibreOffice absent (soffice)")
    place = tmp_path_factory.mktemp("old")
    document = docx.Document(io.BytesIO(samples.docx_file()))
    document.add_paragraph(LAST)
    document.save(str(place / "a.docx"))
    files = {}
    for kind in ("doc", "rtf"):
        command = [program, "--headless", f"-env:UserInstallation={(place / 'profile').as_uri()}"]
        command += ["--convert-to", kind, "--outdir", str(place), str(place / "a.docx")]
        subprocess.run(command, capture_output=True, timeout=90, check=True)
        files[kind] = (place / f"a.{kind}").read_bytes()
    files["wps"] = files["doc"]
    return files


@pytest.mark.parametrize("kind", ["doc", "rtf", "wps"])
def test_old_formats_give_the_same_report(old_files: dict[str, bytes], kind: str) -> None:
    content = border.open_content(old_files[kind], f"报告.{kind}")
    assert content.format == kind
    assert samples.grids(content) == [samples.placed(samples.GROUND), samples.placed(samples.NESTED)]
    assert samples.lines(content) == [samples.TITLE, samples.PROSE, "三、收到和处理政府信息公开申请情况", LAST]


def _program(place: Path, script: str) -> str:
    path = place / "soffice"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return str(path)


def _ends(process: int) -> bool:
    """Whether a killed process is gone, or dead and not yet collected, soon enough on a busy machine."""
    state = Path(f"/proc/{process}/stat")
    for _ in range(100):
        try:
            if state.read_text().split(") ")[1][0] == "Z":
                return True
        except (FileNotFoundError, ProcessLookupError):
            return True
        time.sleep(0.05)
    return False


def test_a_converter_that_hangs_is_ended_with_its_children(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    note = tmp_path / "child"
    program = _program(tmp_path, f"sleep 60 & echo $! > {note}; wait")
    monkeypatch.setattr(legacy, "converter", lambda: program)
    monkeypatch.setattr(limits, "CONVERSION_SECONDS", 1)
    start = time.monotonic()
    with pytest.raises(Unreadable) as refusal:
        border.open_content(b"{\\rtf1 a}", "a.rtf")
    assert refusal.value.code == "conversion_failed"
    assert time.monotonic() - start < 50  # the child would sleep for 60
    assert _ends(int(note.read_text()))


@pytest.mark.parametrize("script", ["exit 1", "exit 0", 'mkdir out; echo nonsense > "out/in.docx"'])
def test_a_converter_that_fails_is_said_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    program = _program(tmp_path, script)
    monkeypatch.setattr(legacy, "converter", lambda: program)
    with pytest.raises(Unreadable) as refusal:
        border.open_content(b"{\\rtf1 a}", "a.rtf")
    assert refusal.value.code == "damaged"


def test_a_program_that_is_gone_means_conversion_by_hand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(legacy, "converter", lambda: str(tmp_path / "gone"))
    with pytest.raises(Unreadable) as refusal:
        border.open_content(b"{\\rtf1 a}", "a.rtf")
    assert refusal.value.code == "needs_conversion"


def test_the_converter_sees_nothing_of_our_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    note = tmp_path / "env"
    program = _program(tmp_path, f"env > {note}")
    monkeypatch.setattr(legacy, "converter", lambda: program)
    monkeypatch.setitem(os.environ, "SOME_TOKEN", "x")
    with pytest.raises(Unreadable):
        border.open_content(b"{\\rtf1 a}", "a.rtf")
    assert "SOME_TOKEN" not in note.read_text()
    assert "http_proxy=http://127.0.0.1:9" in note.read_text()
