"""At the door: what is taken in, what is refused, and that one bad file never stops the others."""

from __future__ import annotations

import io
import zipfile
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from gongkai.web.annual.desk import read_all
from gongkai.web.annual.models import Batch, BatchItem, Job, Reading, Submission
from gongkai.web.annual.selectors.lists import asked_year, rows_of, sort_rows
from gongkai.web.annual.services import intake
from gongkai.web.annual.services.intake import Incoming, hand_in, paste, plain_name
from gongkai.web.annual.services.placing import set_aside
from gongkai.web.annual.services.reading import claim, put_back_cut_off
from gongkai.web.audit.models import Entry
from gongkai.web.facts import Refused
from gongkai.web.files import disk
from gongkai.web.files.bounded import Pool, WorkerFailed
from gongkai.web.files.selectors import bytes_of
from tests.zips import zipped


def outcomes(batch: Batch) -> list[tuple[str, str]]:
    return [(i.name, i.outcome) for i in batch.items.all()]


NAMES = [
    ("年报.docx", "年报.docx"),
    ("各单位年报/2025/教育局.docx", "教育局.docx"),
    ("C:\\年报\\教育局.docx", "教育局.docx"),
    ("../../etc/passwd", "passwd"),
    ("教育局\u202excod.exe", "教育局xcod.exe"),
    ("a\x00b\n.txt", "ab.txt"),
    ("<script>alert(1)</script>.html", "script>.html"),
    ("", "未命名文件"),
    ("///", "未命名文件"),
    ("长" * 400 + ".pdf", "长" * 168 + "….pdf"),
]


ASKED = [
    ([2024] * 13 + [2025] * 2, 2025),  # in January, when most are of the year before
    ([2025, 2024], 2025),
    ([2024, 2026], 2024),  # a report of the year that still runs was read wrongly
    ([2019, None], 2019),
    ([2026], None),
    ([], None),
]


@pytest.mark.parametrize(("years", "asked"), ASKED)
def test_reports_are_asked_of_the_newest_year_that_is_over(years, asked):
    assert asked_year([SimpleNamespace(year=year) for year in years], date(2026, 1, 20)) == asked


@pytest.mark.parametrize(("met", "shown"), NAMES)
def test_a_name_is_made_fit_for_showing(met, shown):
    assert plain_name(met) == shown


def test_a_report_of_years_ago_bears_the_day_on_which_it_is_said_to_have_come(audit, file_bytes):
    name, data = file_bytes("云岭县公安局")
    said, today = date(2026, 1, 20), timezone.localdate()
    for on in (today + timedelta(days=1), date(2007, 12, 31)):
        with pytest.raises(Refused, match="不晚于今天"):
            hand_in(audit=audit, files=[Incoming(name, data)], received_on=on)
    assert not Batch.objects.exists()
    hand_in(audit=audit, files=[Incoming(name, data)], received_on=said)
    row = Submission.objects.get()
    assert (row.received_on, row.batch.received_on) == (said, said)
    assert timezone.localdate(row.recorded_at) == today, "when it was entered stays on record"
    [entry] = Entry.objects.filter(act="annual.open_batch")
    assert b'"received_on":"2026-01-20"' in bytes(entry.payload).replace(b": ", b":")
    hand_in(audit=audit, files=[Incoming("a.txt", b"text")])
    assert Submission.objects.order_by("id").last().received_on == today


def test_the_day_is_typed_beside_the_files(desk, file_bytes):
    name, data = file_bytes("云岭县公安局")
    for said, on in (("2026-01-20", date(2026, 1, 20)), ("一月", None), ("2226-01-01", None)):
        file = SimpleUploadedFile(name, data)
        page = desk.post("/hand-in", {"files": file, "received_on": said}, follow=True).content.decode()
        assert ("收到日期应在" in page or "不是有效的日期" in page) == (on is None), said
    assert [row.received_on for row in Submission.objects.all()] == [date(2026, 1, 20)]


def test_a_pasted_report_of_years_ago_bears_its_day_too(audit, county, file_bytes):
    text, today = file_bytes("云岭县卫生健康局")[1].decode("gb18030"), timezone.localdate()
    for on in (today + timedelta(days=1), date(2007, 12, 31)):
        with pytest.raises(Refused, match="不晚于今天"):
            paste(audit=audit, text=text, received_on=on)
    assert not Batch.objects.exists()
    paste(audit=audit, text=text, received_on=date(2026, 1, 20))
    paste(audit=audit, text=f"{text}\n又一份")
    assert [(row.source, row.received_on) for row in Submission.objects.order_by("id")] == [
        ("paste", date(2026, 1, 20)),
        ("paste", today),
    ]
    newest, older = rows_of(county)
    assert (newest.stated_on, older.stated_on) == (None, date(2026, 1, 20))
    assert sort_rows([older, newest], "received") == [newest, older]


def test_the_day_of_a_pasted_report_is_typed_below_it_and_shown_in_the_list(desk, file_bytes):
    text = file_bytes("云岭县卫生健康局")[1].decode("gb18030")
    for said, why in (("一月", "不是有效的日期"), ("2126-01-01", "收到日期应在")):
        page = desk.post("/paste", {"text": text, "received_on": said}, follow=True).content.decode()
        assert why in page, said
    assert not Submission.objects.exists()
    desk.post("/paste", {"text": text, "received_on": "2026-01-20"})
    entered = timezone.localtime(Submission.objects.get().recorded_at)
    page = desk.get("/annual").content.decode()
    assert f'2026-01-20<span class="under">{entered:%Y-%m-%d}录入</span>' in page


def test_a_good_file_is_kept_byte_for_byte_and_read(audit, county, file_bytes):
    name, data = file_bytes("云岭县公安局")
    hand_in(audit=audit, files=[Incoming(name, data)])
    submission = Submission.objects.get()
    assert submission.job.state == "waiting"
    assert read_all() == 1
    submission.refresh_from_db()
    assert bytes_of(submission.file) == data
    assert (submission.name_read, submission.year) == ("云岭县公安局", 2025)
    assert rows_of(county)[0].state == "conflict"
    assert rows_of(county)[0].conflicts == 1


def test_a_bad_file_gets_its_sentence_and_the_batch_goes_on(audit, county, file_bytes):
    batch = hand_in(
        audit=audit,
        files=[
            Incoming("空.docx", b""),
            Incoming("噪声.pdf", b"%PDF-1.7\n" + bytes(range(256)) * 40),
            Incoming(*file_bytes("云岭县公安局")),
            Incoming("不是报告.txt", "今天天气很好。".encode()),
        ],
    )
    read_all()
    assert outcomes(batch) == [
        ("空.docx", "refused"),
        ("噪声.pdf", "new"),
        ("云岭县公安局2025年政府信息公开工作年度报告.html", "new"),
        ("不是报告.txt", "new"),
    ]
    assert batch.items.get(name="空.docx").message == "这是一个空文件。"
    states = {r.name: (r.state, bool(r.message and r.advice)) for r in rows_of(county)}
    assert states["噪声.pdf"] == ("unreadable", True)
    assert states["云岭县公安局2025年政府信息公开工作年度报告.html"] == ("conflict", False)
    assert states["不是报告.txt"][0] == "nothing", "what says nothing is not called sound"


def test_the_same_file_twice_is_recognised_and_not_stored_twice(audit, file_bytes):
    name, data = file_bytes("云岭县公安局")
    hand_in(audit=audit, files=[Incoming(name, data)])
    again = hand_in(audit=audit, files=[Incoming("另一个名字.html", data)])
    assert outcomes(again) == [("另一个名字.html", "same")]
    assert again.items.get().submission == Submission.objects.get()
    assert Job.objects.count() == 1


def test_a_report_set_aside_comes_back_when_it_is_handed_in_again(audit, handed_in, file_bytes):
    submission = handed_in("云岭县公安局")
    set_aside(audit=audit, submission=submission, aside=True)
    hand_in(audit=audit, files=[Incoming(*file_bytes("云岭县公安局"))])
    submission.refresh_from_db()
    assert not submission.aside


def test_a_lost_original_is_healed_when_it_is_handed_in_again(audit, file_bytes):
    name, data = file_bytes("云岭县公安局")
    hand_in(audit=audit, files=[Incoming(name, data)])
    disk.place(disk.REPORTS, Submission.objects.get().file.sha256).unlink()
    read_all()
    assert Reading.objects.get().error_code == "file_missing"
    hand_in(audit=audit, files=[Incoming(name, data)])
    assert bytes_of(Submission.objects.get().file) == data


def test_a_zip_of_reports_is_opened(audit, file_bytes):
    one, two = file_bytes("云岭县公安局"), file_bytes("云岭县教育局")
    data = zipped({"年报/" + one[0]: one[1], "年报/" + two[0]: two[1], "__MACOSX/._x": b"x", ".DS_Store": b"x"})
    batch = hand_in(audit=audit, files=[Incoming("各单位.zip", data)])
    assert outcomes(batch) == [(one[0], "new"), (two[0], "new")]


def test_a_docx_is_no_zip_of_reports(audit, file_bytes):
    batch = hand_in(audit=audit, files=[Incoming(*file_bytes("云岭县教育局"))])
    assert outcomes(batch) == [("云岭县教育局2025年政府信息公开工作年度报告.docx", "new")]


def test_names_in_a_zip_made_on_chinese_windows_are_read(audit):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        info = zipfile.ZipInfo("X" * len("教育局.txt".encode("gb18030")))
        made.writestr(info, "年报".encode())
    data = out.getvalue().replace(b"X" * 10, "教育局.txt".encode("gb18030"))
    batch = hand_in(audit=audit, files=[Incoming("a.zip", data)])
    assert outcomes(batch) == [("教育局.txt", "new")]


def test_a_zip_bomb_is_not_opened(audit):
    batch = hand_in(
        audit=audit, files=[Incoming("b.zip", zipped({"零.txt": b"0" * 30_000_000, "好.txt": "年".encode()}))]
    )
    assert outcomes(batch) == [("零.txt", "refused"), ("好.txt", "new")]
    assert "压缩比异常" in batch.items.get(name="零.txt").message


def test_a_broken_zip_and_an_empty_zip_are_said(audit):
    batch = hand_in(audit=audit, files=[Incoming("坏.zip", b"PK\x03\x04" + b"x" * 50), Incoming("空.zip", zipped({}))])
    assert [i.message for i in batch.items.all()] == ["压缩包已损坏，无法打开。", "压缩包里没有文件。"]


def test_limits_are_said_in_numbers(audit, settings):
    settings.GONGKAI_FILE_LIMIT = 1024 * 1024
    settings.GONGKAI_BATCH_FILES = 2
    big = bytes(1024 * 1024 + 1)
    batch = hand_in(
        audit=audit,
        files=[
            Incoming("大.pdf", b"%PDF" + big),
            Incoming("多.zip", zipped({"1.txt": b"1", "2.txt": b"2", "3.txt": b"3", "4.txt": b"4"})),
        ],
    )
    assert [(i.outcome, i.message) for i in batch.items.all()] == [
        ("refused", "文件超过1MB，没有收下。"),
        ("new", ""),
        ("new", ""),
        ("refused", "压缩包内文件超过2个，其余没有读取。"),
    ]


def test_nothing_at_all_is_refused(audit):
    with pytest.raises(Refused, match="没有选中文件"):
        hand_in(audit=audit, files=[])
    with pytest.raises(Refused, match="没有粘贴内容"):
        paste(audit=audit, text="  \n ")
    with pytest.raises(Refused, match="超过200万字"):
        paste(audit=audit, text="年" * (intake.PASTE_LIMIT + 1))
    assert not Batch.objects.exists()


def test_a_pasted_text_is_read_like_a_file(audit, county, file_bytes):
    text = file_bytes("云岭县卫生健康局")[1].decode("gb18030")
    paste(audit=audit, text=text)
    read_all()
    row = rows_of(county)[0]
    assert row.name == "粘贴：云岭县卫生健康局2025年政府信息公开工作年度报告.txt"
    assert row.year == 2025
    assert row.state == "conflict"


def test_work_cut_off_by_a_stop_waits_again(audit, file_bytes):
    hand_in(audit=audit, files=[Incoming(*file_bytes("云岭县公安局"))])
    job = claim()
    assert job.state == "reading"
    assert claim() is None
    assert put_back_cut_off() == 1
    assert read_all() == 1
    job.refresh_from_db()
    assert (job.state, job.attempts) == ("done", 2)


def test_what_takes_too_long_is_stopped_and_the_next_is_read(file_bytes):
    name, data = file_bytes("云岭县公安局")
    pool = Pool(1, 1024 * 1024 * 1024)
    try:
        with pytest.raises(WorkerFailed, match="time"):
            pool.call("read", data, seconds=0.001, name=name)
        answer, _ = pool.call("read", data, seconds=30, name=name)
        assert answer["report"]["organ"] == "云岭县公安局"
    finally:
        pool.close()


def test_what_takes_too_much_memory_is_stopped_and_the_next_is_read(file_bytes):
    name, data = file_bytes("云岭县公安局")
    pool = Pool(1, 256 * 1024 * 1024)
    try:
        with pytest.raises(WorkerFailed, match="memory|died"):
            pool.call("read", bytes(300 * 1024 * 1024), seconds=30, name="big.txt")
        answer, _ = pool.call("read", data, seconds=30, name=name)
        assert answer["report"]["organ"] == "云岭县公安局"
    finally:
        pool.close()


def test_a_failure_of_the_program_is_kept_as_a_failed_reading(audit, county, settings):
    """A table that takes a thousand times as long as it is given, so that no chance reads it in time."""
    settings.GONGKAI_READING_SECONDS = 0.0001
    table = b"<html><table>" + b"<tr><td>1</td></tr>" * 20_000 + b"</table></html>"
    hand_in(audit=audit, files=[Incoming("大.html", table)])
    read_all()
    row = rows_of(county)[0]
    assert row.state == "unreadable"
    assert "已停止" in row.message
    assert row.advice.startswith("请")


def test_items_of_a_batch_keep_their_order(audit):
    batch = hand_in(audit=audit, files=[Incoming(f"{n}.txt", str(n).encode()) for n in range(12)])
    assert [i.name for i in BatchItem.objects.filter(batch=batch)] == [f"{n}.txt" for n in range(12)]
