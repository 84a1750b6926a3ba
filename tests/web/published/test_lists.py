"""Lists for the public: drafted from rows, published by the same way as anything, gone with the entry that carried them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.test import Client

from gongkai.proactive.validity import ChangeKind, Validity
from gongkai.web.facts import Refused
from gongkai.web.proactive.models import Item
from gongkai.web.proactive.selectors.facts import newest_version
from gongkai.web.proactive.selectors.validity import changes_of, validity
from gongkai.web.proactive.services import release
from gongkai.web.proactive.services.drafting import content_of, edit
from gongkai.web.proactive.services.drafting import correct as begin_correction
from gongkai.web.registers.models import Listed
from gongkai.web.registers.selectors import public as of_registers
from gongkai.web.registers.selectors.behind import behind
from gongkai.web.registers.selectors.counting import counted
from gongkai.web.registers.selectors.public import listed_in, public_registers, public_rows
from gongkai.web.registers.services.publishing import draft_list, renew_list
from gongkai.web.registers.services.rows import Faulty, correct, enter, void
from tests.web.published.conftest import POLICY
from tests.web.registers.conftest import NATURAL, PENALTY


@pytest.fixture
def listing(audit, organ, hands, clock):
    """Two penalties and the draft of a list with both."""
    rows = [enter(audit=audit, organ=organ, register="penalties", values=each) for each in (PENALTY, NATURAL)]
    key = draft_list(
        audit=hands[0], organ=organ, register="penalties", rows=[row.pk for row in rows], title="行政处罚公示",
        theme="09", public_until=date(2026, 4, 30),
    )  # fmt: skip
    return rows, Item.objects.get(pk=key)


def out(item, hands, clock):
    clock.on(minutes=1)
    release.release(audit=hands[0], item=item)


def test_rows_are_public_from_the_release_to_the_withdrawal_and_at_no_other_time(
    listing, approve, hands, clock, county
):
    item = listing[1]
    stranger = Client(headers={"host": "localhost"})

    def seen():
        answer = stranger.get("/lists/penalties")
        return answer.status_code, PENALTY["document_number"] in answer.content.decode()

    assert (public_registers(county.pk), seen()) == ([], (404, False))
    approve(item)
    assert seen() == (404, False)
    out(item, hands, clock)
    assert seen() == (200, True)
    heads, told, count = public_rows(county.pk, "penalties")
    assert count == 2
    assert dict(zip(heads, told[0].cells, strict=True))["被处罚人名称"] in ("云岭县石桥百货店", "欧阳某某")
    assert "小明" not in str(told) + stranger.get("/lists/penalties").content.decode()
    clock.on(minutes=1)
    release.withdraw(audit=hands[0], item=item, reason="名单有误")
    assert seen() == (404, False)


def test_a_page_reads_its_own_rows_and_no_others_however_many_there_are(
    audit, organ, listing, approve, hands, clock, county, monkeypatch
):
    """Anybody may ask for any page: what one costs must not grow with what is published."""
    more = {"document_number": "云市监罚〔2026〕3号", "decided_on": "2026-02-20"}
    newer = enter(audit=audit, organ=organ, register="penalties", values=PENALTY | more)
    again = draft_list(
        audit=hands[0], organ=organ, register="penalties", rows=[newer.pk, listing[0][0].pk], title="再次公示", theme="09",
    )  # fmt: skip
    out(approve(listing[1]), hands, clock)
    out(approve(Item.objects.get(pk=again)), hands, clock)
    monkeypatch.setattr(of_registers, "PAGE", 2)
    made, new = [], Listed.from_db.__func__
    monkeypatch.setattr(Listed, "from_db", classmethod(lambda cls, *told: made.append(1) or new(cls, *told)))
    _, first, count = public_rows(county.pk, "penalties")
    assert (len(first), count, len(made)) == (2, 3, 2), "a row that stands in two lists is one"
    assert first[0].on == date(2026, 2, 20)
    _, last, _ = public_rows(county.pk, "penalties", page=2)
    assert (len(last), len(made)) == (1, 3)
    assert len({tuple(row.cells) for row in (*first, *last)}) == 3
    twice = next(row for row in (*first, *last) if PENALTY["document_number"] in row.cells)
    assert twice.item == again, "as the newest list says"
    assert public_registers(county.pk) == [("penalties", "行政处罚", 3)]


def test_the_public_period_ends_by_itself(listing, approve, hands, clock, county):
    _, item = listing
    out(approve(item), hands, clock)
    assert public_rows(county.pk, "penalties")[2] == 2
    clock.on(days=60)
    assert public_rows(county.pk, "penalties")[2] == 0


def test_a_list_that_was_edited_after_it_was_made_shows_no_rows_of_its_own(listing, approve, hands, clock, county):
    _, item = listing
    version = newest_version(item)
    content = content_of(version)
    content.metadata["summary"] = "删去一件"
    edit(audit=hands[0], item=item, content=content)
    out(approve(item), hands, clock)
    assert public_rows(county.pk, "penalties")[2] == 0


def test_what_is_shown_is_what_was_reviewed_and_the_desk_says_that_it_is_behind(
    audit, listing, approve, hands, clock, county
):
    rows, item = listing
    out(approve(item), hands, clock)
    assert [each.behind for each in listed_in(rows[0])] == [False]
    correct(audit=audit, row=rows[0], values=PENALTY | {"penalty": "警告"}, reason="笔误")
    void(audit=audit, row=rows[1], reason="撤销")
    rows[0].line.refresh_from_db()
    _, told, count = public_rows(county.pk, "penalties")
    assert count == 2
    assert not any("警告" in row.cells for row in told)
    assert [each.behind for each in listed_in(rows[0])] == [True]


def test_a_list_behind_its_register_waits_until_it_is_issued_anew(
    audit, listing, approve, hands, clock, county, desk_of
):
    rows, item = listing
    approve(item)
    assert behind(county.pk, None) == [], "what is not public waits for nobody"
    with pytest.raises(Refused, match="一致"):
        renew_list(audit=hands[0], item=item)
    out(item, hands, clock)
    clock.on(minutes=1)
    correct(audit=audit, row=rows[0], values=PENALTY | {"penalty": "警告"}, reason="笔误")
    void(audit=audit, row=rows[1], reason="撤销")
    [found] = behind(county.pk, (item.organ_id,))
    assert (found.item, found.what, found.renewing, found.by_hand) == (item.pk, "更正1行、作废1行", False, False)
    assert behind(county.pk, ()) == []
    desk = desk_of("clerk")
    home = desk.get("/", headers={"host": "localhost"}).content.decode()
    assert '<b class="late">1</b>份公开清单与台账不一致' in home
    page = desk.get("/ledgers", headers={"host": "localhost"}).content.decode()
    assert "更正1行、作废1行" in page and f"/ledgers/lists/{item.pk}/renew" in page

    clock.on(minutes=1)
    made = renew_list(audit=hands[0], item=item)
    assert "警告" in made.text and NATURAL["document_number"] not in made.text
    assert [each.renewing for each in behind(county.pk, None)] == [True]
    assert not any("警告" in row.cells for row in public_rows(county.pk, "penalties")[1]), "nothing changes silently"
    out(approve(item), hands, clock)
    assert behind(county.pk, None) == []
    _, told, count = public_rows(county.pk, "penalties")
    assert count == 1 and "警告" in told[0].cells

    clock.on(minutes=1)
    void(audit=audit, row=rows[0], reason="撤销")
    with pytest.raises(Refused, match="都已经作废，请撤回"):
        renew_list(audit=hands[0], item=item)
    release.withdraw(audit=hands[0], item=item, reason="都已作废")
    assert behind(county.pk, None) == []


def test_a_list_that_a_person_changed_is_behind_until_a_person_corrects_it(
    audit, listing, approve, hands, clock, county
):
    rows, item = listing
    content = content_of(newest_version(item))
    clock.on(minutes=1)
    edit(audit=hands[0], item=item, content=replace(content, body=f"<p>说明。</p>{content.body}"))
    out(approve(item), hands, clock)
    assert behind(county.pk, None) == []
    clock.on(minutes=1)
    void(audit=audit, row=rows[1], reason="撤销")
    assert [(each.what, each.by_hand) for each in behind(county.pk, None)] == [("作废1行", True)]
    with pytest.raises(Refused, match="请在条目中更正"):
        renew_list(audit=hands[0], item=item)
    clock.on(minutes=1)
    begin_correction(audit=hands[0], item=item, reason="删去撤销的一件")
    assert [each.renewing for each in behind(county.pk, None)] == [True]
    out(approve(item), hands, clock)
    assert behind(county.pk, None) == []


def test_a_list_of_the_wrong_rows_is_refused(audit, listing, organ, hands):
    rows, _ = listing
    told = {"audit": hands[0], "organ": organ, "title": "x", "theme": "09"}
    void(audit=audit, row=rows[1], reason="重复")
    for register, keys, more, says in (
        ("penalties", [], {}, "请选择要公开的行"),
        ("penalties", [rows[1].pk], {}, "所选的行有变动"),
        ("meetings", [rows[0].pk], {}, "不对外公开"),
        ("penalties", [rows[0].pk], {"title": " "}, "请填写清单的名称"),
        ("penalties", [rows[0].pk], {"public_until": date(2026, 3, 1)}, "应当晚于今天"),
    ):
        with pytest.raises(Refused, match=says):
            draft_list(**(told | {"register": register, "rows": keys} | more))


def test_a_document_of_the_catalogue_counts_once_and_a_decision_on_it_shows_everywhere(audit, organ, published, county):
    item = published(**POLICY)
    item.standing.refresh_from_db()
    version = newest_version(item)
    values = {
        "name": version.title, "document_number": "云政规［2026］1号", "issued_on": "2026-02-26", "effective_on": "2026-04-01",
    }  # fmt: skip
    row = enter(audit=audit, organ=organ, register="normative_documents", values=values)
    cell = "proactive.normative_documents"
    [source] = counted(county.pk, organ.pk, 2026, f"{cell}.issued").sources
    assert (source.item, source.row) == (item.pk, None)
    change = {"entry": item.standing.index_number, "change": "repealed", "on": "2026-05-01", "basis": "云水〔2026〕9号"}
    made = enter(audit=audit, organ=organ, register="document_changes", values=change)
    assert [(c.kind, c.on) for c in changes_of(item)] == [(ChangeKind.REPEALED, date(2026, 5, 1))]
    assert validity(version, date(2026, 5, 2)).validity is Validity.REPEALED
    assert counted(county.pk, organ.pk, 2026, f"{cell}.repealed").value == 1
    void(audit=audit, row=made, reason="登记错了")
    assert changes_of(item) == []
    assert counted(county.pk, organ.pk, 2026, f"{cell}.in_force").value == 1
    assert row.line.voided is False


def test_a_draft_of_another_organ_cannot_be_linked_to(audit, county, entry, organ):
    from gongkai.web.organs.models import Organ

    elsewhere = Organ.objects.create(county=county.pk, name="云岭县民政局", form="department")
    draft = entry(title="尚未公开的条目")
    values = {"subject": "供水", "held_on": "2026-02-01", "role": "held", "entry": str(draft.pk)}
    with pytest.raises(Faulty, match="索引号"):
        enter(audit=audit, organ=elsewhere, register="press_conferences", values=values)
    assert enter(audit=audit, organ=organ, register="press_conferences", values=values).line.title == "供水"
