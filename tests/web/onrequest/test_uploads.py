"""Files of a case: what is taken, what is refused, what is set apart."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from gongkai.web.facts import Refused
from gongkai.web.files import services as file_services
from gongkai.web.onrequest.models import Attachment
from gongkai.web.onrequest.services.attachments import look_through


def word(text: str, **parts: str) -> bytes:
    from docx import Document

    document = Document()
    document.add_paragraph(text)
    out = io.BytesIO()
    document.save(out)
    with zipfile.ZipFile(out, "a") as package:
        for name, content in parts.items():
            package.writestr(name.replace("__", "/"), content)
    return out.getvalue()


def send(desk, application, name, data, role="attachment"):
    file = SimpleUploadedFile(name, data)
    return desk.post(f"/cases/{application.pk}/files", {"files": file, "role": role}, follow=True)


def test_a_file_is_kept_and_comes_back(desk, apply):
    application = apply().application
    answer = send(desk, application, "立项批复𠮷.docx", word("立项批复"))
    assert "已添加1个文件" in answer.content.decode()
    row = Attachment.objects.get()
    got = desk.get(f"/cases/{application.pk}/files/{row.pk}")
    assert got.content == word("立项批复") or got.content.startswith(b"PK")
    assert "%F0%A0%AE%B7" in got.headers["Content-Disposition"]


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("空.pdf", b"", "空文件"),
        ("程序.pdf", b"MZ\x90\x00" + bytes(100), "不"),
        ("带宏.docx", word("正文", word__vbaProject_bin="x").replace(b"vbaProject_bin", b"vbaProject.bin"), "宏"),
    ],
)
def test_what_is_not_taken_is_said_in_a_sentence(desk, apply, name, data, says):
    application = apply().application
    answer = send(desk, application, name, data)
    assert answer.status_code == 409
    assert says in answer.content.decode()
    assert Attachment.objects.count() == 0


def test_a_classification_mark_sets_the_file_apart_and_the_case_goes_on(desk, apply):
    application = apply().application
    answer = send(desk, application, "来函.docx", word("机密★10年　关于某事项的函"))
    assert "已隔离" in answer.content.decode()
    row = Attachment.objects.select_related("file").get()
    assert row.file.isolated
    with pytest.raises(Refused, match="已隔离"):
        file_services.read(row.file_id)
    assert desk.get(f"/cases/{application.pk}/files/{row.pk}").status_code == 409


def test_the_mere_word_changes_nothing(desk, apply):
    application = apply().application
    send(desk, application, "说明.docx", word("本件不涉及国家秘密和商业秘密。"))
    assert not Attachment.objects.select_related("file").get().file.isolated


def test_an_unknown_role_is_refused():
    with pytest.raises(Refused, match="用途"):
        look_through("甲.txt", "甲".encode(), "anything")
