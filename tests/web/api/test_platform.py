"""Applications from a platform's file: looked at, brought in once, the doubtful ones named."""

from __future__ import annotations

import io
import json
import re
import zipfile
from datetime import timedelta

import pytest
from django.utils import timezone

from gongkai.web.exchange.bundle import COLUMNS
from gongkai.web.exchange.importing import bring_in, organs_by_name, read_file
from gongkai.web.facts import Refused
from gongkai.web.onrequest.models import Application, Attachment
from gongkai.web.onrequest.selectors.facts import standing_of

TODAY = timezone.localdate()


def line(key: str = "P-1", **told):
    usual = {
        "id": key,
        "organ": "云岭县交通运输局",
        "received_on": f"{TODAY - timedelta(days=2)}",
        "applicant": {
            "kind": "自然人",
            "name": "李清照",
            "identity_kind": "居民身份证",
            "identity": "110101199003074514",
        },
        "content": "申请公开农村公路中标合同",
        "provision": "paper",
        "manner": "post",
    }
    return {k: v for k, v in (usual | told).items() if v is not None}


def lines(*rows) -> bytes:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


def packed(files: dict[str, bytes], *rows) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("applications.jsonl", lines(*rows))
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def workbook(*rows: dict[str, str]) -> bytes:
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, list(COLUMNS.values()))
    for number, row in enumerate(rows, 1):
        sheet.write_row(number, 0, [row.get(key, "") for key in COLUMNS])
    book.close()
    return out.getvalue()


@pytest.fixture
def bring(audit, county, organ):
    def give(data: bytes, name: str = "申请.jsonl", **told):
        return bring_in(audit=audit, bundle=read_file(name, data), organs=organs_by_name(county.pk), **told)

    return give


def test_each_application_is_registered_once_with_its_own_day(bring):
    data = lines(line("P-1"), line("P-2", content="申请公开另一件事"))
    first, again = bring(data), bring(data)
    assert (first.taken, again.taken, again.known) == (2, 0, 2)
    assert again.numbers == first.numbers
    found = Application.objects.order_by("id")[0]
    assert (found.origin, found.channel) == ("package", "internet")
    assert standing_of(found).received_on == TODAY - timedelta(days=2)


def test_a_trial_writes_nothing(bring):
    done = bring(lines(line()), dry_run=True)
    assert done.taken == 1
    assert not Application.objects.exists()


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (line(id=None), "缺少平台编号"),
        (line(organ="不存在的局"), "受理机关没有登记"),
        (line(organ=None), "没有写受理机关"),
        (line(received_on="昨天"), "收到日期应写成"),
        (line(received_on=f"{TODAY + timedelta(days=3)}"), "还没有到"),
        (line(applicant={"kind": "外星人", "name": "x"}), "申请人类型"),
        (line(applicant=None), "缺少申请人"),
        (line(manner="飞鸽"), "获取途径"),
        (line(content="x" * 20_001), "申请内容"),
        (line(purpose="科研"), "格式说明中没有的项目"),
        (line(attachments=[{"path": "../etc/passwd"}]), "应以 files/ 开头"),
        (line(attachments=[{"path": "files/a.txt"}]), "ZIP文件"),
        ([1], "应为JSON对象"),
    ],
)
def test_a_doubtful_line_is_named_and_left_out_and_the_others_come(bring, row, says):
    for dry_run in (True, False):
        done = bring(lines(line("P-9"), row), dry_run=dry_run)
        assert (done.taken, len(done.doubts)) == (1, 1)
        assert done.doubts[0].startswith("第2行")
        assert says in done.doubts[0]
        assert "李清照" not in done.doubts[0]


def test_broken_lines_are_named_by_their_place(bring):
    done = bring(lines(line()) + b"{\n\xff\xfe\n[" + b"[" * 10_000 + b"\n" + lines(line("P-1")))
    assert done.taken == 1
    assert [each.split("：")[0] for each in done.doubts] == ["第2行", "第3行", "第4行", "第5行"]


def test_attachments_come_with_their_application(bring):
    row = line(attachments=[{"name": "清单.txt", "path": "files/1.txt"}])
    assert bring(packed({"files/1.txt": "路段".encode()}, row), "申请.zip").files == 1
    assert Attachment.objects.get().file.plain_name == "清单.txt"
    wrong = line("P-2", attachments=[{"name": "程序.txt", "path": "files/1.txt"}])
    done = bring(packed({"files/1.txt": b"MZ\x90\x00" * 30}, wrong), "申请.zip")
    assert (done.taken, len(done.doubts)) == (0, 1)
    missing = line("P-3", attachments=[{"name": "清单.txt", "path": "files/2.txt"}])
    assert "没有“files/2.txt”" in bring(packed({}, missing), "申请.zip").doubts[0]


@pytest.mark.parametrize("data", [b"PK\x03\x04 broken", packed({}, line())[:-40], b"", b"\n\n"])
def test_a_broken_file_is_refused_in_a_sentence(bring, data):
    with pytest.raises(Refused, match="。$"):
        bring(data, "申请.zip")


def test_a_zip_that_swells_is_refused(bring, monkeypatch):
    from gongkai.web.exchange import bundle

    monkeypatch.setattr(bundle, "LINES_BYTES", 100_000)
    with pytest.raises(Refused, match="解压后超过"):
        bring(
            packed({}, line(needs="长" * 4000), *(line(f"P-{n}", content="空" * 9000) for n in range(20))), "申请.zip"
        )


def test_the_workbook_form_is_read_as_it_is_filled_in(bring, desk):
    row = {
        "id": "P-1", "organ": "云岭县交通运输局", "received_on": f"{TODAY}", "channel": "互联网", "kind": "商业企业",
        "name": "云岭建设有限公司", "identity_kind": "统一社会信用代码", "identity": "91350100M000100Y43", "phone": "13800001234",
        "content": "申请公开招标文件", "provision": "电子邮件", "manner": "邮寄",
    }  # fmt: skip
    done = bring(workbook(row, {**row, "id": "P-2", "kind": "外星人"}), "导入表.xlsx")
    assert (done.taken, len(done.doubts)) == (1, 1)
    assert done.doubts[0].startswith("第3行")
    form = desk.get("/cases/platform/form.xlsx").content
    with pytest.raises(Refused, match="没有申请"):
        bring(form, "导入表.xlsx")
    with pytest.raises(Refused, match="缺少平台编号"):
        import xlsxwriter

        out = io.BytesIO()
        book = xlsxwriter.Workbook(out)
        book.add_worksheet().write(0, 0, "随便")
        book.close()
        bring(out.getvalue(), "导入表.xlsx")


def test_in_the_browser_one_looks_first(desk, organ):
    file = io.BytesIO(lines(line(), line("P-2", manner="飞鸽")))
    file.name = "申请.jsonl"
    page = desk.post("/cases/platform", {"file": file}).content.decode()
    assert "可以登记<b>1</b>件" in page
    assert "第2行：获取途径" in page
    assert not Application.objects.exists()
    ticket = re.search(r'name="ticket" value="([^"]+)"', page)[1]
    assert "已登记1件" in desk.post("/cases/platform/bring", {"ticket": ticket}, follow=True).content.decode()
    assert "没有重复登记" in desk.post("/cases/platform/bring", {"ticket": ticket}, follow=True).content.decode()
    assert "已经过期" in desk.post("/cases/platform/bring", {"ticket": "x"}, follow=True).content.decode()
    assert desk.post("/cases/platform").status_code == 422
    assert Application.objects.count() == 1
