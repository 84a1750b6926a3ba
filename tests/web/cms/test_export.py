"""Out to a vendor's site: what goes, in which order, what does not, and what is known afterwards."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from openpyxl import load_workbook

from gongkai.proactive.validity import ChangeKind
from gongkai.readers.sites import read_page
from gongkai.text import sameness
from gongkai.web.audit.models import Entry
from gongkai.web.cms import tasks
from gongkai.web.cms.adapters import network
from gongkai.web.cms.adapters.network import may_call
from gongkai.web.cms.daily import ask_for_exports, look
from gongkai.web.cms.models import Attempt, Exported, OnLine, Target
from gongkai.web.cms.selectors.standing import card, of_entry, pending_removals, refused_at
from gongkai.web.cms.services import exporting, reconciling, targets
from gongkai.web.facts import Refused
from gongkai.web.files import disk
from gongkai.web.jobs.models import Ticket
from gongkai.web.proactive.selectors.facts import newest_version
from gongkai.web.proactive.selectors.public import public_item
from gongkai.web.proactive.services import drafting, relations, release
from gongkai.web.proactive.services.drafting import NewFile, content_of
from tests.web.cms.conftest import FIELDS, SECRET, settings_of

FILE = NewFile("任务表.txt", "任务".encode(), "text/plain", text="任务")


def page_of(root, item):
    [folder] = [each for each in (root / "条目").iterdir() if each.name.endswith(item.pk.hex[-8:])]
    return folder


def pages(root):
    return sorted(each.name for each in (root / "条目").iterdir()) if (root / "条目").exists() else []


def told(path):
    return list(load_workbook(path).active.iter_rows(values_only=True))[1:]


def correct(item, approve, hands, **other):
    drafting.correct(audit=hands[0], item=item, reason="更正")
    content = replace(content_of(newest_version(item)), **other)
    drafting.edit(audit=hands[0], item=item, content=content)
    approve(item)
    release.release(audit=hands[0], item=item)


# ── a folder ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_what_is_public_goes_into_the_folder_with_its_files_and_lists(folder, root, published, entry, approve, run):
    item = published(files=(FILE,), title="<节水>通知")
    entry(title="还是草稿的条目")
    approve(entry(title="审完还没发布的条目"))
    assert (run(folder).put, run(folder).put) == (1, 0)
    where = page_of(root, item)
    html = (where / "index.html").read_text("utf-8")
    metadata = json.loads((where / "metadata.json").read_text("utf-8"))
    assert "<h1>&lt;节水&gt;通知</h1>" in html
    assert "<script" not in html
    [file] = metadata["files"]
    assert (file["name"], (where / file["path"]).read_bytes()) == ("任务表.txt", "任务".encode())
    assert f'<a href="{file["path"]}">任务表.txt</a>' in html
    assert metadata["issuing_organ"] == "云岭县水务局"
    assert "mode_reason" not in json.dumps(metadata)
    assert len(pages(root)) == 1
    assert [row[1] for row in told(root / "目录.xlsx")] == ["<节水>通知"]
    assert told(root / "撤下清单.xlsx") == []
    [form] = told(root / "上线登记表.xlsx")
    assert form[0] == metadata["index_number"]
    row = Exported.objects.get()
    assert (row.act, row.item, row.by) == ("put", item.pk, row.by)
    assert Entry.objects.filter(object_id=row.pk, act="cms.export").exists()


def test_a_page_that_left_is_read_back_as_what_it_was(folder, root, published, run, county):
    item = published(body="<h2>进展</h2><p>改造<b>管网</b>12公里。</p><table><tr><td>一</td><td>二</td></tr></table>")
    run(folder)
    found = read_page((page_of(root, item) / "index.html").read_bytes())
    there = public_item(county.pk, item.pk)
    assert found.title == there.title
    assert found.metadata["index_number"] == there.index_number
    assert found.published_on == date(2026, 3, 2)
    assert found.written_on == date(2026, 2, 26)
    assert sameness.digest(found.text) == sameness.digest(there.version.text)


def test_a_correction_changes_only_what_it_changed(folder, root, published, run, approve, hands, clock):
    first, second = published(files=(FILE,)), published(title="别的条目")
    run(folder)
    before = {path: path.stat().st_mtime_ns for path in root.rglob("*") if path.is_file()}
    clock.on(minutes=5)
    correct(first, approve, hands, body="<p>改造管网13公里。</p>", files=())
    done = run(folder)
    assert (done.put, done.removed) == (1, 0)
    changed = {path.name for path, stamp in before.items() if not path.exists() or path.stat().st_mtime_ns != stamp}
    assert {"index.html", "metadata.json"} < changed
    assert "13公里" in (page_of(root, first) / "index.html").read_text("utf-8")
    assert list((page_of(root, first) / "files").iterdir()) == []
    same = page_of(root, second) / "index.html"
    assert same.stat().st_mtime_ns == before[same]


def test_a_withdrawal_removes_the_page_and_leaves_a_task_until_it_is_confirmed(
    folder, root, published, run, hands, audit
):
    item = published()
    run(folder)
    reconciling.note_on_line(
        audit=audit, item=item.pk, address="http://www.yunling.example/1.html", on=date(2026, 3, 2), target=folder
    )
    release.withdraw(audit=hands[0], item=item, reason="内容有误")
    assert run(folder).removed == 1
    assert pages(root) == []
    [line] = told(root / "撤下清单.xlsx")
    assert line[1:] == ("石桥镇农村供水管网改造情况", "已撤回", line[3], "http://www.yunling.example/1.html")
    [removal] = pending_removals(folder)
    assert (removal.because, removal.address) == ("已撤回", "http://www.yunling.example/1.html")
    with pytest.raises(Refused, match="还没有到"):
        reconciling.note_gone(audit=audit, item=item.pk, target=folder, on=date(2026, 3, 3))
    assert reconciling.note_gone(audit=audit, item=item.pk, target=folder)
    assert pending_removals(folder) == []
    run(folder)
    assert OnLine.objects.filter(state="gone").count() == 1


def test_a_period_that_ended_takes_the_page_along_with_its_reason(folder, root, published, run, clock):
    published(kind="notice", public_until=date(2026, 3, 5))
    run(folder)
    clock.on(days=4)
    assert run(folder).removed == 1
    assert [row[2] for row in told(root / "撤下清单.xlsx")] == ["公开期满"]


def test_what_ended_before_it_went_never_goes(folder, root, published, run, hands):
    item = published()
    release.withdraw(audit=hands[0], item=item, reason="内容有误")
    done = run(folder)
    assert (done.put, done.removed, pages(root)) == (0, 0, [])
    assert Exported.objects.count() == 0


def test_what_ends_while_its_page_is_made_does_not_go(folder, root, published, run, hands, monkeypatch):
    item = published()
    made = exporting.compose

    def late(found, *rest):
        release.withdraw(audit=hands[0], item=item, reason="内容有误")
        return made(found, *rest)

    monkeypatch.setattr(exporting, "compose", late)
    run(folder)
    assert pages(root) == []


def test_a_release_in_the_future_waits_for_its_moment(folder, root, entry, approve, hands, run, clock):
    item = approve(entry())
    release.release(audit=hands[0], item=item, from_at=clock.now + timedelta(hours=2))
    assert run(folder).put == 0
    clock.on(hours=2)
    assert run(folder).put == 1


def test_a_document_that_was_repealed_says_so_the_next_day(folder, root, published, run, hands, clock, approve):
    item = published(
        kind="official",
        metadata=drafting_metadata("云水发〔2026〕1号"),
        title="关于节水的通知",
    )
    run(folder)
    relations.change_validity(
        audit=hands[0], item=item, kind=ChangeKind.REPEALED, on=date(2026, 3, 2), basis="云水发〔2026〕9号"
    )
    clock.on(days=1)
    put = run(folder).put
    assert put + exporting.look_again(folder, "d2026-03-03").put == 1
    assert "<strong>本文件废止</strong>" in (page_of(root, item) / "index.html").read_text("utf-8")
    assert exporting.look_again(folder, "d2026-03-04").same == 1


def drafting_metadata(number: str) -> dict:
    from tests.web.proactive.conftest import NOTICE

    return NOTICE.metadata | {"document_number": number}


def test_a_folder_that_cannot_be_written_waits_and_loses_nothing(folder, root, published, run):
    published()
    root.parent.mkdir(parents=True)
    root.write_text("im Weg")
    done = run(folder)
    assert "写不进导出文件夹" in done.failure
    folder.refresh_from_db()
    assert (folder.failures, folder.next_at is not None, card(folder).waiting > 0) == (1, True, True)
    root.unlink()
    assert run(folder).put == 1
    folder.refresh_from_db()
    assert (folder.failures, folder.failure) == (0, "")


def test_an_entry_whose_file_is_lost_is_said_and_the_next_one_follows(folder, root, published, run):
    lost, good = published(files=(FILE,)), published(title="第二件")
    attachment = newest_version(lost).attachments.get().file
    disk.place(disk.ATTACHMENTS, attachment.stored).unlink()
    done = run(folder)
    assert (done.refused, done.put, done.failure) == (1, 1, "")
    [refused] = refused_at(folder)
    assert (refused.item, "打不开" in refused.because) == (lost.pk, True)
    assert page_of(root, good).exists()


def test_two_exporters_do_not_meet(folder, published, run, clock):
    published()
    Target.objects.filter(pk=folder.pk).update(taken_at=clock.now + timedelta(minutes=1))
    assert run(folder) is None
    clock.on(minutes=2)
    assert run(folder).put == 1


def test_the_worker_asks_for_what_waits_and_looks_again_once_a_day(folder, published, county, clock):
    ask_for_exports()
    published()
    ask_for_exports()
    ask_for_exports()
    look(date(2026, 3, 2))
    keys = sorted(Ticket.objects.values_list("key", flat=True))
    assert [key for key in keys if key.startswith("cms.")] == [f"cms.export:{folder.pk}", f"cms.look:{folder.pk}"]
    tasks.export_waiting.call(str(folder.pk))
    tasks.look_again.call(str(folder.pk), "d2026-03-02")
    tasks.export_one.call(str(folder.pk), str(Exported.objects.get().item), "a1")
    assert Exported.objects.filter(act="put").count() == 2


# ── an interface ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_interface_is_called_as_it_was_set_up_and_its_answer_written_back(interface, vendor, published, run, county):
    item = published(files=(FILE,))
    assert run(interface).put == 1
    [(method, path, headers, body)] = vendor.calls
    assert (method, path) == ("POST", "/api/articles")
    assert headers["Authorization"] == f"Bearer {SECRET}"
    assert headers["Idempotency-Key"] == f"{interface.pk}:g{Exported.objects.get().key[1:]}:{item.pk}"
    assert body["biaoti"] == "石桥镇农村供水管网改造情况"
    assert body["meta"] == {"suoyin": public_item(county.pk, item.pk).index_number}
    assert body["fujian"][0]["content"] == "5Lu75Yqh"
    state = OnLine.objects.get()
    assert (state.address, state.on, state.how) == ("http://www.yunling.example/art/1.html", date(2026, 3, 2), "answer")
    assert Exported.objects.get().place == "1"
    [said] = of_entry(county.pk, item.pk)
    assert (said.site, said.act, said.state) == ("集约化平台", "已导出", "已上线")


def test_begin_correction_and_end_go_out_in_order(interface, vendor, published, run, approve, hands, clock):
    item = published()
    run(interface)
    clock.on(minutes=5)
    correct(item, approve, hands, title="石桥镇农村供水管网改造情况（更正）")
    run(interface)
    release.withdraw(audit=hands[0], item=item, reason="有误")
    done = run(interface)
    assert [(method, path) for method, path, *_ in vendor.calls] == [
        ("POST", "/api/articles"), ("PUT", "/api/articles/1"), ("DELETE", "/api/articles/1"),
    ]  # fmt: skip
    assert (done.removed, vendor.articles, pending_removals(interface)) == (1, {}, [])
    assert [row.state for row in OnLine.objects.order_by("id")] == ["on", "gone"]


def test_a_failure_stops_the_line_until_it_is_over(interface, vendor, published, run, clock):
    first, second = published(), published(title="第二件")
    vendor.say = [503]
    done = run(interface)
    assert done.failure == "对方没有接收（答复503）"
    assert (len(vendor.calls), Attempt.objects.count(), Exported.objects.count()) == (1, 1, 0)
    interface.refresh_from_db()
    assert interface.next_at == clock.now + timedelta(minutes=1)
    ask_for_exports()
    assert not Ticket.objects.filter(key__startswith="cms.").exists(), "not before its time"
    assert run(interface).put == 2
    assert [row.item for row in Exported.objects.order_by("id")] == [first.pk, second.pk]


def test_what_is_refused_for_good_is_noted_and_the_next_one_follows(interface, vendor, published, run):
    bad, good = published(title="太长的"), published(title="第二件")
    vendor.say = [413]
    done = run(interface)
    assert (done.refused, done.put, done.failure) == (1, 1, "")
    assert [row.item for row in refused_at(interface)] == [bad.pk]
    exporting.export_again(interface.pk, iter([bad.pk]), why="a1", force=True)
    assert refused_at(interface) == []
    assert len(vendor.articles) == 2
    assert good.pk in set(Exported.objects.values_list("item", flat=True))


def test_a_removal_that_is_refused_stays_a_task(interface, vendor, published, run, hands, audit):
    item = published()
    run(interface)
    release.withdraw(audit=hands[0], item=item, reason="有误")
    vendor.say = [409]
    assert run(interface).refused == 1
    assert [each.act for each in pending_removals(interface)] == ["refused_removal"]
    assert exporting.look_again(interface, "d1").removed == 1
    assert (pending_removals(interface), vendor.articles) == ([], {})


@pytest.mark.parametrize(
    ("say", "why"),
    [
        ([302], "没有跟随"),
        ([401], "答复401"),
        ([500], "答复500"),
    ],
)
def test_an_answer_that_is_none_leads_nowhere(interface, vendor, published, run, say, why):
    published()
    vendor.say = say
    assert why in run(interface).failure
    assert len(vendor.calls) == 1, "a redirect is not followed"
    assert Exported.objects.count() == 0


def test_an_answer_without_the_mark_of_success_is_a_refusal(audit, interface, vendor, published, run):
    targets.change_target(audit=audit, target=interface, settings=settings_of(vendor, success_at="code=1"))
    published()
    assert run(interface).refused == 1


def test_the_same_call_after_a_lost_note_makes_no_second_article(interface, vendor, published, run, monkeypatch):
    published()

    def cut_off(*_, **__):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(exporting, "_note_put", cut_off)
        with pytest.raises(KeyboardInterrupt):
            run(interface)
    Target.objects.filter(pk=interface.pk).update(taken_at=None)
    run(interface)
    assert len(vendor.calls) == 2
    assert len(vendor.articles) == 1


def test_a_server_that_is_not_there_or_in_a_network_not_named_is_not_reached(
    interface, vendor, published, run, monkeypatch
):
    published()
    monkeypatch.delenv("GONGKAI_EXPORT_NETWORKS")
    assert "内网" in run(interface).failure
    assert vendor.calls == []
    monkeypatch.setenv("GONGKAI_EXPORT_NETWORKS", "10.0.0.0/8")
    assert "内网" in run(interface).failure
    monkeypatch.setenv("GONGKAI_EXPORT_NETWORKS", "127.0.0.0/8")
    vendor.server.shutdown()
    vendor.server.server_close()
    assert "连接不上" in run(interface).failure


def test_what_is_not_encrypted_goes_to_networks_of_our_own_only(interface, vendor, published, run, monkeypatch):
    published()
    where = [(2, 1, 6, "", ("8.8.8.8", 80))]
    monkeypatch.setattr(network.socket, "getaddrinfo", lambda *_, **__: where)
    assert "没有加密" in run(interface).failure
    assert vendor.calls == []


@pytest.mark.parametrize(
    ("address", "may"),
    [
        ("8.8.8.8", True), ("127.0.0.1", False), ("10.1.2.3", False), ("192.168.1.1", False), ("169.254.169.254", False),
        ("0.0.0.0", False), ("224.0.0.1", False), ("::1", False), ("fe80::1%eth0", False), ("::ffff:127.0.0.1", False),
        ("::ffff:8.8.8.8", True), ("100.64.0.1", False), ("2001:4860:4860::8888", True), ("nowhere", False),
    ],
)  # fmt: skip
def test_only_the_open_network_may_be_called_unless_a_network_is_named(address, may, monkeypatch):
    monkeypatch.delenv("GONGKAI_EXPORT_NETWORKS", raising=False)
    assert may_call(address) is may
    monkeypatch.setenv("GONGKAI_EXPORT_NETWORKS", "10.1.0.0/16, fd00::/8")
    assert may_call(address) is (may or address == "10.1.2.3")


# ── setting up ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_secret_is_kept_sealed_and_an_empty_one_changes_nothing(audit, interface, vendor):
    row = Target.objects.values().get(pk=interface.pk)
    assert SECRET not in str(row)
    assert targets.secret_of(interface) == SECRET
    targets.change_target(audit=audit, target=interface, settings=settings_of(vendor, seconds="9"))
    interface.refresh_from_db()
    assert (targets.secret_of(interface), interface.settings["seconds"]) == (SECRET, 9.0)
    assert SECRET not in "".join(bytes(row.payload).decode() for row in Entry.objects.all())


WRONG = {
    "name": ({"name": "网"}, "名称"),
    "kind": ({"kind": "ftp"}, "请选择"),
    "scheme": ({"base": "ftp://cms.example.cn"}, "https"),
    "user": ({"base": "https://a:b@cms.example.cn"}, "不带用户名"),
    "query": ({"base": "https://cms.example.cn/?a=1"}, "问号"),
    "port": ({"base": "https://cms.example.cn:99999"}, "不正确"),
    "plain": ({"base": "http://cms.example.cn"}, "https"),
    "inner": ({"base": "https://10.0.0.1"}, "内网"),
    "local": ({"base": "https://localhost"}, "内网"),
    "path": ({"base": "https://cms.example.cn", "put_path": "//evil.example"}, "路径"),
    "up": ({"base": "https://cms.example.cn", "remove_path": "/../{place}"}, "路径"),
    "method": ({"base": "https://cms.example.cn", "put_method": "TRACE"}, "POST"),
    "header": ({"base": "https://cms.example.cn", "header": "Host"}, "请求头"),
    "value": ({"base": "https://cms.example.cn", "header_value": "密钥"}, "请求头"),
    "field": ({"base": "https://cms.example.cn", "fields": "a=mode_reason"}, "字段对照"),
    "fields": ({"base": "https://cms.example.cn", "fields": " \n"}, "字段对照"),
    "place": ({"base": "https://cms.example.cn", "place_at": "data url"}, "data.url"),
    "success": ({"base": "https://cms.example.cn", "success_at": "code"}, "code=0"),
    "seconds": ({"base": "https://cms.example.cn", "seconds": "999"}, "1至120"),
    "secret": ({"base": "https://cms.example.cn", "secret": "密 钥"}, "密钥"),
    "folder": ({"kind": "folder", "folder": "../上级"}, "文件夹的名称"),
}


@pytest.mark.parametrize(("given", "why"), WRONG.values(), ids=WRONG)
def test_what_cannot_be_set_up_is_refused_with_its_reason(audit, monkeypatch, given, why):
    monkeypatch.delenv("GONGKAI_EXPORT_NETWORKS", raising=False)
    wanted = {"name": "县政府网站", "kind": "http", "fields": FIELDS} | given
    with pytest.raises(Refused, match=why):
        targets.add_target(
            audit=audit, name=wanted["name"], kind=wanted["kind"], settings=wanted, secret=wanted.get("secret", "")
        )
    assert not Target.objects.exists()


def test_a_site_is_there_once_and_gets_nothing_after_its_end(audit, folder, published, run):
    for name, kind in (("县政府网站", "http"), ("别的网站", "folder")):
        told = {"folder": "县政府网站", "base": "https://cms.example.cn", "fields": FIELDS}
        with pytest.raises(Refused, match="已经有"):
            targets.add_target(audit=audit, name=name, kind=kind, settings=told)
    with pytest.raises(Refused, match="不能改名"):
        targets.change_target(audit=audit, target=folder, settings={"folder": "别处"})
    published()
    targets.end_target(audit=audit, target=folder)
    assert run(folder) is None
    for again in (
        lambda: targets.end_target(audit=audit, target=folder),
        lambda: targets.change_target(audit=audit, target=folder, settings={"folder": "县政府网站"}),
    ):
        with pytest.raises(Refused, match="已经停用"):
            again()


def test_a_site_that_begins_now_gets_what_changes_from_now_on(audit, published, root, run):
    published()
    late = targets.add_target(
        audit=audit, name="新网站", kind="folder", settings={"folder": "新网站"}, everything=False
    )
    assert run(late).put == 0
    item = published(title="之后发布的")
    assert run(late).put == 1
    assert Exported.objects.get().item == item.pk
