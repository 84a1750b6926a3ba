"""`gongkai read`: one file, several, folders, archives, standard input; and what a hurried person does wrong."""

from __future__ import annotations

import io
import os
import sys
import zipfile

import pytest

from gongkai.annual.forms import form
from tests.cli.invented import RECEIVED, as_json, report, save, unsound, without


def test_one_file_gives_one_object(run, tmp_path):
    ran = run("read", save(tmp_path, "报告.html"), "--json")

    assert ran.status == 0
    assert ran.json["schema"] == "gongkai.report/1"
    assert ran.json["source"]["name"] == "报告.html"
    assert ran.json["cells"][RECEIVED]["value"] == 3


def test_several_files_give_a_list_in_their_order(run, tmp_path):
    names = ["乙.html", "甲.html", "丙.json"]
    paths = [save(tmp_path, n, report(received=i)) for i, n in enumerate(names)]

    ran = run("read", *paths, "--json")

    assert [r["cells"][RECEIVED]["value"] for r in ran.json] == [0, 1, 2]


def test_a_folder_counts_as_several_and_is_read_with_what_is_below_but_not_what_is_hidden(run, tmp_path):
    save(tmp_path, "县/甲.html")
    save(tmp_path, "县/乡镇/乙.html")
    save(tmp_path, "县/.隐藏.html")
    save(tmp_path, "县/.git/丙.html")
    (tmp_path / "县/Thumbs.db").write_bytes(b"x")
    (tmp_path / "县/甲_files").mkdir()
    (tmp_path / "县/甲_files/样式.css").write_text("body {}")

    ran = run("read", tmp_path / "县", "--json")

    assert [r["source"]["name"] for r in ran.json] == ["甲.html", "乡镇/乙.html"]


def test_a_folder_with_one_file_is_still_a_list(run, tmp_path):
    save(tmp_path, "县/甲.html")

    assert isinstance(run("read", tmp_path / "县", "--json").json, list)


def test_an_archive_is_read_with_the_archives_in_it(run, tmp_path):
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("甲镇.html", save(tmp_path, "a.html", report(received=1)).read_bytes())
    with zipfile.ZipFile(tmp_path / "全部.zip", "w") as archive:
        archive.writestr("县直/民政局.html", save(tmp_path, "b.html", report(received=2)).read_bytes())
        archive.writestr("乡镇.zip", inner.getvalue())
        archive.writestr("坏.pdf", b"%PDF-1.4 nothing")

    ran = run("read", tmp_path / "全部.zip", "--json")

    assert ran.status == 2
    assert [r["source"]["name"] for r in ran.json] == ["县直/民政局.html", "乡镇.zip/甲镇.html", "坏.pdf"]
    assert [r["cells"][RECEIVED]["value"] for r in ran.json[:2]] == [2, 1]
    assert set(ran.json[2]["error"]) == {"code", "message", "advice"}


def test_a_word_document_named_zip_is_no_archive(run, tmp_path):
    save(tmp_path, "报告.docx").rename(tmp_path / "报告.zip")

    assert run("read", tmp_path / "报告.zip", "--json").json["cells"][RECEIVED]["value"] == 3


def test_text_comes_from_standard_input(run, tmp_path, monkeypatch):
    words = save(tmp_path, "报告.txt").read_bytes()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(words)))

    ran = run("read", "-", "--json")

    assert ran.status == 0
    assert ran.json["source"]["name"] == "标准输入"
    assert ran.json["cells"][RECEIVED]["value"] == 3


def test_people_see_the_three_tables_with_their_numbers(run, tmp_path):
    blank = without(report(), "applications.carried_forward.total")

    lines = run("read", save(tmp_path, "报告.json", blank)).out.splitlines()

    assert lines[0] == "青禾县民政局2024年政府信息公开工作年度报告"
    assert any(line.split() == ["表二", "10", "格", "齐全"] for line in lines)
    assert any("读出 174 格，空白 1 格（四 结转下年度继续办理·总计）" in line for line in lines)
    assert any(line.split()[-7:] == ["3", "0", "0", "0", "0", "0", "3"] for line in lines)
    assert any(line.split()[-7:] == ["0", "0", "0", "0", "0", "0", "空"] for line in lines)


def test_many_files_end_in_an_aligned_table(run, tmp_path):
    paths = [save(tmp_path, "短.html"), save(tmp_path, "名字长得多的文件.html", report("某市某区卫生健康委员会"))]

    lines = run("read", *paths, "--summary").out.splitlines()

    assert lines[0].split() == ["文件", "机关", "年度", "版本", "读出", "读不准"]
    assert [line.split()[-4:] for line in lines[1:3]] == [["2024", "2021", "200", "0"]] * 2
    assert len({sum(2 if ord(c) > 0x2E80 else 1 for c in line) for line in lines[:3]}) == 1


EXPLAINED = [
    # asked                                    | address                                      | state
    ("applications.received.natural_person", "applications.received.natural_person", "cell"),
    ("三(一) 自然人", "applications.disclosed.natural_person", "cell"),
    ("三（一）自然人", "applications.disclosed.natural_person", "cell"),
    ("三(三)1 总计", "applications.withheld.state_secret.total", "cell"),
    ("新收 商业企业", "applications.received.enterprise", "cell"),
    ("行政复议 总计", "disputes.reconsideration.total", "cell"),
    ("规范性文件 废止", "proactive.normative_documents.repealed", "cell"),
    ("结转下年度 总计", "applications.carried_forward.total", "blank"),
    ("applications.otherwise_closed.total", "applications.otherwise_closed.total", "absent"),
]


@pytest.mark.parametrize(("asked", "address", "state"), EXPLAINED)
def test_a_cell_is_explained_by_address_or_by_the_words_of_the_form(run, tmp_path, asked, address, state):
    blank = without(report(), "applications.carried_forward.total")

    ran = run("read", save(tmp_path, "报告.json", blank), "--explain", asked, "--json")

    assert ran.status == 0
    assert (ran.json["address"], ran.json["state"]) == (address, state)
    assert ran.json["says"]


def test_an_explanation_says_that_blank_is_not_zero(run, tmp_path):
    blank = without(report(), "applications.carried_forward.total")

    out = run("read", save(tmp_path, "报告.json", blank), "--explain", "结转下年度 总计").out

    assert "空白不当作 0" in out


def test_words_that_fit_several_cells_are_answered_with_the_list(run, tmp_path):
    ran = run("read", save(tmp_path, "报告.html"), "--explain", "三(一)")

    assert ran.status == 2
    assert "可以指 7 个单元格" in ran.out
    assert "三(一) 予以公开·自然人" in ran.out


def test_words_that_fit_no_cell_say_where_the_names_are(run, tmp_path):
    ran = run("read", save(tmp_path, "报告.html"), "--explain", "没有的格")

    assert ran.status == 2
    assert "gongkai forms 2021" in ran.out


def test_every_cell_has_one_name_that_finds_it_again():
    from gongkai.cli.naming import name, resolve

    for edition in ("2019", "2021"):
        known = form(edition).addresses
        lost = [a for a in known if resolve(name(a).replace("·", " "), known) != [a]]
        assert lost == []


HURRIED = [
    # what was typed       | what is said
    (["找不到.html"], "找不到这个文件"),
    (["*.html"], "没有符合这个通配写法的文件"),
    ([""], "文件名是空的"),
    (["~/报告.html"], "“~”没有展开"),
    (["https://example.invalid/a.html"], "本程序不连接网络"),
    (["名字\n有换行.html"], "名字\\n有换行.html：找不到"),
]


@pytest.mark.parametrize(("typed", "said"), HURRIED)
def test_a_wrong_name_ends_in_one_sentence(run, tmp_path, monkeypatch, typed, said):
    monkeypatch.chdir(tmp_path)

    ran = run("read", *typed)

    assert ran.status == 2
    assert ran.out == ""
    assert said in ran.err
    assert ran.err.count("\n") == 1


def test_a_wrong_name_gives_an_error_object_too(run, tmp_path):
    ran = run("read", tmp_path / "找不到.html", "--json")

    assert ran.status == 2
    assert ran.json["source"]["name"] == "找不到.html"
    assert ran.json["error"]["code"] == "not_found"


def test_an_empty_folder_is_said_to_be_empty(run, tmp_path):
    ran = run("read", tmp_path)

    assert ran.status == 2
    assert "文件夹里没有文件" in ran.out


def test_a_name_with_odd_characters_is_read_and_shown_harmlessly(run, tmp_path):
    odd = save(tmp_path, "a.html").rename(tmp_path / "坏\x1b[31m名 字\n\u202e.html")

    ran = run("read", odd)

    assert ran.status == 0
    assert "\x1b" not in ran.out
    assert "\u202e" not in ran.out


def test_a_name_that_is_not_unicode_is_read(run, tmp_path):
    bad = os.fsencode(tmp_path) + b"/\xb1\xa8\xb8\xe6.html"
    odd = save(tmp_path, "a.html").rename(os.fsdecode(bad))

    ran = run("read", odd, "--json")

    assert ran.status == 0
    assert ran.json["cells"][RECEIVED]["value"] == 3


def test_a_pipe_in_a_folder_is_refused_and_not_waited_for(run, tmp_path):
    save(tmp_path, "甲.html")
    os.mkfifo(tmp_path / "管道")

    ran = run("read", tmp_path, "--json")

    assert [r.get("error", {}).get("code") for r in ran.json] == [None, "not_a_file"]


def test_the_same_file_twice_is_answered_twice(run, tmp_path):
    path = save(tmp_path, "报告.html")

    assert len(run("read", path, path, "--json").json) == 2


def test_a_batch_goes_on_after_a_bad_file(run, tmp_path):
    good = [save(tmp_path, f"{i}.html", unsound()) for i in range(3)]
    bad = tmp_path / "坏.docx"
    bad.write_bytes(b"PK\x03\x04 not a package")

    ran = run("read", good[0], bad, *good[1:], "--json")

    assert ran.status == 2
    assert ["error" in r for r in ran.json] == [False, True, False, False]


def test_our_json_is_read_again(run, tmp_path):
    path = tmp_path / "报告.json"
    path.write_text(as_json(report(received=12)))

    assert run("read", path, "--json").json["cells"][RECEIVED]["value"] == 12
