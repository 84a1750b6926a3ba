"""DOCX: wherever something is planted it is found and its place is named; what the file keeps back is said."""

from __future__ import annotations

import io

import docx
import pytest

from gongkai.readers.precheck import Precheck, precheck
from tests.readers.precheck import files
from tests.readers.precheck.files import IDENTITY, WORD_PLACES, in_run, photograph, plain_document, saved, with_parts

RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def of_kind(found: Precheck, kind: str) -> list[str]:
    return [hit.place.says for hit in found.hits if hit.kind == kind]


def test_a_sound_notice_has_nothing_to_point_out() -> None:
    found = precheck("通知.docx", saved(plain_document()))
    assert (found.hits, found.left_out, found.format) == ((), (), "docx")


@pytest.mark.parametrize("where", WORD_PLACES)
def test_a_number_is_found_wherever_it_is_planted(where: str) -> None:
    plant, part = WORD_PLACES[where]
    found = precheck("通知.docx", plant(f"身份证号{IDENTITY}"))
    hits = [hit for hit in found.hits if hit.kind == "identity"]
    assert [hit.place.part for hit in hits] == [part]
    assert hits[0].grade == "warning" and hits[0].place.says
    assert all(IDENTITY not in hit.text for hit in found.hits)


def test_places_are_those_that_a_person_counts() -> None:
    document = plain_document()
    document.add_paragraph("")
    document.add_paragraph(f"身份证号{IDENTITY}")
    table = document.add_table(3, 3)
    table.rows[0].cells[0].merge(table.rows[0].cells[1]).text = "姓名"
    table.rows[2].cells[2].text = "手机13800001234"
    places = {hit.kind: hit.place for hit in precheck("a.docx", saved(document)).hits}
    assert places["identity"].says == "第3段" and places["identity"].dom == "p[4]"
    assert places["phone"].says == "第1个表格第3行第3格"


def test_a_column_of_a_list_is_told_once_and_by_its_head() -> None:
    document = plain_document()
    table = document.add_table(1, 4)
    for cell, head in zip(table.rows[0].cells, ("姓名", "证件号", "家庭住址", "健康状况"), strict=True):
        cell.text = head
    for number in range(8):
        for cell, text in zip(table.add_row().cells, ("张三", IDENTITY, f"河边村{number}组12号", "患病"), strict=True):
            cell.text = text
    hits = {hit.kind: hit for hit in precheck("a.docx", saved(document)).hits}
    assert (hits["identity"].count, hits["identity"].place.says) == (8, "第1个表格第2行第2格")
    assert hits["identity"].also[-1] == "第1个表格第9行第2格" and "共有8处" in hits["identity"].says
    assert hits["address"].count == 8
    assert "健康状况" in hits["person_column"].says


def test_comments_and_changes_name_their_places_and_not_their_authors() -> None:
    comment = precheck("a.docx", files.in_comment("请再核")).hits
    assert [(hit.kind, hit.text) for hit in comment] == [("comment", "请再核")]
    assert comment[0].place.says == "第3段的批注"
    assert "李＊＊" in comment[0].says and "李复核" not in comment[0].says
    for plant, word, gone in (
        (files.in_deletion, "删除1处", "删去的文字：改过；"),
        (files.in_insertion, "插入1处", ""),
    ):
        (change,) = (hit for hit in precheck("a.docx", plant("改过")).hits if hit.kind == "tracked_change")
        assert word in change.says and change.text == f"{gone}修订者：王＊＊" and change.place.says == "第1段"


SEEN = [
    '<w:vanish w:val="0"/>',
    '<w:color w:val="FFFFFF"/><w:highlight w:val="blue"/>',
    '<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="1B365D"/>',
    '<w:shd w:val="clear" w:fill="000000"/>',
    '<w:color w:val="FF0000"/>',
    '<w:sz w:val="18"/>',
    "<w:webHidden/>",
]


@pytest.mark.parametrize("looks", SEEN)
def test_what_is_seen_is_not_called_hidden(looks: str) -> None:
    found = precheck("a.docx", in_run(looks)("看得见的字"))
    assert of_kind(found, "hidden_text") + of_kind(found, "covered_text") == []


def test_hidden_words_are_shown_and_covered_ones_are_told_apart() -> None:
    hidden = [h for h in precheck("a.docx", in_run("<w:vanish/>")("内部掌握")).hits if h.kind == "hidden_text"]
    covered = precheck("a.docx", files.WORD_PLACES["black on black"][0]("涂黑的字"))
    assert [hit.text for hit in hidden] == ["内部掌握"]
    assert of_kind(covered, "covered_text") == ["第2段"] and of_kind(covered, "hidden_text") == []


def test_properties_pictures_objects_macros_and_links_are_told() -> None:
    document = plain_document()
    document.core_properties.author = "王小明"
    document.core_properties.last_modified_by = "zhangsan"
    document.add_picture(io.BytesIO(photograph()))
    data = with_parts(saved(document), {"word/vbaProject.bin": b"x", "word/embeddings/oleObject1.bin": b"x"})
    found = precheck("a.docx", data)
    kinds = {hit.kind for hit in found.hits}
    assert {"metadata", "location", "exif", "macro", "embedded_object"} <= kinds
    said = "".join(hit.text for hit in found.hits)
    assert "王小明" not in said and "zhangsan" not in said and "北纬25.0" in said
    assert any("oleObject1.bin" in sentence for sentence in found.left_out)
    assert any("图片里的文字没有识别" in sentence for sentence in found.left_out)


LINKS = [
    ("hyperlink", "http://192.168.1.7/oa/x", "external_link doubt"),
    ("hyperlink", "http://oa/x", "external_link doubt"),
    ("hyperlink", "file:///C:/Users/zhangsan/a.doc", "local_path doubt"),
    ("hyperlink", "https://www.gov.cn/", "external_link note"),
    ("attachedTemplate", "\\\\server\\share\\公文.dotx", "local_path doubt"),
    ("image", "https://tracker.example.com/a.png", "external_link doubt"),
]


@pytest.mark.parametrize(("kind", "target", "told"), LINKS)
def test_a_link_is_weighed_by_where_it_leads(kind: str, target: str, told: str) -> None:
    data = saved(plain_document())
    name = "word/_rels/document.xml.rels"
    rels = files.parts_of(data)[name]
    more = (
        f'<Relationship Id="rId99" Type="{RELATIONS}/{kind}" Target="{target}" TargetMode="External"/></Relationships>'
    )
    found = precheck("a.docx", with_parts(data, {name: rels.decode().replace("</Relationships>", more)}))
    assert [f"{hit.kind} {hit.grade}" for hit in found.hits] == [told]
    assert all("zhangsan" not in hit.text for hit in found.hits)


def test_the_words_of_the_body_are_those_that_the_reader_of_reports_sees() -> None:
    """The oracle is another walk over the same file."""
    from gongkai.readers.border import open_content
    from gongkai.readers.precheck.word import read_docx

    document = docx.Document()
    for number in range(20):
        document.add_paragraph(f"第{number}段的文字")
    table = document.add_table(3, 3)
    for row in range(3):
        for column in range(3):
            table.rows[row].cells[column].text = f"格{row}{column}"
    data = saved(document)
    ours = [p.text for p in read_docx(data).pieces if p.place.part in ("body", "table")]
    assert "".join(ours) == "".join(open_content(data, "a.docx").text.split())
