"""公布：网页、数据和各种文件里没有记录编号、没有姓名、没有内部编号；归档包齐全；公布到一半中断等于没有公布。"""

from __future__ import annotations

import io
import json
import re
import zipfile
from datetime import date
from pathlib import PurePosixPath
from urllib.parse import unquote
from xml.etree import ElementTree

import pypdfium2
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from gongkai.documents.archive_package import verify_package
from gongkai.readers import read_bytes
from gongkai.web.annual.models import Publication, PublicationFile
from gongkai.web.annual.selectors.published import data_of
from gongkai.web.annual.services import publishing as outside
from gongkai.web.annual.services.judging import correct
from gongkai.web.annual.services.publishing import TAKEN
from gongkai.web.audit.heads import bytes_are_signed
from gongkai.web.facts import Refused
from gongkai.web.files import services as files
from gongkai.web.issuing.models import Draft, Issue
from gongkai.web.issuing.packing import pack, unpack
from gongkai.web.issuing.selectors.assembled import assembled, report_of
from gongkai.web.issuing.selectors.versions import public_of
from gongkai.web.issuing.services import freezing, publishing, signing
from gongkai.web.organs.tree import rename
from tests.web.issuing.conftest import APPLICANT, NAME, YEAR, answer_all, bring, freeze, write


def unpacked(data: bytes) -> str:
    """Everything a file says, taken out of what it is packed in."""
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = [package.read(name).decode("utf-8", "replace") + name for name in package.namelist()]
        return "\n".join(parts)
    if data.startswith(b"%PDF"):
        with pypdfium2.PdfDocument(data) as document:
            words = "".join(page.get_textpage().get_text_bounded() for page in document)
            return words + json.dumps(document.get_metadata_dict(), ensure_ascii=False) + data.decode("latin-1")
    return data.decode()


def inner(frozen) -> set[str]:
    """What only the desk knows: numbers and keys of records, who applied and who worked on it, the keys of the facts."""
    members = unpack(frozen.draft.members)
    keys = {key for rows in members.values() for _, key, version, number in rows for key in (key, version, number)}
    people = {APPLICANT, "王小兰", "赵国强", "周文涛", "本机操作人"}
    own = {str(frozen.pk), str(frozen.draft_id), str(frozen.organ_id), frozen.draft.seal}
    return {each for each in (*keys, *people, *own) if each}


def test_nothing_of_the_desk_is_in_any_file(frozen, staff):
    publication = publishing.publish(audit=staff["head"], frozen=frozen).publication
    made = {row.format: files.read(row.file_id) for row in PublicationFile.objects.filter(publication=publication)}
    assert set(made) == set(TAKEN) == {"docx", "pdf", "ofd", "xlsx"}
    made["json"] = json.dumps(data_of(publication), ensure_ascii=False).encode()
    made["frozen.json"] = bytes(frozen.draft.report)
    never = inner(frozen)
    assert "水公开-2025-001" in never and len(never) > 12
    for form, data in made.items():
        said = unpacked(data)
        assert "云岭县水务局" in said or form in ("pdf", "xlsx"), form
        assert not [each for each in never if each in said or each.replace("-", "") in said], form
        assert "records" not in said, form


def test_what_is_outside_is_what_was_frozen_figure_for_figure(frozen, staff):
    publication = publishing.publish(audit=staff["head"], frozen=frozen).publication
    values = {a: c.value for a, c in report_of(frozen.draft.report).cells.items()}
    for row in PublicationFile.objects.filter(publication=publication):
        again = read_bytes(files.read(row.file_id), f"年报.{row.format}")
        assert {a: c.value for a, c in again.cells.items()} == values, row.format
    assert {a: c["value"] for a, c in data_of(publication)["cells"].items()} == values


HOSTILE = "../云岭县<script>alert(1)</script>清溪縣𬱖聯合水利防汛抗旱移民安置辦公室".ljust(60, "處")
WORDS = '體制不順𬱖。<img src=x onerror="alert(1)">\n=1+1\n@SUM(A1)　#let x = 1 $a$ *b* _c_ {{7*7}} {% now %} ]]> &amp;'


@pytest.fixture
def hostile(audit, ready, staff):
    """A report whose organ and words are all that a format may take for its own signs; the checker is not asked."""
    rename(audit=audit, organ=ready, name=HOSTILE, from_on=date(YEAR, 1, 2), reason="机构改革")
    write(audit, ready, "5", WORDS)
    known_at = timezone.now()
    made = assembled(ready, YEAR, known_at)
    draft = Draft.objects.create(
        county=ready.county, organ=ready, year=YEAR, number=1, known_at=known_at, figures=made.packed.figures,
        report=made.packed.report, members=pack(made.packed.members), seal=made.packed.seal, by=audit.actor,
    )  # fmt: skip
    signing.sign(audit=staff["leader"], draft=draft, seal=draft.seal)
    return freezing.freeze(audit=staff["clerk"], draft=Draft.objects.get(pk=draft.pk))


def test_hostile_words_are_words_in_every_format(hostile, staff):
    publication = publishing.publish(audit=staff["head"], frozen=hostile).publication
    made = {row.format: files.read(row.file_id) for row in PublicationFile.objects.filter(publication=publication)}
    made["html"] = publishing.page_of(report_of(hostile.draft.report))
    for form, data in made.items():
        raw = data.decode("latin-1") if form == "pdf" else unpacked(data)
        assert "<script" not in raw and "<img" not in raw and "{{7*7}}" in unpacked(data), form
        if form != "xlsx":  # a workbook has the words of the form alone
            said = re.sub(r"\s", "", read_bytes(data, f"年报.{form}").sections[5].text)
            assert said == re.sub(r"\s", "", WORDS), form
    for sheet in load_workbook(io.BytesIO(made["xlsx"])):
        assert not [cell for row in sheet for cell in row if cell.data_type == "f"]
    data = data_of(publication)
    assert data["sections"]["5"]["text"] == WORDS and data["title"].startswith(HOSTILE)
    never = inner(hostile)
    assert not [(form, each) for form, file in made.items() for each in never if each in unpacked(file)]
    page = Client().get(reverse("portal-report", args=[publication.pk])).content.decode()
    assert "<script>alert" not in page and "<img src=x" not in page and "&lt;script&gt;alert(1)" in page
    taken = Client().get(reverse("portal-report-file", args=[publication.pk, "pdf"]))
    assert "/" not in unquote(taken["Content-Disposition"].partition("filename*=")[2])


def test_the_archive_of_a_hostile_title_stays_in_its_folder(hostile, staff):
    row = publishing.archive(audit=staff["clerk"], frozen=hostile)
    data = files.read(row.file_id)
    assert verify_package(data, bytes_are_signed).holds
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = [part for name in package.namelist() for part in PurePosixPath(name).parts]
    assert not [part for part in parts if part in ("..", "/") or set(part) & set('<>:"|?*\\')]


def test_the_page_stands_on_the_portal_without_a_way_to_a_record(frozen, staff):
    publication = publishing.publish(audit=staff["head"], frozen=frozen).publication
    page = Client().get(reverse("portal-report", args=[publication.pk]))
    said = page.content.decode()
    assert page.status_code == 200 and "增加图解" in said and "OFD文件" in said
    main = re.search(r"<main.*</main>", said, re.DOTALL)[0]
    assert not [each for each in inner(frozen) - {str(frozen.organ_id)} if each in main]
    assert "/desk" not in main and "/year/" not in main
    taken = Client().get(reverse("portal-report-file", args=[publication.pk, "ofd"]))
    assert taken.status_code == 200 and taken.content.startswith(b"PK")


def test_a_corrected_version_takes_the_place_of_the_first(audit, frozen, staff):
    first = publishing.publish(audit=staff["head"], frozen=frozen).publication
    with pytest.raises(Refused, match="已经在门户公布"):
        publishing.publish(audit=staff["head"], frozen=frozen)
    bring(audit, frozen.organ, "水公开-2025-101 2025-06-01 2025-06-10 G2")
    write(audit, frozen.organ, "1", "全年收到政府信息公开申请4件，答复4件。")
    answer_all(audit, frozen.organ)
    second = freeze(staff, frozen.organ, reason="补计漏登的申请1件")
    with pytest.raises(Refused, match="已有更新的一版"):
        publishing.publish(audit=staff["head"], frozen=frozen)
    assert public_of(frozen).pk == first.pk
    made = publishing.publish(audit=staff["head"], frozen=second).publication
    assert public_of(frozen) is None and public_of(second).pk == made.pk
    assert (first.edition, made.edition) == (1, 2)
    with pytest.raises(Refused, match="不在门户上"):
        publishing.withdraw(audit=staff["head"], frozen=frozen, reason="重复")
    publishing.withdraw(audit=staff["head"], frozen=second, reason="表三另有更正")
    assert public_of(second) is None
    again = publishing.publish(audit=staff["head"], frozen=second)
    assert public_of(second).pk == again.publication_id and Issue.objects.count() == 3


def test_a_figure_that_is_corrected_where_files_are_read_does_not_go_out_past_the_signature(
    audit, frozen, staff, client
):
    issue = publishing.publish(audit=staff["head"], frozen=frozen)
    page = issue.publication.submission
    address = "applications.received.total"
    told = {"audit": audit, "submission": page, "address": address, "action": "value"}
    correct(**told, value="99", reason="在阅读页改数")
    answer = client.post(reverse("report-publish", args=[page.pk]), {"despite": "先行公布"}, follow=True)
    assert "已经在系统内签发、定稿（第1版），不能另行公布文件" in answer.content.decode()
    assert public_of(frozen).pk == issue.publication_id
    assert Publication.objects.get().report["cells"][address]["value"] == 3


def test_of_a_version_that_came_while_the_files_were_written_the_older_is_not_published(
    audit, frozen, staff, monkeypatch
):
    real = outside.files_of

    def slow(report, *formats):
        monkeypatch.undo()
        bring(audit, frozen.organ, "水公开-2025-101 2025-06-01 2025-06-10 G2")
        write(audit, frozen.organ, "1", "全年收到政府信息公开申请4件，答复4件。")
        answer_all(audit, frozen.organ)
        freeze(staff, frozen.organ, reason="补计漏登的申请1件")
        return real(report, *formats)

    monkeypatch.setattr(outside, "files_of", slow)
    with pytest.raises(Refused, match="已有更新的一版"):
        publishing.publish(audit=staff["head"], frozen=frozen)
    assert not Publication.objects.exists()


def test_cut_off_in_the_middle_it_is_not_published_at_all(frozen, staff, monkeypatch):
    class Cut(Exception):
        pass

    def cut(publication, report) -> None:
        assert Publication.objects.filter(pk=publication.pk).exists()
        raise Cut

    monkeypatch.setattr(publishing, "_check_same", cut)
    with pytest.raises(Cut):
        publishing.publish(audit=staff["head"], frozen=frozen)
    assert not Publication.objects.exists() and not Issue.objects.exists() and public_of(frozen) is None
    monkeypatch.undo()
    assert publishing.publish(audit=staff["head"], frozen=frozen).publication.edition == 1


def test_the_archive_holds_the_report_its_records_and_what_was_decided(frozen, staff):
    publishing.publish(audit=staff["head"], frozen=frozen)
    row = publishing.archive(audit=staff["clerk"], frozen=frozen)
    data = files.read(row.file_id)
    verdict = verify_package(data, bytes_are_signed)
    assert verdict.holds and verdict.signed
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = package.namelist()
        fields = {f.get("name"): f.text for f in ElementTree.fromstring(package.read("metadata.xml")).iter("field")}
        log = [e.get("act") for e in ElementTree.fromstring(package.read("process-log.xml")).iter("entry")]
        figures = next(package.read(name) for name in names if "各格数据及记录" in name)
    assert (fields["organ"], fields["number"], fields["seal"]) == (NAME, f"{YEAR}-1", frozen.draft.seal)
    assert log == ["送签", "签发", "定稿为第1版", "在门户公布", "归档"]
    assert figures == bytes(frozen.draft.figures)
    assert {name.rpartition(".")[2] for name in names if name.startswith("文书/")} == set(TAKEN)
