"""Word files as another program sees them: LibreOffice opens each and sets table 三 on one page."""

from __future__ import annotations

import shutil
import subprocess
from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from gongkai.annual.findings import Finding
from gongkai.documents import write
from gongkai.documents.notice import rectification_notice
from gongkai.documents.returned import comment_docx
from tests.documents import samples

FINDING = Finding(
    "N-SUM",
    "narrative_sum",
    "conflict",
    "两处不一致，请核实。",
    quote="政策文件40条、财政信息60条",
    met="60",
    expected="61",
)


def pages(data: bytes, folder: Path) -> list[str]:
    """The text of each page that LibreOffice sets a Word file in."""
    source = folder / "文件.docx"
    source.write_bytes(data)
    program = shutil.which("soffice") or shutil.which("libreoffice")
    assert program is not None
    home = f"-env:UserInstallation={(folder / 'home').as_uri()}"
    subprocess.run(
        [program, home, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(source)],
        check=True,
        capture_output=True,
        timeout=120,
    )
    with pypdfium2.PdfDocument((folder / "文件.pdf").read_bytes()) as document:
        return [page.get_textpage().get_text_bounded() for page in document]


@pytest.mark.needs("libreoffice")
def test_table_three_stands_on_one_page_under_its_heading(tmp_path: Path) -> None:
    found = [p for p in pages(write(samples.report(), "docx"), tmp_path) if "申请人情况" in p]
    assert len(found) == 1
    assert "三、收到和处理政府信息公开申请情况" in found[0] and "四、结转下年度继续办理" in found[0]


@pytest.mark.needs("libreoffice")
def test_the_commented_file_opens_and_has_the_same_words(tmp_path: Path) -> None:
    report = samples.report()
    original = write(report, "docx")
    before = pages(original, tmp_path)
    assert pages(comment_docx(original, report, [FINDING, FINDING]), tmp_path) == before


@pytest.mark.needs("libreoffice")
def test_the_notice_opens(tmp_path: Path) -> None:
    notice = rectification_notice(
        samples.report(),
        [FINDING],
        issuer="清溪县人民政府办公室",
        addressee="青石镇人民政府",
        number=None,
        written_on=date(2024, 3, 5),
        reply_by=None,
    )
    found = pages(notice, tmp_path)
    assert "整改通知" in found[0] and "— 1 —" not in found[0]
