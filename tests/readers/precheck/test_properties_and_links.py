"""What a package tells of itself: properties, links, pictures beyond those that are looked at."""

from __future__ import annotations

import pytest

from gongkai.readers.precheck import Hit, precheck
from gongkai.readers.precheck.pictures import MOST_PICTURES
from tests.readers.precheck.books import book
from tests.readers.precheck.files import IDENTITY, in_body, parts_of, photograph, plain_document, saved, with_parts

RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def told(data: bytes) -> list[tuple[str, str]]:
    return [(hit.kind, hit.text) for hit in precheck("通知.docx", data).hits]


def linked(*targets: str) -> list[Hit]:
    """The hits of a notice with these hyperlinks."""
    data = saved(plain_document())
    name = "word/_rels/document.xml.rels"
    more = "".join(
        f'<Relationship Id="rId{number}" Type="{RELATIONS}/hyperlink" Target="{target}" TargetMode="External"/>'
        for number, target in enumerate(targets, 90)
    )
    rels = parts_of(data)[name].decode().replace("</Relationships>", f"{more}</Relationships>")
    return list(precheck("通知.docx", with_parts(data, {name: rels})).hits)


# ---- properties ---------------------------------------------------------------------------------------------------

TITLES = [
    ("关于印发实施方案的通知", []),
    ("C:\\Users\\zhangsan\\Desktop\\通知.docx", [("local_path", "C:\\Users\\zh＊＊＊＊＊＊\\Desktop\\通知.docx")]),
    ("file:///D:/公文/通知.docx", [("local_path", "file:///D:/公文/通知.docx")]),
]


@pytest.mark.parametrize(("title", "expected"), TITLES)
def test_a_title_is_told_only_when_it_is_a_path(title: str, expected: list[tuple[str, str]]) -> None:
    document = plain_document()
    document.core_properties.title = title
    assert told(saved(document)) == expected


def custom(*properties: tuple[str, str]) -> dict[str, bytes | str]:
    inner = "".join(f'<property name="{name}"><lpwstr>{value}</lpwstr></property>' for name, value in properties)
    return {"docProps/custom.xml": f"<Properties>{inner}</Properties>"}


def test_properties_of_ones_own_are_named_and_looked_through() -> None:
    own = custom(("KSOProductBuildVer", "2052-12.1"), ("承办人", f"身份证{IDENTITY}"), ("流转号", "2026-7"), ("空", ""))
    found = precheck("通知.docx", with_parts(saved(plain_document()), own)).hits
    assert sorted((hit.kind, hit.grade) for hit in found) == [("identity", "warning"), ("metadata", "note")]
    (kept,) = (hit for hit in found if hit.kind == "metadata")
    assert (kept.text, kept.says) == ("承办人、流转号", "文件带有2项自定义属性。")
    assert all(IDENTITY not in f"{hit.text}{hit.says}" for hit in found)


def test_what_programs_leave_of_their_versions_is_not_told() -> None:
    own = custom(("KSOProductBuildVer", "2052-12.1"), ("ICV", "7F"), ("_dlc_DocId", "9"))
    assert told(with_parts(saved(plain_document()), own)) == []


# ---- links --------------------------------------------------------------------------------------------------------

LINKS = [
    # targets | grade, place shown and count of each hit
    (("https://a.gov.cn/", "https://a.gov.cn/", "https://b.gov.cn/"), [("note", "https://a.gov.cn/", 2)]),
    (("#附件", "mailto:a@b.cn", "tel:0871", "javascript:void(0)"), []),
    (("附件/方案.docx", "ftp://ftp.example.cn/a"), []),
    (("http://10.0.0.5/a", "http://10.0.0.5/a"), [("doubt", "http://10.0.0.5/a", 1)]),
    (("ftp://oa/a", "http://172.16.0.1"), [("doubt", "ftp://oa/a", 1), ("doubt", "http://172.16.0.1", 1)]),
    (("http://172.32.0.1/",), [("note", "http://172.32.0.1/", 1)]),
]


@pytest.mark.parametrize(("targets", "expected"), LINKS)
def test_links_are_told_once_each_inside_and_together_outside(targets: tuple[str, ...], expected: object) -> None:
    assert [(hit.grade, hit.text, hit.count) for hit in linked(*targets)] == expected


def test_a_link_that_leads_inside_is_told_after_however_many_that_lead_outside() -> None:
    found = linked(*(f"https://www.gov.cn/{number}" for number in range(60)), "http://192.168.1.7/oa")
    assert [(hit.grade, hit.count) for hit in found] == [("doubt", 1), ("note", 60)]
    assert "60个指向外部网站" in found[1].says
    inside = linked(*(f"http://192.168.1.7/{number}" for number in range(100)))
    assert sum(hit.count for hit in inside) == 100 and all("外部网站" not in hit.says for hit in inside)
    assert "另有40处" in inside[-1].says


# ---- in the text and beside it ------------------------------------------------------------------------------------


def test_a_path_in_the_text_is_told_without_its_account() -> None:
    assert told(in_body("见C:\\Users\\zhangsan\\Desktop\\底稿.xlsx。")) == [
        ("local_path", "C:\\Users\\zh＊＊＊＊＊＊\\Desktop\\底稿.xlsx")
    ]
    assert told(in_body("甲/乙，比例为1:2，时间为9:30/10:30")) == []


def test_what_is_no_photograph_is_not_opened_and_said_to_be_unread() -> None:
    data = with_parts(saved(plain_document()), {"word/media/image1.emf": photograph()})
    found = precheck("通知.docx", data)
    assert found.hits == () and found.left_out == ("图片里的文字没有识别，请人工看一遍。",)


def test_pictures_beyond_those_looked_at_are_said_to_be_left_out() -> None:
    drawings = {f"xl/media/image{number}.emf": b"x" for number in range(MOST_PICTURES - 1)}
    last = {"xl/media/last.jpeg": photograph()}
    within = precheck("a.xlsx", with_parts(book({"A1": "甲"}), drawings | last))
    assert {hit.kind for hit in within.hits} == {"location", "exif"} and len(within.left_out) == 1
    beyond = precheck("a.xlsx", with_parts(book({"A1": "甲"}), drawings | {"xl/media/more.emf": b"x"} | last))
    assert beyond.hits == ()
    assert beyond.left_out[0] == f"图片超过{MOST_PICTURES}张，只看了前{MOST_PICTURES}张的拍摄信息。"
