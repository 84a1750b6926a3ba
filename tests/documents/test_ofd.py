"""The OFD: a package as GB/T 33190 lays it out, each word where the PDF has it, each rule drawn."""

from __future__ import annotations

import io
import re
import zipfile
from copy import deepcopy
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest
from lxml import etree

from gongkai.documents import write
from gongkai.documents.ofd import FONTS, NAMESPACE
from gongkai.documents.pdf import to_pdf
from gongkai.documents.values import layouts
from gongkai.readers.formats import ofd as reader
from gongkai.readers.formats import ofd_rules
from tests.documents import samples

OFD = f"{{{NAMESPACE}}}"


@pytest.fixture(scope="module")
def package() -> dict[str, etree._Element]:
    with zipfile.ZipFile(io.BytesIO(write(samples.report(), "ofd"))) as opened:
        assert opened.testzip() is None and opened.namelist()[0] == "OFD.xml"
        return {name: etree.fromstring(opened.read(name)) for name in opened.namelist()}


def contents(package: dict[str, etree._Element]) -> list[etree._Element]:
    return [package[f"Doc_0/Pages/Page_{n}/Content.xml"] for n in range(len(package) - 3)]


def test_the_parts_lead_from_one_to_the_next(package: dict[str, etree._Element]) -> None:
    root = package["OFD.xml"]
    assert (root.tag, root.get("Version"), root.get("DocType")) == (f"{OFD}OFD", "1.0", "OFD")
    assert root.findtext(f".//{OFD}Title") == "清溪县青石镇人民政府2023年政府信息公开工作年度报告"
    document = package[root.findtext(f".//{OFD}DocRoot") or ""]
    assert f"Doc_0/{document.findtext(f'.//{OFD}PublicRes')}" in package
    pages = [page.get("BaseLoc") for page in document.iter(f"{OFD}Page")]
    assert [f"Doc_0/{name}" in package for name in pages] == [True] * len(pages) and len(pages) == 4


def test_every_part_is_what_the_standard_asks_for(package: dict[str, etree._Element]) -> None:
    schema = etree.XMLSchema(etree.parse(Path(__file__).with_name("ofd.xsd")))
    for name, part in package.items():
        assert schema.validate(part), (name, schema.error_log.last_error)
    area = package["Doc_0/Document.xml"].findtext(f".//{OFD}PhysicalBox")
    assert area == "0 0 210 297", "millimetres of A4"
    page = deepcopy(contents(package)[0])
    page.find(f".//{OFD}TextObject").attrib.pop("Boundary")
    assert not schema.validate(page), "the schema sees what is missing"


def test_every_object_has_a_number_of_its_own_and_the_largest_is_told(package: dict[str, etree._Element]) -> None:
    numbers = [int(key) for part in package.values() for key in part.xpath("//@ID")]
    assert len(numbers) == len(set(numbers))
    assert int(package["Doc_0/Document.xml"].findtext(f".//{OFD}MaxUnitID") or 0) == max(numbers)


def test_the_fonts_that_are_used_are_named(package: dict[str, etree._Element]) -> None:
    named = {f.get("ID"): f.get("FontName") for f in package["Doc_0/PublicRes.xml"].iter(f"{OFD}Font")}
    used = {t.get("Font") for page in contents(package) for t in page.iter(f"{OFD}TextObject")}
    assert used == set(named) and set(named.values()) == {name for name, _ in FONTS.values()}


def test_the_title_is_heavy_as_it_is_in_the_pdf_and_nothing_else_is(package: dict[str, etree._Element]) -> None:
    heavy = [
        "".join(text.itertext(f"{OFD}TextCode"))
        for page in contents(package)
        for text in page.iter(f"{OFD}TextObject")
        if text.get("Weight")
    ]
    assert "".join(heavy) == "清溪县青石镇人民政府2023年政府信息公开工作年度报告"


def test_each_page_says_what_the_page_of_the_pdf_says(package: dict[str, etree._Element]) -> None:
    with pypdfium2.PdfDocument(to_pdf(samples.report())) as pdf:
        said = [re.sub(r"\s", "", page.get_textpage().get_text_bounded()) for page in pdf]
    assert ["".join(p.itertext(f"{OFD}TextCode")).replace(" ", "") for p in contents(package)] == said


def test_words_lie_on_the_page_and_do_not_run_backwards(package: dict[str, etree._Element]) -> None:
    for page in contents(package):
        for each in page.iter(f"{OFD}TextObject"):
            left, top, width, height = map(float, (each.get("Boundary") or "").split())
            assert 0 <= left <= left + width <= 212 and 0 <= top <= top + height <= 297
            [code] = each.iter(f"{OFD}TextCode")
            steps = [float(step) for step in (code.get("DeltaX") or "").split()]
            assert len(steps) == len(code.text or "") - 1 and all(step > 0 for step in steps)


def test_a_character_beyond_the_first_plane_stands_in_its_place_alone() -> None:
    told = replace(samples.report(), organ="清溪縣𬱖人民政府", title=None)
    with zipfile.ZipFile(io.BytesIO(write(told, "ofd"))) as opened:
        page = etree.fromstring(opened.read("Doc_0/Pages/Page_0/Content.xml"))
    texts = [code.text for code in page.iter(f"{OFD}TextCode")]
    assert texts[:2] == ["清溪縣", "𬱖"]
    steps = [len((code.get("DeltaX") or "").split()) for code in page.iter(f"{OFD}TextCode")]
    assert steps == [len(text or "") - 1 for text in texts]


def test_the_rules_enclose_table_three(package: dict[str, etree._Element]) -> None:
    third = contents(package)[2]
    level = [p for p in third.iter(f"{OFD}PathObject") if float((p.get("Boundary") or "").split()[3]) < 0.5]
    upright = [p for p in third.iter(f"{OFD}PathObject") if float((p.get("Boundary") or "").split()[2]) < 0.5]
    assert len(level) >= 26 and len(upright) >= 10
    assert all(
        re.fullmatch(r"M [\d. ]+ L [\d. ]+", p.findtext(f"{OFD}AbbreviatedData") or "")
        for p in third.iter(f"{OFD}PathObject")
    )


def test_the_same_report_gives_the_same_bytes() -> None:
    assert write(samples.report(), "ofd") == write(samples.report(), "ofd") != write(samples.report("2019"), "ofd")


def test_our_reader_finds_the_words_in_order_and_the_form_as_a_grid() -> None:
    data = write(samples.report(), "ofd")
    lines = reader.read(data).text
    places = [lines.index(words) for words in ("一、总体情况", "— 1 —", "三、收到和处理", "六、其他需要报告的事项")]
    assert all(before < after for before, after in pairwise(places))
    grids = [block for block in ofd_rules.read(data).blocks if hasattr(block, "cells")]
    own = [(each.rows, each.columns) for each in layouts(samples.report()).values()]
    assert [(g.rows, g.columns) for g in grids] == own
    [label] = [c for c in grids[1].cells if c.text.startswith("2.没有现成信息")]
    assert label.text == "2.没有现成信息需要另行制作"
