"""Pictures, pages, OFD, old formats, and files made to hurt."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from gongkai.readers.errors import Unreadable
from gongkai.readers.formats import legacy
from gongkai.readers.precheck import Precheck, precheck
from tests.readers.formats.hostile import HOSTILE
from tests.readers.formats.samples import ofd_of, ofd_text, zipped
from tests.readers.precheck import books, files
from tests.readers.precheck.files import IDENTITY, photograph


def kinds(found: Precheck) -> list[str]:
    return [f"{hit.kind} {hit.place.says}" for hit in found.hits]


# ---- pictures -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_where_and_with_what_a_picture_was_taken_is_told_but_not_to_the_metre(form: str) -> None:
    found = precheck(f"照片.{form.lower()}", photograph(form=form))
    assert kinds(found) == ["location 图片本身", "exif 图片本身"]
    assert found.hits[0].text == "北纬25.0＊，东经102.7＊"
    assert "HUAWEI" in found.hits[1].text and "2026:01:05" in found.hits[1].text
    assert found.left_out  # the words in it were not read


def test_a_picture_without_camera_data_has_no_hit() -> None:
    import io

    from PIL import Image

    held = io.BytesIO()
    Image.new("RGB", (9, 9)).save(held, "PNG")
    assert precheck("图.png", held.getvalue()).hits == ()
    assert kinds(precheck("照片.jpg", photograph(gps=False))) == ["exif 图片本身"]


# ---- pages --------------------------------------------------------------------------------------------------------

PAGE = f"""<html><head><meta name="author" content="王小明"><title>公示</title><script>var a=1</script></head><body>
<p>云岭县公示</p><!-- 内部意见：身份证{IDENTITY} -->
<p style="display:none">不公开的理由</p><input type="hidden" value="手机13800001234">
<a href="http://192.168.0.3/oa">链接</a><a href="https://www.gov.cn">链接</a><img src="file:///C:/a.png">
<table><tr><td>姓名</td><td>身份证号</td></tr><tr><td>张三</td><td>{IDENTITY}</td></tr></table></body></html>"""


def test_a_page_is_read_as_seen_and_looked_through_as_written() -> None:
    found = precheck("公示.html", PAGE.encode())
    told = kinds(found)
    assert "identity 第1个表格第2行第2格" in told
    assert "identity 源代码中的注释（源代码第2行）" in told
    assert "phone 隐藏的表单项（源代码第3行）" in told
    assert "hidden_text 页面上不显示的部分（源代码第3行）" in told
    assert {"metadata", "script", "external_link", "local_path"} <= {hit.kind for hit in found.hits}
    assert "王小明" not in "".join(hit.text for hit in found.hits)


def test_a_plain_page_has_no_hit() -> None:
    page = "<html><head><title>通知</title></head><body><h1>通知</h1><p>各单位：</p><table><tr><td>甲</td><td>乙</td></tr></table>"
    assert precheck("a.html", page.encode()).hits == ()


# ---- OFD ----------------------------------------------------------------------------------------------------------


def test_an_ofd_says_its_page_and_line_and_what_it_covers() -> None:
    secret = ofd_text("SECRET7788", 20, 60)
    box = '<ofd:PathObject ID="9" Boundary="10 40 180 40" Fill="true"/>'
    plain = precheck("a.ofd", ofd_of(ofd_text("通知", 20, 30) + ofd_text(f"身份证号{IDENTITY}", 20, 60)))
    assert kinds(plain) == ["identity 第1页第2行"]
    assert kinds(precheck("a.ofd", ofd_of(secret + box))) == ["covered_text 第1页"]
    assert kinds(precheck("a.ofd", ofd_of(box + secret))) == []


# ---- old formats --------------------------------------------------------------------------------------------------


@pytest.mark.skipif(legacy.converter() is None, reason="没有安装LibreOffice")
@pytest.mark.parametrize(("ending", "made"), [("doc", "docx"), ("xls", "xlsx")])
def test_an_old_format_is_looked_through_by_way_of_the_new_one(tmp_path: Path, ending: str, made: str) -> None:
    source = tmp_path / f"a.{made}"
    body = (
        files.in_comment(f"身份证{IDENTITY}")
        if made == "docx"
        else books.book({"A1": "单位"}, books.hidden_sheet("hidden"))
    )
    source.write_bytes(body)
    program = legacy.converter()
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    subprocess.run(
        [program, "--headless", profile, "--convert-to", ending, "--outdir", tmp_path, source],
        check=True,
        capture_output=True,
    )
    found = precheck(f"a.{ending}", (tmp_path / f"a.{ending}").read_bytes())
    assert found.format == ending
    assert {"identity", "comment" if made == "docx" else "hidden_sheet"} <= {hit.kind for hit in found.hits}
    assert any("旧格式" in sentence for sentence in found.left_out)


def test_without_a_converter_an_old_format_is_refused_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(legacy, "converter", lambda: None)
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "WordDocument".encode("utf-16-le") + bytes(600)
    with pytest.raises(Unreadable) as refused:
        precheck("a.doc", data)
    assert refused.value.code == "needs_conversion" and "另存为 DOCX" in refused.value.advice


# ---- files made to hurt -------------------------------------------------------------------------------------------

NOT_FOR_US = {
    "a picture",
    "cut DOCX",
    "cut XLSX",
    "DOCX of wide spans",
    "XLS of noise",
    "DOCX without body",
    "DOCX with odd names",
    "RTF 100,000 deep",
}
"""What is refused, or taken, for another reason than by the reader of reports; below."""


@pytest.mark.parametrize("case", [case for case in HOSTILE if case not in NOT_FOR_US])
def test_a_hostile_file_ends_in_a_sentence_or_a_result(case: str) -> None:
    name, make, codes = HOSTILE[case]
    try:
        found = precheck(name, make())
    except Unreadable as error:
        assert error.code in codes
        assert error.message.endswith("。") and error.advice.endswith("。")
        assert "年度报告" not in str(error)
    else:
        assert codes in (set(), {"empty"}) and isinstance(found, Precheck)


@pytest.mark.parametrize(
    ("case", "codes"),
    [
        ("a picture", {"damaged"}),
        ("cut DOCX", {"damaged"}),
        ("cut XLSX", {"damaged"}),
        ("XLS of noise", {"damaged"}),
        ("DOCX without body", {"empty"}),
        ("DOCX with odd names", {"empty"}),
    ],
)
def test_what_is_no_document_at_all_is_not_called_clean(case: str, codes: set[str]) -> None:
    name, make, _ = HOSTILE[case]
    with pytest.raises(Unreadable) as refused:
        precheck(name, make())
    assert refused.value.code in codes


def test_an_archive_is_refused_with_what_to_do() -> None:
    with pytest.raises(Unreadable) as refused:
        precheck("名单.zip", zipped({"a.txt": "x"}))
    assert (refused.value.message, refused.value.advice) == ("压缩包不能直接检查。", "请解压后逐个检查其中的文件。")


def test_a_workbook_in_a_document_in_a_document_is_not_followed_for_ever() -> None:
    inner = files.in_embedded_workbook(IDENTITY)
    outer = files.with_parts(files.in_body("正文"), {"word/embeddings/a.docx": inner})
    found = precheck("a.docx", outer)
    assert any("没有打开检查" in sentence and "第1个嵌入的文件" in sentence for sentence in found.left_out)


def test_a_broken_part_beside_the_text_is_a_refusal_not_a_clean_result() -> None:
    broken = files.with_parts(files.in_body("正文"), {"word/comments.xml": "<w:comments"})
    with pytest.raises(Unreadable, match="已损坏"):
        precheck("a.docx", broken)


def test_many_hits_of_one_kind_are_cut_and_counted() -> None:
    found = precheck("a.txt", "\n".join(f"村民{n}手机138{n:08}" for n in range(500)).encode())
    assert len(found.hits) == 60
    assert sum(hit.count for hit in found.hits) == 500 and "没有逐一列出" in found.hits[-1].says
