"""OFD: what its pages hide or leave behind, its notes, attachments, properties and pictures."""

from __future__ import annotations

import pytest

from gongkai.readers.errors import Unreadable
from gongkai.readers.precheck import Precheck, precheck
from tests.readers.formats.samples import ofd_of, ofd_text, zipped
from tests.readers.precheck.files import IDENTITY, parts_of, photograph, with_parts

SPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
NOTICE = ofd_text("云岭县公示", 20, 30)
COVER = '<ofd:PathObject Boundary="10 40 180 40" Fill="true"/>'


def kinds(found: Precheck) -> list[str]:
    return [f"{hit.kind} {hit.place.says}" for hit in found.hits]


def secret(attributes: str = "", colour: str = "", boundary: str = "20 60 80 6", text: str = "SECRET7788") -> str:
    fill = f'<ofd:FillColor Value="{colour}"/>' if colour else ""
    return (
        f'<ofd:TextObject Boundary="{boundary}" Size="4" {attributes}>{fill}'
        f'<ofd:TextCode X="0" Y="4">{text}</ofd:TextCode></ofd:TextObject>'
    )


SHOWN_OR_NOT = [
    # what stands on the page | what is told
    (secret('Visible="false"'), ["hidden_text 第1页"]),
    (secret('Alpha="0"'), ["hidden_text 第1页"]),
    (secret(colour="255 255 255"), ["hidden_text 第1页"]),
    (secret(colour="255 0 0"), []),
    (secret('Visible="false"', boundary="here and there"), ["hidden_text 第1页"]),
    (secret('Visible="false"', text=" "), []),
    (secret() + COVER, ["covered_text 第1页"]),
    (secret() + '<ofd:ImageObject Boundary="10 40 180 40" ResourceID="1"/>', ["covered_text 第1页"]),
    (secret() + '<ofd:PathObject Boundary="10 40 180 40"/>', []),
    (secret() + '<ofd:PathObject Boundary="10 40 180 40" Fill="true" Alpha="90"/>', []),
    (secret() + '<ofd:PathObject Boundary="10 40 180 0" Fill="true"/>', []),
    (secret() + '<ofd:PathObject Fill="true"/>', []),
    (secret() + '<ofd:PathObject Boundary="60 40 180 40" Fill="true"/>', []),
    (secret(boundary="20 60 wide 6") + COVER, []),
]


@pytest.mark.parametrize(("objects", "expected"), SHOWN_OR_NOT)
def test_what_a_page_does_not_show_is_told_and_what_it_shows_is_not(objects: str, expected: list[str]) -> None:
    assert kinds(precheck("a.ofd", ofd_of(NOTICE + objects))) == expected


SCAN = '<ofd:ImageObject Boundary="0 0 210 297" ResourceID="1"/>'
PAINTED = '<ofd:PathObject Boundary="15 55 100 20" Fill="true"/>'
SCANNED = [
    # text and picture of a page | what is told
    (secret('Visible="false"') + SCAN, []),
    (secret('Alpha="0"') + secret() + SCAN, []),
    (SCAN + secret(), []),
    (secret('Visible="false"') + SCAN + PAINTED, ["covered_text 第1页"]),
    (secret() + SCAN + PAINTED, ["covered_text 第1页"]),
    (secret() + '<ofd:ImageObject Boundary="0 0 210 100" ResourceID="1"/>', ["covered_text 第1页"]),
]


@pytest.mark.parametrize(("objects", "expected"), SCANNED)
def test_the_text_layer_of_a_scan_is_no_secret_unless_somebody_painted_over_it(
    objects: str, expected: list[str]
) -> None:
    found = precheck("a.ofd", ofd_of(objects))
    assert kinds(found) == expected
    assert any("是扫描图像" in sentence for sentence in found.left_out) == ("297" in objects)
    assert all("涂盖" in hit.says for hit in found.hits if "297" in objects)


PAPER = [
    # what the document says of its paper | whether half an A4 page is a scan on it
    ("", False),
    ("<ofd:PageArea><ofd:PhysicalBox>0 0 210 148</ofd:PhysicalBox></ofd:PageArea>", True),
    ("<ofd:PageArea><ofd:PhysicalBox>0 0 297 420</ofd:PhysicalBox></ofd:PageArea>", False),
    ("<ofd:PageArea><ofd:PhysicalBox>0 0 0 148</ofd:PhysicalBox></ofd:PageArea>", False),
    ("<ofd:PageArea><ofd:PhysicalBox>210 148</ofd:PhysicalBox></ofd:PageArea>", False),
    ("<ofd:PageArea><ofd:PhysicalBox/></ofd:PageArea>", False),
]


@pytest.mark.parametrize("of_page", [False, True])
@pytest.mark.parametrize(("paper", "scan"), PAPER)
def test_a_scan_is_told_by_the_size_of_its_paper(paper: str, scan: bool, of_page: bool) -> None:
    picture = '<ofd:ImageObject Boundary="0 0 210 140" ResourceID="1"/>'
    data = ofd_of(secret() + picture + (paper if of_page else ""))
    whole = bytes(parts_of(data)["Doc_0/Document.xml"]).decode()
    if not of_page:
        data = with_parts(data, {"Doc_0/Document.xml": whole.replace("<ofd:Pages>", f"{paper}<ofd:Pages>")})
    found = precheck("a.ofd", data)
    assert any("是扫描图像" in sentence for sentence in found.left_out) is scan
    assert kinds(found) == ([] if scan else ["covered_text 第1页"])


def test_a_number_in_the_text_layer_of_a_scan_is_found() -> None:
    found = precheck("a.ofd", ofd_of(secret('Visible="false"', text=f"身份证{IDENTITY}") + SCAN))
    assert kinds(found) == ["identity 第1页"]


def test_a_hidden_number_is_found_as_a_number_too() -> None:
    found = precheck("a.ofd", ofd_of(NOTICE + secret('Visible="false"', text=f"身份证{IDENTITY}")))
    assert sorted(kinds(found)) == ["hidden_text 第1页", "identity 第1页"]
    assert all(IDENTITY not in hit.text for hit in found.hits)


def content(objects: str) -> str:
    return f"<ofd:Page {SPACE}><ofd:Content><ofd:Layer>{objects}</ofd:Layer></ofd:Content></ofd:Page>"


def test_a_page_is_numbered_as_the_document_numbers_it_not_as_the_package_stores_it() -> None:
    names = [f"Pages/Page_{number}/Content.xml" for number in (0, 1, 2)]
    listed = "".join(f'<ofd:Page BaseLoc="{name}"/>' for name in (names[2], names[0], names[2]))
    data = zipped(
        {
            "OFD.xml": f"<ofd:OFD {SPACE}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
            "Doc_0/Document.xml": f"<ofd:Document {SPACE}><ofd:Pages>{listed}</ofd:Pages></ofd:Document>",
            f"Doc_0/{names[0]}": content(NOTICE + secret('Visible="false"')),
            f"Doc_0/{names[1]}": content(ofd_text(f"身份证{IDENTITY}", 20, 30) + ofd_text("", 20, 50)),
            f"Doc_0/{names[2]}": content(NOTICE),
        }
    )
    found = precheck("a.ofd", data)
    # The second page of the package is no page of the document: what it says is seen by nobody, and still there.
    assert sorted(kinds(found)) == [
        "hidden_text 没有列入页次的页面",
        "hidden_text 第2页",
        "identity 没有列入页次的页面",
    ]


def test_too_many_pages_beside_the_document_are_refused() -> None:
    loose = {f"Doc_0/Pages/Page_{number}/Content.xml": "<a/>" for number in range(1, 402)}
    with pytest.raises(Unreadable) as refused:
        precheck("a.ofd", with_parts(ofd_of(NOTICE), loose))
    assert refused.value.code == "too_large" and "年度报告" not in refused.value.message


def test_an_ofd_of_pictures_says_that_it_was_not_read_and_tells_where_they_were_taken() -> None:
    pages = ofd_of('<ofd:ImageObject Boundary="0 0 210 297" ResourceID="3"/>')
    found = precheck("a.ofd", with_parts(pages, {"Doc_0/Res/image_1.jpg": photograph()}))
    assert kinds(found) == ["location 第1张图片（image_1.jpg）", "exif 第1张图片（image_1.jpg）"]
    assert any("没有文字层" in sentence for sentence in found.left_out)
    assert precheck("a.ofd", ofd_of(NOTICE)).left_out == ()


def note(kind: str, inner: str) -> str:
    return f'<ofd:Annot ID="9" Type="{kind}" Creator="wang">{inner}</ofd:Annot>'


STAMPED = f"<ofd:Appearance>{secret(text='机密★10年')}</ofd:Appearance>"
NOTES = [
    (note("Highlight", f"<ofd:Remark>身份证{IDENTITY}要删</ofd:Remark>"), ["comment OFD注释", "identity OFD注释"]),
    (note("Path", ""), ["comment OFD注释"]),
    (note("Link", "<ofd:Appearance/>"), []),
    (note("Watermark", STAMPED), ["secrecy_mark OFD的水印、图章或者链接"]),
    (note("Stamp", "<ofd:Remark>云岭县人民政府</ofd:Remark>"), []),
]


@pytest.mark.parametrize(("notes", "expected"), NOTES)
def test_notes_are_told_and_what_a_watermark_says_is_read(notes: str, expected: list[str]) -> None:
    parts = {
        "Doc_0/Annots/Annotations.xml": f"<ofd:Annotations {SPACE}><ofd:Page PageID='1'/></ofd:Annotations>",
        "Doc_0/Annots/Page_0/Annotation.xml": f"<ofd:PageAnnot {SPACE}>{notes}</ofd:PageAnnot>",
    }
    found = precheck("a.ofd", with_parts(ofd_of(NOTICE), parts))
    assert sorted(kinds(found)) == expected
    assert all(IDENTITY not in f"{hit.text}{hit.says}" for hit in found.hits)


def test_attachments_are_told_by_name_and_said_not_to_have_been_opened() -> None:
    listed = f'<ofd:Attachments {SPACE}><ofd:Attachment ID="1" Name="底稿.xlsx"/></ofd:Attachments>'
    found = precheck("a.ofd", with_parts(ofd_of(NOTICE), {"Doc_0/Attachs/Attachments.xml": listed}))
    assert [(hit.kind, hit.text) for hit in found.hits] == [("attachment", "底稿.xlsx")]
    assert found.left_out == ("没有打开检查：附件“底稿.xlsx”。",)


PROPERTIES = [
    ("<ofd:Author>王小明</ofd:Author>", ["metadata 文件属性"]),
    ("<ofd:Author>WPS Office</ofd:Author><ofd:Creator>数科OFD</ofd:Creator>", []),
    ("<ofd:Author/><ofd:Title>云岭县公示</ofd:Title>", []),
    (f"<ofd:Keywords><ofd:Keyword>{IDENTITY}</ofd:Keyword></ofd:Keywords>", ["identity 文件属性"]),
    (
        f'<ofd:CustomDatas><ofd:CustomData Name="a">身份证{IDENTITY}</ofd:CustomData></ofd:CustomDatas>',
        ["identity 文件属性"],
    ),
    ('<ofd:CustomDatas><ofd:CustomData Name="a"/></ofd:CustomDatas>', []),
]


@pytest.mark.parametrize(("about", "expected"), PROPERTIES)
def test_what_an_ofd_says_of_itself_is_looked_through(about: str, expected: list[str]) -> None:
    data = ofd_of(NOTICE)
    head = bytes(parts_of(data)["OFD.xml"]).decode()
    told = head.replace("<ofd:DocRoot>", f"<ofd:DocInfo>{about}</ofd:DocInfo><ofd:DocRoot>")
    found = precheck("a.ofd", with_parts(data, {"OFD.xml": told}))
    assert kinds(found) == expected
    assert "王小明" not in "".join(hit.text for hit in found.hits)
