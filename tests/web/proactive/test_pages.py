"""The desk's pages of the catalogue: drafting, review and release by hand, and who is refused what."""

from __future__ import annotations

import io
import re

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from gongkai.web.organs.models import Organ
from gongkai.web.people.models import Person
from gongkai.web.proactive.models import Attachment, Item, Standing
from gongkai.web.proactive.selectors.facts import newest_version
from gongkai.web.proactive.selectors.public import public
from gongkai.web.proactive.services import review
from tests.web.proactive.conftest import CODE


def typed(organ, **other):
    return {
        "once": "desk:1",
        "organ": str(organ.pk),
        "kind": "general",
        "title": "石桥镇农村供水管网改造情况",
        "formed_on": "2026-02-26",
        "limit": "publish",
        "mode": "proactive",
        "theme": "06/水利",
        "issuing_organ": "云岭县水务局",
        "written_on": "2026-02-26",
        "items": ["county.public_services"],
        "columns": ["item.county.public_services"],
        "body": "第一段。\n第二段<正文>。",
    } | other


def drafted(desk, organ, **other):
    answer = desk.post("/entries/new", typed(organ, **other))
    assert answer.status_code == 302, answer.content.decode()
    return Item.objects.get(pk=answer["location"].rsplit("/", 1)[1])


def act(desk, item, name, **said):
    return desk.post(f"/entries/{item.pk}/acts/{name}", said)


def test_an_entry_is_drafted_reviewed_and_released_by_hand(county, desk, organ):
    item = drafted(desk, organ, body='<h2>进展</h2><p onclick="x()">改造管网12公里<script>alert(1)</script>。</p>')
    page = desk.get(f"/entries/{item.pk}").content.decode()
    assert "改造管网12公里" in page
    assert "alert(1)" not in page
    assert "onclick" not in page
    assert act(desk, item, "submit").status_code == 302
    for _ in range(4):
        assert act(desk, item, "pass", reason="同意").status_code == 302
    assert not public(county.pk).exists()
    assert "单人使用" in desk.get(f"/entries/{item.pk}").content.decode()
    assert act(desk, item, "release").status_code == 302
    assert public(county.pk).get().item_id == item.pk
    ledger = desk.get("/entries/ledger").content.decode()
    assert f"{CODE}/" in ledger
    assert "终审" in ledger
    assert act(desk, item, "withdraw", reason="").status_code == 409
    assert act(desk, item, "withdraw", reason="附件有误").status_code == 302
    assert not public(county.pk).exists()


def test_what_was_typed_stays_when_it_is_refused(desk, organ):
    answer = desk.post("/entries/new", typed(organ, title=""))
    assert answer.status_code == 422
    assert "第二段" in answer.content.decode()
    future = desk.post("/entries/new", typed(organ, formed_on="2099-01-01"))
    assert future.status_code == 422
    assert "还没有到" in future.content.decode()
    assert not Item.objects.exists()


def test_sent_twice_it_is_one_entry_and_an_older_page_is_told(desk, organ):
    item = drafted(desk, organ)
    assert drafted(desk, organ) == item
    seen = Standing.objects.get(item=item).revision
    for status in (302, 409):
        answer = desk.post(f"/entries/{item.pk}/edit", typed(organ, title="改了名称", seen=seen))
        assert answer.status_code == status
    assert "刚刚有人" in answer.content.decode()
    assert newest_version(item).number == 2
    compared = desk.get(f"/entries/{item.pk}/compare?old=1&new=2").content.decode()
    assert "<ins>名称：改了名称</ins>" in compared


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("第一段。\n\n第二段。", "<p>第一段。</p>\n<p>第二段。</p>"),
        ("年均浓度<35微克。\n第二段。", "<p>年均浓度&lt;35微克。</p>\n<p>第二段。</p>"),
        ("设a<b，则c>d。\n第二段。", "<p>设a&lt;b，则c&gt;d。</p>\n<p>第二段。</p>"),
        ("<p>甲</p>", "<p>甲</p>"),
        ("甲<br>乙", "甲<br>乙"),
        ("<b>甲</b>", "<b>甲</b>"),
    ],
)
def test_plain_words_become_paragraphs(desk, organ, typed, kept):
    assert newest_version(drafted(desk, organ, body=typed)).body == kept


def test_without_a_mode_it_comes_back_and_the_page_says_why(desk, organ):
    item = drafted(desk, organ, mode="")
    act(desk, item, "submit")
    page = desk.get(f"/entries/{item.pk}").content.decode()
    assert "送审，自动退回" in page
    assert "没有确定公开属性" in page


def test_files_are_looked_through_and_handed_out_without_running(desk, organ):
    picture = SimpleUploadedFile("图.png", b"\x89PNG\r\n\x1a\n" + b"0" * 60)
    note = SimpleUploadedFile("说明.txt", "石桥镇合格".encode())
    item = drafted(desk, organ, files=[note], pictures=[picture], picture_alt="施工现场")
    rows = {row.role: row for row in Attachment.objects.filter(version__item=item)}
    assert rows["attachment"].text == "石桥镇合格"
    assert rows["picture"].alt == "施工现场"
    answer = desk.get(f"/entries/{item.pk}/files/{rows['attachment'].file_id}")
    assert answer["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer["Content-Security-Policy"]
    marked = SimpleUploadedFile("密.txt", "机密★10年".encode())
    refused = desk.post("/entries/new", typed(organ, once="desk:2", files=[marked]))
    assert refused.status_code == 422
    assert "没有留存副本" in refused.content.decode()
    assert Attachment.objects.count() == 2


def test_a_word_file_keeps_its_headings_and_tables(desk, organ):
    made = docx.Document()
    made.add_heading("农村供水工作方案", 1)
    made.add_paragraph("总体要求。")
    table = made.add_table(2, 2)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "任务分工"
    out = io.BytesIO()
    made.save(out)
    answer = desk.post("/entries/import", {"word": SimpleUploadedFile("方案.docx", out.getvalue())})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'value="农村供水工作方案"' in page
    assert "&lt;h2&gt;农村供水工作方案&lt;/h2&gt;" in page
    assert "colspan=&quot;2&quot;&gt;任务分工" in page
    broken = desk.post("/entries/import", {"word": SimpleUploadedFile("坏.docx", b"PK\x03\x04" + b"0" * 50)})
    assert broken.status_code == 422
    assert not Item.objects.exists()


def test_hints_hold_an_entry_up_until_a_person_decides(desk, organ):
    item = drafted(desk, organ, body="联系人王五，身份证号110101199003074514。")
    act(desk, item, "submit")
    page = desk.get(f"/entries/{item.pk}").content.decode()
    assert "199003074514" not in page.split('id="hints"')[1].split("</section>")[0]
    refused = act(desk, item, "pass")
    assert refused.status_code == 409
    assert "没有人作出判断" in refused.content.decode()
    from gongkai.web.review.selectors import hints

    version = newest_version(item)
    for hint in hints(version.pk):
        said = {"sha256": hint.sha256, "fingerprint": hint.fingerprint, "verdict": "keep", "reason": "依法公示"}
        assert desk.post(f"/entries/{item.pk}/hints", said).status_code == 302
    assert act(desk, item, "pass").status_code == 302


def test_what_was_cut_off_before_its_check_is_checked_from_the_page(desk, organ, monkeypatch):
    item = drafted(desk, organ)
    with monkeypatch.context() as patched:
        patched.setattr(review, "check_entry", lambda **_: [])
        act(desk, item, "submit")
    page = desk.get(f"/entries/{item.pk}").content.decode()
    assert "还没有全部作过发布前检查，请先检查（本系统规则）" in page
    assert "检查正文和附件</button>" in page
    answer = act(desk, item, "pass")
    assert answer.status_code == 409
    assert "请先检查" in answer.content.decode()
    assert desk.post(f"/entries/{item.pk}/check").status_code == 302
    assert "请先检查" not in desk.get(f"/entries/{item.pk}").content.decode()
    assert act(desk, item, "pass").status_code == 302


def test_the_sheet_and_a_decision_on_paper(desk, organ):
    item = drafted(desk, organ)
    act(desk, item, "submit")
    sheet = desk.get(f"/entries/{item.pk}/sheet").content.decode()
    assert "信息公开审查表" in sheet
    assert sheet.count("签字：") == 4
    assert act(desk, item, "pass", signer="钱某").status_code == 409
    scan = SimpleUploadedFile("表.pdf", b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF")
    answer = act(desk, item, "pass", signer="钱某", on="2026-03-02", scan=scan)
    if answer.status_code == 302:
        assert "钱某（纸质签批" in desk.get(f"/entries/{item.pk}").content.decode()
    else:
        assert "重新获取" in answer.content.decode()


def test_every_page_opens_and_the_settings_are_kept(county, desk, organ):
    item = drafted(desk, organ)
    for path in ("", "/review", "/ledger", "/due", "/new", "/settings", f"/{item.pk}/edit", f"/{item.pk}/compare"):
        assert desk.get(f"/entries{path}").status_code == 200, path
    assert desk.get("/entries/ledger?first=x").status_code == 200
    said = {"index_code": "教育局", "stages": ["second"], "months": "6", "own_limit": "10"}
    assert desk.post(f"/entries/settings/{organ.pk}", said).status_code == 409
    said["index_code"] = "12620600MB0523338C"
    assert desk.post(f"/entries/settings/{organ.pk}", said).status_code == 302
    assert "12620600MB0523338C" in desk.get("/entries/settings").content.decode()


def test_settings_are_listed_organ_by_organ_and_each_is_opened_by_its_name(county, desk, organ, asking):
    other = Organ.objects.create(county=county.pk, name="云岭县教育局", form="department")
    page = desk.get("/entries/settings").content.decode()
    assert CODE in page
    assert page.count("没有前段码，还不能发布") == 1
    assert f'href="/entries/settings/{other.pk}"' in page
    assert 'name="index_code"' not in page, "one organ's settings are set on a page of their own"
    opened = desk.get(f"/entries/settings/{other.pk}").content.decode()
    assert 'name="index_code"' in opened
    assert other.name in opened
    assert organ.name not in opened
    assert desk.get(f"/entries/settings/{county.pk}").status_code == 404
    clerk = asking("clerk", other)
    assert clerk.get(f"/entries/settings/{organ.pk}").status_code == 403
    at_once = clerk.get("/entries/settings").content.decode()
    assert "fieldset disabled" in at_once
    assert "保存</button>" not in at_once


def test_another_organ_s_clerk_neither_sees_nor_does(county, desk, organ, monkeypatch):
    from gongkai.web.people import middleware

    item = drafted(desk, organ)
    other = Organ.objects.create(county=county.pk, name="云岭县教育局", form="department")
    clerk = Person.objects.create(county=county.pk, name="吴某", role="clerk", organ=other)
    monkeypatch.setattr(middleware, "local_operator", lambda: clerk)
    theirs = Client()
    assert theirs.get(f"/entries/{item.pk}").status_code == 403
    assert act(theirs, item, "submit").status_code == 403
    assert act(theirs, item, "pass").status_code == 403
    assert theirs.get(f"/entries/{item.pk}/edit").status_code == 403
    assert theirs.get(f"/entries/{item.pk}/sheet").status_code == 403
    assert "石桥镇" not in theirs.get("/entries").content.decode()
    own = Person.objects.create(county=county.pk, name="赵某", role="clerk", organ=organ)
    monkeypatch.setattr(middleware, "local_operator", lambda: own)
    assert act(Client(), item, "submit").status_code == 302
    assert act(Client(), item, "pass").status_code == 403


def test_an_interpretation_is_begun_from_its_policy_and_linked_by_itself(desk, organ):
    policy = drafted(desk, organ, once="p", kind="policy", title="农村供水管理办法", document_number="云水〔2026〕3号")
    page = desk.get(f"/entries/new?interprets={policy.pk}").content.decode()
    assert 'value="《农村供水管理办法》政策解读"' in page
    said = {"interprets": str(policy.pk), "kind": "interpretation", "interpretation_form": ["picture", "press"]}
    item = drafted(desk, organ, once="i", title="《农村供水管理办法》政策解读", **said)
    assert newest_version(item).metadata["interpretation_form"] == ["picture", "press"]
    shown = desk.get(f"/entries/{policy.pk}").content.decode()
    assert "解读本文件" in shown
    assert "图解、新闻发布会、访谈" in desk.get(f"/entries/{item.pk}").content.decode()
    wrong = desk.post("/entries/new", typed(organ, once="j", kind="general", interprets=str(policy.pk)))
    assert wrong.status_code == 422
    assert "只有“政策解读”可以解读文件" in wrong.content.decode()
    assert Item.objects.count() == 2


def test_what_may_be_the_same_is_named_while_it_is_drafted(desk, organ):
    item = drafted(desk, organ, kind="official", document_number="云水〔2026〕7号")
    for title, number, why in (
        ("石桥镇农村供水管网改造情况", "", "名称相同"),
        ("石桥镇农村供水管网改造的情况", "", "名称相近"),
        ("另一个题目", "云水[2026]7号", "发文字号相同"),
        ("春季植树的安排", "", ""),
    ):
        asked = {"organ": str(organ.pk), "title": title, "document_number": number}
        part = desk.get("/entries/alike", asked).content.decode()
        assert (why in part) if why else not part.strip()
        assert str(item.pk) not in desk.get("/entries/alike", asked | {"but": str(item.pk)}).content.decode()
    again = desk.post("/entries/new", typed(organ, once="desk:2"), follow=True)
    assert "可能重复的条目" in again.content.decode()


def test_a_kind_has_stages_of_its_own_until_they_are_taken_back(county, desk, organ):
    from gongkai.web.review.selectors import plan_for

    url, today = f"/entries/settings/{organ.pk}/kind", timezone.localdate()

    def stages(kind):
        return [stage.value for stage in plan_for(county.pk, organ.pk, kind, today).stages]

    assert desk.post(url, {"kind": "", "stages": ["second"]}).status_code == 409
    assert desk.post(url, {"kind": "notice", "county": ["final"]}).status_code == 302
    assert stages("notice") == ["secrecy", "first", "final"]
    assert stages("general") == ["secrecy", "first", "second", "final"]
    assert "终审（由主管部门代办）" in desk.get("/entries/settings").content.decode()
    assert desk.post(url, {"kind": "notice", "clear": "1"}).status_code == 302
    assert stages("notice") == stages("general")


def test_a_reviewer_ticks_several_and_is_told_what_was_not_passed(desk, organ, county):
    for number in range(3):
        drafted(desk, organ, once=f"many:{number}", title=f"第{number}条")
    items = list(Item.objects.order_by("id"))
    for item in items[:2]:
        desk.post(f"/entries/{item.pk}/acts/submit", {})
    page = desk.get("/entries/review").content.decode()
    ticks = re.findall(r'name="entry" value="([0-9a-f-]{36}:[0-9]+)"', page)
    assert {tick[:36] for tick in ticks} == {str(item.pk) for item in items[:2]}
    said = desk.post("/entries/review/many", {"entry": ticks, "opinion": "可以公开"}, follow=True).content.decode()
    assert "已通过2件。" in said
    said = desk.post("/entries/review/many", {"entry": ticks, "opinion": "再来"}, follow=True).content.decode()
    assert said.count("刚刚有人") == 2
    drafts = [f"{items[2].pk}:1", *(f"{i.pk}:{Standing.objects.get(item=i).revision}" for i in items[:1])]
    said = desk.post("/entries/review/many", {"entry": drafts, "opinion": "同意"}, follow=True).content.decode()
    assert "已通过1件。" in said
    assert "《第2条》没有通过：所处的环节不由您办理" in said
    for _ in range(3):
        ticks = [f"{i.pk}:{Standing.objects.get(item=i).revision}" for i in items[:2]]
        desk.post("/entries/review/many", {"entry": ticks, "opinion": "同意"})
    ticks = [f"{i.pk}:{Standing.objects.get(item=i).revision}" for i in items]
    said = desk.post("/entries/release/many", {"entry": ticks}, follow=True).content.decode()
    assert "已发布2件。" in said
    assert "《第2条》没有发布" in said
    assert {row.title for row in public(county.pk)} == {"第0条", "第1条"}


@pytest.mark.parametrize("sent", [{}, {"entry": "x:1"}, {"entry": "00000000-0000-4000-8000-000000000000:1"}])
def test_nothing_ticked_is_nothing_done(desk, organ, sent):
    for address in ("/entries/review/many", "/entries/release/many"):
        page = desk.post(address, sent, follow=True).content.decode()
        assert "请先勾选" in page or "不能识别" in page


def test_of_another_organ_nothing_is_passed_or_released_by_ticking(county, desk, organ):
    drafted(desk, organ, once="many:1", title="别人的")
    item = Item.objects.get()
    desk.post(f"/entries/{item.pk}/acts/submit", {})
    other = Organ.objects.create(county=county.pk, name="云岭县林业局", form="department")
    person = Person.objects.create(county=county.pk, name="别人", role="head", organ=other, demonstration=True)
    session = desk.session
    session["demonstration"] = str(person.pk)
    session.save()
    tick = f"{item.pk}:{Standing.objects.get(item=item).revision}"
    for address in ("/entries/review/many", "/entries/release/many"):
        page = desk.post(address, {"entry": tick, "opinion": "同意"}, follow=True).content.decode()
        assert "不由您" in page
    assert Standing.objects.get(item=item).state == "secrecy_review"
