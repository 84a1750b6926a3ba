"""送签、签发、定稿：核对通过才能送签，另一人签发，定稿以后按当时所知编制出来的一个字节都不差。"""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta

import pytest
from django.utils import timezone

from gongkai.web.audit.models import Entry
from gongkai.web.compilation.models import CarriedForward
from gongkai.web.compilation.selectors.figures import compiled, membership
from gongkai.web.compilation.services.carrying import hand_on
from gongkai.web.facts import Refused, new_key
from gongkai.web.issuing.models import Answer, Draft, Frozen
from gongkai.web.issuing.packing import unpack
from gongkai.web.issuing.selectors.assembled import assembled, verdict
from gongkai.web.issuing.selectors.versions import newest, open_draft
from gongkai.web.issuing.services import freezing, handing, signing
from tests.web.issuing.conftest import APPLICANT, YEAR, answer_all, bring, fill, freeze, write

SCAN = signing.Scan("签发单.pdf", b"%PDF-1.4 signed\n%%EOF")


def bytes_of(data) -> bytes:
    """A report as the command line prints it, without spaces."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()


def test_compiling_as_known_at_the_day_of_freezing_gives_the_same_bytes(audit, frozen):
    organ, draft = frozen.organ, Draft.objects.get(pk=frozen.draft_id)
    bring(audit, organ, "水公开-2025-101 2025-06-01 2025-06-10 G2", "水公开-2025-102 2025-07-01")
    assert bytes_of(compiled(organ, YEAR).to_json()) != bytes(draft.figures)
    assert bytes_of(compiled(organ, YEAR, draft.known_at).to_json()) == bytes(draft.figures)


def test_what_stands_behind_each_cell_is_kept_record_by_record(frozen):
    draft = Draft.objects.get(pk=frozen.draft_id)
    kept = unpack(draft.members)
    told = json.loads(bytes(draft.figures))["cells"]
    again = membership(frozen.organ, YEAR, draft.known_at)
    assert {a: [row[:3] for row in rows] for a, rows in kept.items()} == again
    counted = {a: c for a, c in told.items() if not a.startswith("proactive.")}
    assert all(len(kept[a]) == c["value"] and [row[3] for row in kept[a]] == c["records"] for a, c in counted.items())
    assert [row[3] for row in kept["applications.carried_forward.total"]] == ["水公开-2025-003"]


def test_what_goes_outside_has_no_record_in_it(frozen):
    outside = bytes(Draft.objects.get(pk=frozen.draft_id).report).decode()
    assert "水公开-2025" not in outside and APPLICANT not in outside and "records" not in outside
    assert json.loads(outside)["cells"]["applications.received.total"]["value"] == 3


def test_the_seal_holds_all_of_it(frozen):
    draft = frozen.draft
    members = json.dumps(unpack(draft.members), ensure_ascii=False, separators=(",", ":")).encode()
    parts = b"".join(hashlib.sha256(bytes(p)).digest() for p in (draft.figures, draft.report, members))
    assert draft.seal == hashlib.sha256(parts).hexdigest()


def test_what_is_frozen_hands_on_what_it_carried_forward(audit, frozen):
    [row] = CarriedForward.objects.filter(organ=frozen.organ)
    assert (row.version, row.known_at) == (frozen.pk, frozen.draft.known_at)
    assert row.columns == {"水公开-2025-003": "natural_person"}
    after = compiled(frozen.organ, YEAR + 1).figures["applications.brought_forward.total"]
    assert (after.value, after.source) == (1, "locked")


def test_conflicts_and_unfinished_words_keep_it_from_signature(audit, organ, staff):
    bring(audit, organ, "水公开-2025-001 2025-03-01 2025-03-20 N4")
    with pytest.raises(Refused, match="还没有写"):
        handing.hand_over(audit=staff["clerk"], organ=organ, year=YEAR)
    fill(audit, organ)
    write(audit, organ, "1", "全年收到政府信息公开申请7件，均已答复。")
    answer_all(audit, organ)
    with pytest.raises(Refused, match="1处不一致"):
        handing.hand_over(audit=staff["clerk"], organ=organ, year=YEAR)
    assert not Draft.objects.exists()


def test_a_doubt_is_answered_with_a_reason_or_corrected(audit, organ, staff):
    bring(audit, organ, "水公开-2025-001 2025-03-01 2025-03-20 N4")
    fill(audit, organ)
    write(audit, organ, "1", "全年收到政府信息公开申请1件，答复1件。")
    write(audit, organ, "6", "没有其他需要报告的事项。")  # nothing of the fee, which the form asks for
    with pytest.raises(Refused, match="存疑没有答复"):
        handing.hand_over(audit=staff["clerk"], organ=organ, year=YEAR)
    told = {"audit": staff["clerk"], "organ": organ, "year": YEAR, "finding": "X", "message": ""}
    with pytest.raises(Refused, match="请写明理由"):
        handing.answer(**told, fingerprint="a", reason=" ")
    answer_all(audit, organ)
    draft = handing.hand_over(audit=staff["clerk"], organ=organ, year=YEAR)
    doubts = {each["fingerprint"] for each in draft.findings if each["grade"] == "doubt"}
    assert doubts and doubts <= {each["fingerprint"] for each in draft.answers}
    one = Answer.objects.filter(fingerprint__in=doubts).first()
    handing.answer(**told, fingerprint=one.fingerprint, reason="")
    handing.end(audit=staff["clerk"], draft=draft, why="withdrawn", reason="再补充一处")
    with pytest.raises(Refused, match="1处存疑没有答复"):
        handing.hand_over(audit=staff["clerk"], organ=organ, year=YEAR)


def test_records_that_could_not_be_placed_are_asked_about(audit, organ, staff):
    bring(audit, organ, "水公开-2024-001 2024-03-01 2024-03-20 N4", "水公开-2025-001 2025-03-01 2025-03-20 N4")
    hand_on(audit=audit, organ=organ, year=YEAR - 1, version=new_key(), known_at=timezone.now())
    bring(audit, organ, "水公开-2024-777 2024-12-25 2025-01-06 G2")
    fill(audit, organ)
    write(audit, organ, "1", "全年收到政府信息公开申请1件，答复1件。")
    left = [each for each in verdict(organ, assembled(organ, YEAR)).findings if each["id"] == "C-LEFT-OUT"]
    assert [each["grade"] for each in left] == ["doubt"] and "水公开-2024-777" in left[0]["message"]
    with pytest.raises(Refused, match="存疑没有答复"):
        handing.hand_over(audit=staff["clerk"], organ=organ, year=YEAR)


def test_another_person_signs(accounts, ready, staff):
    draft = handing.hand_over(audit=staff["head"], organ=ready, year=YEAR)
    with pytest.raises(Refused, match="应当由另一人签发"):
        signing.sign(audit=staff["head"], draft=draft, seal=draft.seal)
    with pytest.raises(Refused, match="不是这一稿"):
        signing.sign(audit=staff["leader"], draft=draft, seal="0" * 64)
    row = signing.sign(audit=staff["leader"], draft=draft, seal=draft.seal, opinion="同意")
    assert (row.way, row.exception, row.by) == ("system", "", staff["leader"].actor)
    with pytest.raises(Refused, match="已经签发"):
        signing.sign(audit=staff["leader"], draft=draft, seal=draft.seal)


def test_a_single_person_signs_on_record(ready, audit):
    draft = handing.hand_over(audit=audit, organ=ready, year=YEAR)
    assert "单人使用" in signing.sign(audit=audit, draft=draft, seal=draft.seal).exception


def test_what_was_signed_on_paper_is_entered_with_its_scan(ready, staff):
    draft = handing.hand_over(audit=staff["clerk"], organ=ready, year=YEAR)
    today = timezone.localdate()
    told = {"audit": staff["clerk"], "draft": draft, "signer": "周文涛", "signed_on": today, "scan": SCAN}
    for change, says in (
        ({"signer": ""}, "签发人"), ({"signed_on": None}, "签发日期"), ({"scan": None}, "扫描件"),
        ({"signed_on": today + timedelta(days=1)}, "签发日期应当"), ({"signed_on": today - timedelta(days=9)}, "签发日期应当"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=says):
            signing.sign_on_paper(**{**told, **change})
    row = signing.sign_on_paper(**told, opinion="同意公开")
    assert (row.way, row.signer) == ("paper", "周文涛") and row.scan is not None
    said = Entry.objects.get(act="issuing.enter_paper")
    assert "周文涛" not in bytes(said.payload).decode()
    assert freezing.freeze(audit=staff["clerk"], draft=Draft.objects.get(pk=draft.pk)).version == 1


def test_a_draft_is_returned_and_handed_over_anew(audit, ready, staff):
    draft = handing.hand_over(audit=staff["clerk"], organ=ready, year=YEAR)
    with pytest.raises(Refused, match="正在等候签发"):
        handing.hand_over(audit=staff["clerk"], organ=ready, year=YEAR)
    with pytest.raises(Refused, match="还没有签发"):
        freezing.freeze(audit=staff["clerk"], draft=draft)
    with pytest.raises(Refused, match="退回的原因"):
        handing.end(audit=staff["leader"], draft=draft, why="returned", reason="")
    handing.end(audit=staff["leader"], draft=draft, why="returned", reason="第五部分请写具体")
    with pytest.raises(Refused, match="已经撤回或者退回"):
        signing.sign(audit=staff["leader"], draft=draft, seal=draft.seal)
    write(audit, ready, "5", "政策解读的形式偏少。下一步每季度至少制作一次图解，并明确专人负责。")
    again = handing.hand_over(audit=staff["clerk"], organ=ready, year=YEAR)
    assert (again.number, open_draft(ready, YEAR).pk) == (2, again.pk)


def test_what_changed_after_the_signature_is_told_before_freezing(audit, ready, staff):
    draft = handing.hand_over(audit=staff["clerk"], organ=ready, year=YEAR)
    signing.sign(audit=staff["leader"], draft=draft, seal=draft.seal)
    bring(audit, ready, "水公开-2025-101 2025-06-01 2025-06-10 G2")
    draft = Draft.objects.get(pk=draft.pk)
    with pytest.raises(Refused, match=r"送签以后数据或者文字又有变动（\d+格数据、1条记录）"):
        freezing.freeze(audit=staff["clerk"], draft=draft)
    row = freezing.freeze(audit=staff["clerk"], draft=draft, despite="按签发时的数据公布，漏登的一件另行更正")
    assert row.look.cells and row.look.records == 1
    assert json.loads(bytes(row.draft.report))["cells"]["applications.received.total"]["value"] == 3


def test_a_frozen_year_takes_only_corrections_with_a_reason(audit, frozen, staff):
    organ = frozen.organ
    with pytest.raises(Refused, match="请写明更正的理由（2025年度报告已经定稿，现为第1版）"):
        handing.hand_over(audit=staff["clerk"], organ=organ, year=YEAR)
    with pytest.raises(Refused, match="与第1版完全一致，不需要更正"):
        handing.hand_over(audit=staff["clerk"], organ=organ, year=YEAR, reason="再核对一次")
    with pytest.raises(Refused, match="已经定稿"):
        freezing.freeze(audit=staff["clerk"], draft=Draft.objects.get(pk=frozen.draft_id))
    with pytest.raises(Refused, match="已经定稿"):
        handing.end(audit=staff["clerk"], draft=frozen.draft, why="withdrawn", reason="不要了")
    bring(audit, organ, "水公开-2025-101 2025-06-01 2025-06-10 G2")
    write(audit, organ, "1", "全年收到政府信息公开申请4件，答复4件。")
    answer_all(audit, organ)
    second = freeze(staff, organ, reason="补计漏登的申请1件")
    assert (second.version, newest(organ, YEAR).pk, second.draft.reason) == (2, second.pk, "补计漏登的申请1件")
    assert Frozen.objects.filter(organ=organ).count() == 2
    assert {row.version for row in CarriedForward.objects.all()} == {frozen.pk, second.pk}


def test_an_organ_of_another_county_and_a_year_without_a_form(audit, organ, staff):
    with pytest.raises(Refused, match="没有2018年度的年度报告格式"):
        handing.hand_over(audit=staff["clerk"], organ=organ, year=2018)
